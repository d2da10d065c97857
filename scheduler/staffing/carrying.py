"""A plan for every day that shows whether a staff is enough, checked by the audit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import (
    MINUTES_OF_A_DAY,
    Assigned,
    AssignmentPlan,
    AssignmentProblem,
    Task,
    Uncovered,
    Worker,
)
from scheduler.staffing.able import Able
from scheduler.staffing.bookings import Bookings
from scheduler.staffing.cover import cover
from scheduler.staffing.greedy import greedy
from scheduler.staffing.lots import Lot, Shares, Work, dealt, work_of
from scheduler.staffing.problem import StaffingProblem

_CARRIES = Text(zh="最少人员方案中由其承担", en="Carries it in the plan of the least staff")
_NOBODY = Text(zh="这些人做不完", en="More than these people can do")
_A_DAY_AND_A_NIGHT = 2 * MINUTES_OF_A_DAY
_EPOCH = date(1970, 1, 1).toordinal()


def carried(
    problem: StaffingProblem, staff: Sequence[Worker], *, whole: bool = True
) -> AssignmentPlan:
    """
    Return who does what with nobody but *staff*; what stays undone is listed as uncovered.

    Unless the *whole* is asked for, it ends with the first day on which something stays undone.
    Day by day, what cannot wait comes first; then what could wait is done as early as it can be.
    """
    run = _Run(problem, staff)
    for day in sorted({day for days in run.days.values() for day in days}):
        if not run.do(day) and not whole:
            break
    people = {each.task: each for each in run.done}
    assigned = tuple(people[task.id] for task in problem.tasks if task.id in people)
    missing = (task for task in problem.tasks if task.id not in people)
    uncovered = tuple(Uncovered(task.id, "capacity", _NOBODY) for task in missing)
    return AssignmentPlan(assigned, uncovered)


def is_sound(problem: StaffingProblem, staff: Sequence[Worker], plan: AssignmentPlan) -> bool:
    """Whether the audit, which knows nothing of how the plan was made, finds nothing against it."""
    return not violations(AssignmentProblem(problem.tasks, tuple(staff)), plan)


@dataclass
class _Run:
    """The days so far."""

    problem: StaffingProblem
    staff: Sequence[Worker]

    def __post_init__(self) -> None:
        self.able = Able(self.staff)
        self.days = {task.id: self.able.days(task) for task in self.problem.tasks}
        self.done: list[Assigned] = []
        self._workers: Mapping[str, Worker] = self.able.workers
        self._booked = Bookings()
        self._open: dict[str, Task] = {}
        self._begin: dict[date, list[Task]] = defaultdict(list)
        for task in self.problem.tasks:
            if self.days[task.id]:
                self._begin[self.days[task.id][0]].append(task)

    def do(self, day: date) -> bool:
        """Do a day's work; whether nothing stays undone that could not wait."""
        since = (day.toordinal() - _EPOCH) * MINUTES_OF_A_DAY - _A_DAY_AND_A_NIGHT
        self._booked = self._booked.next_day(since)
        self._open |= {task.id: task for task in self._begin[day]}
        today = [task for task in self._open.values() if day in self.days[task.id]]
        last = [task for task in today if self.days[task.id][-1] == day]
        work = self._work(last, day)
        self._settle(work, cover(work.lots, self._workers, self._booked, prove=False).shares)
        undone = [self._open.pop(task.id) for task in last if task.id in self._open]
        for group in self._by_end(task for task in today if task.id in self._open):
            work = self._work(group, day)
            self._settle(work, greedy(work.lots, self._workers, self._booked))
        return not undone

    def _by_end(self, tasks: Iterable[Task]) -> Iterator[list[Task]]:
        """Yield what can wait, by the day until which it can."""
        groups: dict[date, list[Task]] = defaultdict(list)
        for task in tasks:
            groups[self.days[task.id][-1]].append(task)
        for _, group in sorted(groups.items()):
            yield group

    def _work(self, tasks: Iterable[Task], day: date) -> Work:
        return work_of(tasks, day, self.problem, self.able)

    def _settle(self, work: Work, shares: Sequence[Shares]) -> None:
        for lot, counts in zip(work.lots, shares, strict=True):
            self._note(lot, counts, work.day)

    def _note(self, lot: Lot, counts: Shares, day: date) -> None:
        for task, people in dealt(lot, counts):
            self.done.append(Assigned(task, people, _CARRIES, day))
            self._open.pop(task, None)
            self._booked.book(lot, dict.fromkeys(people, 1))
