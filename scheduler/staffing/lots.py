"""The work of one day in lots: tasks that differ in nothing that matters for who can do them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.assignment.problem import MINUTES_OF_A_DAY, Task
from scheduler.staffing.able import Able
from scheduler.staffing.problem import StaffingProblem

Shares = Mapping[str, int]


@dataclass(frozen=True)
class Lot:
    """
    Tasks of one day that the same people may do at the same times.

    Attributes:
        tasks: Ids, in order.
        minutes: Effort of each of the people of one task; `people` work on it together.
        window: Opening and due instant in minutes since the epoch, where the clock counts.
        able: Ids of those who could do one if they did nothing else; at least `people`.
        weight: How many checks each of the tasks stands for.
    """

    tasks: tuple[str, ...]
    minutes: int
    people: int
    window: tuple[int, int] | None
    able: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True)
class Work:
    """
    The work of one day.

    Attributes:
        lots: In an order that equal days have in common.
        short: Tasks for which fewer people are able than it takes.
    """

    day: date
    lots: tuple[Lot, ...]
    short: tuple[str, ...] = ()

    @property
    def likeness(self) -> tuple[object, ...]:
        """Equal for days that ask the same of the same people at the same hours, lot by lot."""
        return tuple(_likeness(lot, self.day) for lot in self.lots)


@dataclass(frozen=True)
class Waiting:
    """
    Tasks that may be done on any of several days, in nothing else different.

    Attributes:
        able: For each of these days the ids of those who could do one; enough of them.
    """

    tasks: tuple[str, ...]
    minutes: int
    people: int
    able: tuple[tuple[date, tuple[str, ...]], ...]


def waiting(problem: StaffingProblem, able: Able, since: date, until: date) -> tuple[Waiting, ...]:
    """Return the tasks that may be done on several days, all of them from *since* to *until*."""
    groups: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    for task in problem.tasks:
        days = able.days(task)
        if len(days) > 1 and since <= days[0] and days[-1] <= until:
            people = tuple((day, able.on(task, day)) for day in days)
            groups[task.minutes, task.people, people].append(task)
    return tuple(
        Waiting(
            tuple(task.id for task in group),
            group[0].minutes,
            group[0].people,
            tuple((day, able.on(group[0], day)) for day in able.days(group[0])),
        )
        for group in groups.values()
    )


def works(problem: StaffingProblem, able: Able) -> dict[date, Work]:
    """
    Return the work of every day that cannot be put off: tasks with one day on which they can be.

    Tasks that may be done on several days are left out.
    """
    by_day: dict[date, list[Task]] = defaultdict(list)
    for task in problem.tasks:
        days = able.days(task)
        if len(days) <= 1:
            by_day[days[0] if days else task.day].append(task)
    return {day: work_of(tasks, day, problem, able) for day, tasks in sorted(by_day.items())}


def work_of(tasks: Iterable[Task], day: date, problem: StaffingProblem, able: Able) -> Work:
    """Return *tasks* as the work of *day*."""
    groups: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    short = []
    for task in tasks:
        people = able.on(task, day)
        if len(people) < task.people:
            short.append(task.id)
            continue
        window = task.window if task.is_timed else ()
        weight = problem.weight(task.id)
        groups[task.minutes, task.people, window, people, weight].append(task)
    lots = [_lot(group, able.on(group[0], day), problem) for group in groups.values()]
    return Work(day, tuple(sorted(lots, key=lambda lot: _likeness(lot, day))), tuple(short))


def dealt(lot: Lot, shares: Shares) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Yield the tasks that *shares* are enough for, each with its people.

    Everybody is in a task once at most: shares are laid out one after another and dealt round.
    """
    row = [person for person, count in sorted(shares.items()) for _ in range(count)]
    covered = len(row) // lot.people
    for number in range(covered):
        yield lot.tasks[number], tuple(sorted(row[number::covered]))


def _lot(group: list[Task], able: tuple[str, ...], problem: StaffingProblem) -> Lot:
    first = group[0]
    return Lot(
        tuple(task.id for task in group),
        first.minutes,
        first.people,
        first.window if first.is_timed else None,
        able,
        problem.weight(first.id),
    )


def _likeness(lot: Lot, day: date) -> tuple[object, ...]:
    start = day.toordinal() * MINUTES_OF_A_DAY
    window = tuple(minute - start for minute in lot.window or ())
    return (len(lot.tasks), lot.minutes, lot.people, window, lot.able, lot.weight)
