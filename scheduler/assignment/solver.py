"""
Assign people to tasks: a flow of minutes, a whole plan along it, and steps that better it.

`docs/adr/0031-assignment-along-a-flow.md` says why, and `0037-large-plans-in-parts.md` how large
problems are cut.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from rules.text import Text
from scheduler.assignment.ascent import raised
from scheduler.assignment.bettering import Parting, Placed, bettered
from scheduler.assignment.book import Book
from scheduler.assignment.bundles import bundles
from scheduler.assignment.chains import cover
from scheduler.assignment.construct import keep_last_plan, place_all
from scheduler.assignment.crew import Crew, Done, crew_of
from scheduler.assignment.draft import Draft
from scheduler.assignment.effort import Effort
from scheduler.assignment.finish import finished
from scheduler.assignment.flow import Flow, cheapest_flow
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem
from scheduler.assignment.regions import MOST_TASKS, Core, cores

Progress = Callable[[int, int, Text], None]

# Measured on benchmarks/rounds.py: twice as many change the points by less than a thousandth.
STEPS_PER_TASK = 60
_STAGES = 6
# The rest of the seconds goes into the bound.
_FOR_IMPROVING = 0.6
_STEPS_PER_UNDONE = 300


@dataclass(frozen=True)
class Means:
    """
    What a run may use.

    Attributes:
        processes: Processes that work at the same time; the plan is the same with any number.
        most: Tasks of a part; a problem of more than twice as many is cut into such parts.
    """

    processes: int = 1
    most: int = MOST_TASKS


def assign(  # noqa: PLR0913 (all but the problem are named at the call)
    problem: AssignmentProblem,
    *,
    seconds: float = 20.0,
    seed: int = 0,
    steps: int | None = None,
    progress: Progress | None = None,
    means: Means | None = None,
) -> AssignmentPlan:
    """
    Return the best plan found with its bound; what cannot be covered stands there with its reason.

    The same problem, seed, steps and size of parts give the same plan, unless `seconds` ran out
    first, which the plan then says (`cut_short`).

    Args:
        problem: Tasks, people, what is fixed and what the last plan was.
        seconds: Cap on the time spent improving; the plan before improving takes what it takes.
        seed: Decides draws between equals.
        steps: Placements tried over all tasks; 0 does not improve.
        progress: Called with stages done, stages in all, and what is being done.
        means: Processes and size of parts; one process where not given.
    """
    given = STEPS_PER_TASK * len(problem.tasks) if steps is None else steps
    used = means or Means()
    with crew_of(used.processes) as crew:
        run = _Run(problem, seed, used, crew, _Told(progress, len(problem.tasks)))
        return run.plan(seconds, given)


class _Run:
    """One run of the engine on a problem."""

    def __init__(
        self, problem: AssignmentProblem, seed: int, means: Means, crew: Crew, told: "_Told"
    ) -> None:
        self._problem = problem
        self._seed = seed
        self._means = means
        self._crew = crew
        self._told = told
        self._was_cut = False

    def plan(self, seconds: float, steps: int) -> AssignmentPlan:
        """Return the plan with its bound, within the clock as far as it binds."""
        began = time.monotonic()
        told = self._told.of("排出分钟的流向", "Finding where the minutes flow")
        whole = cheapest_flow(self._problem, self._crew, most=self._means.most, done=told)
        told = self._told.of("派工", "Assigning")
        draft = Draft(Book(self._problem), bundles(self._problem), seed=self._seed)
        keep_last_plan(draft)
        place_all(draft, whole)
        told = self._told.of("改进派工", "Improving")
        if steps > 0:
            ends = began + seconds * _FOR_IMPROVING
            draft = self._improved(draft.book.placed, whole, (steps, ends), told)
        self._told.of("写明理由", "Giving the reasons")
        plan = finished(draft.book)
        told = self._told.of("证明差距", "Proving how good it is")
        plan = self._proved(plan, whole, began + seconds, told)
        self._told.of("派工完成", "Assignment done")
        return plan

    def _improved(
        self, placed: Placed, whole: Flow | None, budget: tuple[int, float], done: Done
    ) -> Draft:
        """Better the parts, then those of other cuts, then cover across all cuts."""
        steps, ends = budget
        cuts = self._cuts()
        for number, cut in enumerate(cuts):
            left = len(cuts) - number
            # Full days are chosen anew once, at the end.
            prices = whole.prices if whole and left == 1 else None
            parting = Parting(self._problem, placed, cut)
            parts = list(parting.parts(prices, steps // len(cuts), self._seed))
            now = time.monotonic()
            found = self._crew.each(bettered, parts, ends=now + (ends - now) / left, done=done)
            gone = {id_ for part in parts for id_ in part.placed}
            placed = {id_: spot for id_, spot in placed.items() if id_ not in gone}
            for each in found:
                placed.update(each.placed)
                self._was_cut = self._was_cut or each.was_cut
        draft = Draft(Book(self._problem), bundles(self._problem, placed), seed=self._seed)
        draft.put(placed)
        if len(cuts) > 1:
            effort = Effort(_STEPS_PER_UNDONE * len(draft.undone()), ends)
            cover(draft, effort)
            self._was_cut = self._was_cut or effort.was_cut
        return draft

    def _cuts(self) -> list[list[Core]]:
        """Return the cores of a problem, and once more with other sites at the edges."""
        most = self._means.most
        found = cores(self._problem, most=most)
        return (
            [found]
            if len(found) == 1
            else [found, cores(self._problem, most=most, first=most // 2)]
        )

    def _proved(
        self, plan: AssignmentPlan, whole: Flow | None, ends: float, done: Done
    ) -> AssignmentPlan:
        """Return the plan with its bound, if the flow gave prices."""
        if whole is None:
            return replace(plan, cut_short=self._was_cut)
        found = raised(self._problem, whole.prices, plan, self._crew, ends=ends, done=done)
        was_cut = self._was_cut or found.was_cut
        return replace(plan, bound=found.bound, prices=found.prices, cut_short=was_cut)


class _Told:
    """Tells how far the run is."""

    def __init__(self, progress: Progress | None, tasks: int) -> None:
        self._progress = progress
        self._tasks = tasks
        self._done = 0

    def of(self, zh: str, en: str) -> Done:
        """Say what is done now; return what says how many parts of it are done."""
        stage = self._done
        self._done += 1
        text = Text(zh=f"{zh}：{self._tasks} 项", en=f"{en}: {self._tasks} tasks")
        self._tell(stage, text)

        def told(done: int, parts: int) -> None:
            if parts > 1:
                part = Text(zh=f"第 {done}/{parts} 部分", en=f"part {done} of {parts}")
                self._tell(stage, Text(zh=f"{text.zh}，{part.zh}", en=f"{text.en}, {part.en}"))

        return told

    def _tell(self, stage: int, text: Text) -> None:
        if self._progress:
            self._progress(stage, _STAGES - 1, text)
