"""
The least staff that keeps everything covered, with a bound that no staff goes below.

The solver is told of a few days, names the least staff for these, and is told of more where that
staff is not enough. Knowing fewer days, it can only name too small a staff: so what it names is a
bound, and the least of all once a plan for every day shows that it is enough. Of posts it is told
how much of each day, week and period everybody could stand at the most; that the staff is enough
for them is shown by a roster.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.assignment.problem import AssignmentPlan
from scheduler.staffing.asking import Span, failing, heads, span_before
from scheduler.staffing.candidates import as_they_are, candidates
from scheduler.staffing.enough import Enough, Shown, Staff, everybody, without_impossible
from scheduler.staffing.lots import Work, waiting, works
from scheduler.staffing.model import Master
from scheduler.staffing.parts import NOTHING, parts, together
from scheduler.staffing.posts.candidates import candidates as for_posts
from scheduler.staffing.posts.search import PostSearch
from scheduler.staffing.problem import Candidate, Cost, Least, StaffingProblem

Progress = Callable[[int, int], None]
# The solver's deterministic seconds for each answer.
_STEPS = 20.0
_SPANS_AT_ONCE = 2
_SEARCH = 0.6


def least_staff(
    problem: StaffingProblem,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    progress: Progress = lambda _done, _all: None,
) -> Least:
    """
    Return the least staff found in so many seconds.

    Least are the fewest hires, then the fewest new certificates, then the fewest days beside the
    working week, then the fewest people, then the fewest certificates. Groups of sites that share
    nobody are settled one after another. The same problem and seed give the same staff unless the
    clock ended the search, which the answer says.
    """
    split = tuple(parts(problem))
    ends = time.monotonic() + seconds
    found = []
    for done, part in enumerate(split):
        progress(done, len(split))
        share = (ends - time.monotonic()) / (len(split) - done)
        found.append(_Search(part, seed=seed, ends=time.monotonic() + share).run())
    progress(len(split), len(split))
    return together(problem, found)


@dataclass
class _Search:
    """The search for one group of sites."""

    problem: StaffingProblem
    seed: int
    ends: float
    best: Staff = ()
    shown: Shown = field(default_factory=lambda: Shown(AssignmentPlan((), ())))
    impossible: tuple[str, ...] = ()
    bound: Cost = NOTHING
    cut_short: bool = False
    works: Mapping[date, Work] = field(default_factory=dict)
    spans: set[Span] = field(default_factory=set)

    def run(self) -> Least:
        posts = PostSearch(self.problem.posts, self.seed)
        self.enough = Enough(self.problem, posts, self.ends)
        self._begin()
        self._improve()
        staff = tuple(sorted(self.best, key=lambda each: each.worker.id))
        cost = self.enough.cost(staff)
        filled = self.shown.filled
        return Least(
            staff,
            cost,
            min(self.bound, cost),
            self.impossible,
            self.shown.plan,
            filled.roster,
            posts.closed,
            posts.gaps(filled),
            cut_short=self.cut_short,
        )

    def _begin(self) -> None:
        """Find a first staff: everybody, with whom it takes beside them; the rest is impossible."""
        enough = self.enough
        enough.know(as_they_are(self.problem))
        self.best = enough.all
        self.shown = enough.show(self.best)
        if any(self.shown.left):
            enough.know(self._with_more())
            staffs = [everybody(enough.all, trained=trained) for trained in (False, True)]
            tried = [(enough.show(staff), staff) for staff in staffs]
            self.shown, self.best = min(tried, key=lambda each: each[0].left)
        self.impossible = tuple(each.task for each in self.shown.plan.uncovered)
        self.problem = enough.problem = without_impossible(self.problem, self.shown.plan)
        enough.know(enough.all)
        enough.left = (0, self.shown.filled.empty)
        self.shown = replace(self.shown, plan=replace(self.shown.plan, uncovered=()))

    def _with_more(self) -> Staff:
        """Return the people there with whom it takes for what they leave undone and empty."""
        missing = {each.task for each in self.shown.plan.uncovered}
        left = [task for task in self.problem.tasks if task.id in missing]
        posts = self.enough.posts
        found: list[Candidate] = list(candidates(self.problem, left))
        if posts.posts is not None:
            short = posts.short(self.shown.filled)
            found += for_posts(posts.posts, self.problem.workers, short)
        return tuple({each.worker.id: each for each in found}.values())

    def _improve(self) -> None:
        """Ask the solver, telling it of more days, until its staff is enough or time is up."""
        able = self.enough.able
        self.works = works(self.problem, able)
        days = {work.likeness: work for work in self.works.values()}
        master = self._master()
        named: tuple[str, ...] = ()
        # What is left then mends and thins out what the search came to.
        search_ends = self.ends - (1 - _SEARCH) * (self.ends - time.monotonic())
        while (seconds := search_ends - time.monotonic()) > 0:
            hint = named or tuple(each.worker.id for each in self.best)
            found = master.solve(hint, seconds=seconds, steps=_STEPS)
            if found is None:
                break
            self.bound, named = max(self.bound, found.bound), found.chosen
            lacking = failing(days, frozenset(named), able)
            for likeness in lacking:
                master.add(days.pop(likeness).lots)
            if not lacking and not self._ask_for_more(master, named):
                self._take(named)
                self.cut_short = found.cut_short
                return
        self.cut_short = True
        self._take(named)
        self._take(tuple(each.worker.id for each in self.best))

    def _master(self) -> Master:
        """Return the solver, told of what needs no days."""
        master = Master(self.enough.all, self.enough.costs, seed=self.seed)
        for people, count in heads(self.problem, self.enough.able):
            master.need(people, count)
        if not self.enough.left[1]:
            self.enough.posts.ask(master)
        return master

    def _ask_for_more(self, master: Master, named: Sequence[str]) -> bool:
        """Ask for what shows that the staff is too small; whether there is anything new."""
        shown = self.enough.show(self.enough.named(named))
        is_short = shown.filled.empty > self.enough.left[1]
        if is_short and shown.filled.is_least:
            self.enough.posts.refuse(master, frozenset(named), shown.filled)
            return True
        return self._ask_for_spans(master, {each.task for each in shown.plan.uncovered})

    def _ask_for_spans(self, master: Master, missing: set[str]) -> bool:
        """Ask for the days around what the staff leaves undone; whether there are new ones."""
        able = self.enough.able
        ends = {able.days(task)[-1] for task in self.problem.tasks if task.id in missing}
        spans = {span_before(self.problem, able, until) for until in sorted(ends)[:_SPANS_AT_ONCE]}
        fresh = sorted(spans - self.spans)
        for since, until in fresh:
            inside = [work for day, work in self.works.items() if since <= day <= until]
            master.add_span(inside, waiting(self.problem, able, since, until))
        self.spans |= spans
        return bool(fresh)

    def _take(self, named: Sequence[str]) -> None:
        """Take the staff if it is enough; else add to it, or to nobody, until some is."""
        enough = self.enough
        staff, shown = enough.larger(enough.named(named), in_time=self.cut_short)
        if enough.is_enough(shown) and enough.cost(staff) > self.bound:
            staff, shown = enough.smaller(staff, shown)
        if not enough.is_enough(shown) or not enough.is_sound(staff, shown):
            return
        if enough.cost(staff) <= enough.cost(self.best):
            self.best, self.shown = staff, shown
