"""Better a plan part by part: each part has people whom no other has, so that none waits."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.assignment.book import Book
from scheduler.assignment.bundles import bundles
from scheduler.assignment.chains import cover
from scheduler.assignment.draft import Draft, Spot
from scheduler.assignment.effort import Effort
from scheduler.assignment.filling import fill_full_days
from scheduler.assignment.levelling import level
from scheduler.assignment.parts import narrowed
from scheduler.assignment.problem import AssignmentProblem, MinutePrices, Task
from scheduler.assignment.regions import Core, homes

_PASSES = 8

Placed = Mapping[str, Spot]


@dataclass(frozen=True)
class Part:
    """
    Some people of a problem with what they do, and what nobody does near them.

    Attributes:
        problem: Their tasks; those that they share with people of other parts are fixed.
        placed: Where the tasks that are not fixed stand so far.
        prices: What their minutes are worth; nothing where full days are left as they are.
        steps: Placements that may be tried.
    """

    problem: AssignmentProblem
    placed: Placed
    prices: MinutePrices | None
    steps: int
    seed: int


@dataclass(frozen=True)
class Bettered:
    """Where the tasks of a part stand now, and whether the clock ended the search."""

    placed: Placed
    was_cut: bool


def bettered(part: Part, ends: float) -> Bettered:
    """Cover what is left, even out, and fill full days, until the moment or the steps end it."""
    draft = Draft(Book(part.problem), bundles(part.problem, part.placed), seed=part.seed)
    draft.put(part.placed)
    # Full days are chosen anew without a look at who has how much: some steps are left for that.
    kept = part.steps // 4 if part.prices else 0
    effort = Effort(part.steps - kept, ends)
    improve(draft, effort)
    if part.prices and part.steps > 0 and fill_full_days(draft, part.prices, effort):
        effort.steps += kept
        improve(draft, effort)
    fixed = part.problem.fixed
    placed = {id_: spot for id_, spot in draft.book.placed.items() if id_ not in fixed}
    return Bettered(placed, effort.was_cut)


def improve(draft: Draft, effort: Effort) -> None:
    """Cover what is left, then even out, until neither helps or the effort is spent."""
    for _ in range(_PASSES):
        better = cover(draft, effort)
        better = level(draft, effort) or better
        if not better or effort.steps <= 0:
            return


class Parting:
    """A plan in parts, one for each core: who is at home there, and what they have."""

    def __init__(self, problem: AssignmentProblem, placed: Placed, cores: Sequence[Core]) -> None:
        self._problem = problem
        self._placed = placed
        self._home = homes(problem, cores)
        core_of = {site: number for number, core in enumerate(cores) for site in core}
        self._tasks: dict[int, list[Task]] = defaultdict(list)
        self._booked: dict[int, dict[str, Spot]] = defaultdict(dict)
        for task in problem.tasks:
            spot = placed.get(task.id)
            found = self._homes_of(spot[1]) if spot else {core_of[task.site]}
            for number in found:
                self._tasks[number].append(task)
                if spot and len(found) > 1:
                    self._booked[number][task.id] = spot

    def _homes_of(self, people: Sequence[str]) -> set[int]:
        return {self._home[person] for person in people if person in self._home}

    def parts(self, prices: MinutePrices | None, steps: int, seed: int) -> Iterator[Part]:
        """Yield the parts; *steps* are those for all of them together."""
        for number, tasks in sorted(self._tasks.items()):
            booked = self._booked[number]
            people = [one for one in self._problem.workers if self._home.get(one.id) == number]
            mine = narrowed(self._problem, tasks, people, booked)
            placed = {
                task.id: self._placed[task.id]
                for task in tasks
                if task.id in self._placed and task.id not in mine.fixed
            }
            share = steps * len(tasks) // len(self._problem.tasks)
            yield Part(mine, placed, prices and _of(prices, mine), share, seed)


def _of(prices: MinutePrices, problem: AssignmentProblem) -> MinutePrices:
    """Return the prices of the people of *problem*."""
    known = {worker.id for worker in problem.workers}
    return MinutePrices(
        {who: price for who, price in prices.people.items() if who in known},
        {key: price for key, price in prices.days.items() if key[0] in known},
    )
