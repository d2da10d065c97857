"""What of a span's work given people can do, day by day; equal days are worked out once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scheduler.assignment.problem import Task
from scheduler.staffing.able import Able
from scheduler.staffing.cover import Cover, cover, undone, without
from scheduler.staffing.lots import Lot, Work, works
from scheduler.staffing.problem import StaffingProblem


@dataclass(frozen=True)
class Fall:
    """
    Checks that nobody does any more.

    Attributes:
        checks: At least so many fall, whoever does the rest; where `is_exact`, no more.
        tasks: Which, in one way of doing the rest.
    """

    checks: int
    tasks: tuple[str, ...]
    is_exact: bool = True


NOTHING = Fall(0, ())


@dataclass
class Outlook:
    """
    One set of people and the work that they have.

    Attributes:
        problem: All of them, and all of it.
    """

    problem: StaffingProblem
    _covers: dict[tuple[object, ...], Cover] = field(default_factory=dict)

    @cached_property
    def able(self) -> Able:
        """Who is able to do what."""
        return Able(self.problem.workers)

    @cached_property
    def works(self) -> dict[date, Work]:
        """The work of each day that cannot wait."""
        return works(self.problem, self.able)

    @cached_property
    def waiting(self) -> tuple[Task, ...]:
        """Tasks that may be done on several days."""
        return tuple(task for task in self.problem.tasks if len(self.able.days(task)) > 1)

    def cover(self, work: Work, person: str = "") -> Cover:
        """Return what of *work* is covered, with *person* away where one is named."""
        key = (person, work.likeness)
        if key not in self._covers:
            more = self.cover(work) if person else None
            self._covers[key] = cover(_lots(work, person), self.able.workers, more=more)
        return self._covers[key]

    def undone(self, work: Work, person: str = "") -> tuple[str, ...]:
        """Return the tasks of *work* that stay undone, with *person* away where one is named."""
        return (*work.short, *undone(_lots(work, person), self.cover(work, person)))

    def fall(self, day: date, person: str) -> Fall:
        """Return what falls on *day* when *person* is away."""
        work = self.works[day]
        if not any(person in lot.able for lot in work.lots):
            return NOTHING
        full = self.cover(work)
        if not any(shares.get(person) for shares in full.shares):
            return NOTHING  # The others do it all as it is.
        less = self.cover(work, person)
        checks = full.checks - less.bound
        if checks <= 0:
            return NOTHING
        already = set(self.undone(work))
        tasks = tuple(task for task in self.undone(work, person) if task not in already)
        exact = full.checks == full.bound and less.checks == less.bound
        return Fall(checks, tasks, exact)

    def stuck(self, days: Iterable[date], person: str) -> Iterator[str]:
        """Yield the waiting tasks that nobody can do any more when *person* is away on *days*."""
        away = frozenset(days)
        for task in self.waiting:
            if not any(self._is_left(task, day, away, person) for day in self.able.days(task)):
                yield task.id

    def _is_left(self, task: Task, day: date, away: frozenset[date], person: str) -> bool:
        people = self.able.on(task, day)
        gone = day in away and person in people
        return len(people) - gone >= task.people


def _lots(work: Work, person: str) -> tuple[Lot, ...]:
    return without(work.lots, person) if person else work.lots
