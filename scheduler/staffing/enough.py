"""Whether a staff is enough for the checks and the posts, and staffs made larger and smaller."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.assignment.problem import AssignmentPlan
from scheduler.staffing.able import Able
from scheduler.staffing.carrying import carried, is_sound
from scheduler.staffing.parts import NOTHING, summed
from scheduler.staffing.posts.filled import NOTHING_TO_FILL, Filled
from scheduler.staffing.posts.search import PostSearch
from scheduler.staffing.problem import Candidate, Cost, StaffingProblem

Staff = tuple[Candidate, ...]


@dataclass(frozen=True)
class Shown:
    """What a staff does: a plan for the checks and a roster for the posts, both best found."""

    plan: AssignmentPlan
    filled: Filled = NOTHING_TO_FILL

    @property
    def left(self) -> tuple[int, int]:
        """How many tasks stay undone, and how many places empty."""
        return (len(self.plan.uncovered), self.filled.empty)


@dataclass
class Enough:
    """
    The candidates of one group of sites, and what they are to do.

    Attributes:
        left: What stays undone and empty with everybody; nobody is asked for more.
    """

    problem: StaffingProblem
    posts: PostSearch
    ends: float
    all: Staff = ()
    costs: Mapping[str, Cost] = field(default_factory=dict)
    left: tuple[int, int] = (0, 0)

    def know(self, candidates: Staff) -> None:
        """Take note of everybody who could be on the staff."""
        self.all = candidates
        self.able = Able(each.worker for each in candidates)
        self.posts.know(candidates)
        asked = {(task.site, kind) for task in self.problem.tasks for kind in task.qualifications}
        asked |= self.posts.asked()
        self.costs = {each.worker.id: _cost(each, asked) for each in candidates}

    def named(self, ids: Iterable[str]) -> Staff:
        """Return the candidates of these ids."""
        by_id = {each.worker.id: each for each in self.all}
        return tuple(by_id[id_] for id_ in ids)

    def cost(self, staff: Iterable[Candidate]) -> Cost:
        """Return what a staff comes to."""
        return summed([NOTHING, *(self.costs[each.worker.id] for each in staff)])

    def show(self, staff: Sequence[Candidate]) -> Shown:
        """Return what *staff* does."""
        plan = carried(self.problem, [each.worker for each in staff])
        return Shown(plan, self.posts.fill(staff, self.ends))

    def is_enough(self, shown: Shown) -> bool:
        """Whether it does as much as everybody together."""
        return all(mine <= every for mine, every in zip(shown.left, self.left, strict=True))

    def is_sound(self, staff: Iterable[Candidate], shown: Shown) -> bool:
        """Whether the audit finds nothing against the plan; a roster is audited when it is made."""
        return is_sound(self.problem, [each.worker for each in staff], shown.plan)

    def larger(self, staff: Staff, *, in_time: bool) -> tuple[Staff, Shown]:
        """Add one after another, until the staff is enough or, where asked for, time is up."""
        shown = self.show(staff)
        for _ in self.all:
            late = in_time and time.monotonic() > self.ends
            more = None if late or self.is_enough(shown) else self._more(staff, shown)
            if more is None:
                break
            staff = (*(each for each in staff if each.person != more.person), more)
            shown = self.show(staff)
        return staff, shown

    def smaller(self, staff: Staff, shown: Shown) -> tuple[Staff, Shown]:
        """Leave out one after another, the dearest first, as long as the rest is enough."""
        for each in sorted(staff, key=lambda each: self.costs[each.worker.id], reverse=True):
            if self.ends < time.monotonic():
                break
            rest = tuple(one for one in staff if one != each)
            tried = self._quickly(rest)
            if tried is not None:
                staff, shown = rest, tried
        return staff, shown

    def _quickly(self, staff: Staff) -> Shown | None:
        """Return what *staff* does if it is enough; the first lack ends the trying."""
        plan = carried(self.problem, [each.worker for each in staff], whole=False)
        if plan.uncovered:
            return None
        shown = Shown(plan, self.posts.fill(staff, self.ends))
        return shown if self.is_enough(shown) else None

    def _more(self, staff: Staff, shown: Shown) -> Candidate | None:
        """Return who could do most of what is undone or empty, the cheapest of those."""
        chosen = {each.worker.id for each in staff}
        missing = {each.task for each in shown.plan.uncovered}
        could = Counter(
            one for task in self.problem.tasks if task.id in missing for one in self.able.ever(task)
        )
        could += self.posts.could(shown.filled)
        others = [one for one in could if one not in chosen]
        ranked = sorted(others, key=lambda one: (self.costs[one], -could[one], one))
        return self.named(ranked[:1])[0] if ranked else None


def everybody(candidates: Iterable[Candidate], *, trained: bool) -> Staff:
    """Return everybody once, with all the certificates they could get or none."""
    chosen: dict[str, Candidate] = {}
    for each in candidates:
        known = chosen.get(each.person)
        if known is None or (trained and len(each.trained) > len(known.trained)):
            chosen[each.person] = each
    return tuple(chosen.values())


def without_impossible(problem: StaffingProblem, plan: AssignmentPlan) -> StaffingProblem:
    """Return the problem without the tasks that *plan* leaves undone."""
    gone = {each.task for each in plan.uncovered}
    return replace(problem, tasks=tuple(task for task in problem.tasks if task.id not in gone))


def _cost(candidate: Candidate, asked: set[tuple[str, str]]) -> Cost:
    worker = candidate.worker
    kinds = {each.kind for each in worker.qualifications}
    held = {kind for kind in kinds for site in worker.sites if (site, kind) in asked}
    return Cost(int(candidate.hired), len(candidate.trained), len(candidate.extra), 1, len(held))
