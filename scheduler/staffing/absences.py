"""Single points of failure: what nobody does any more when one person is away."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.cadence import WEEKDAYS, Weekday
from scheduler.assignment.eligibility import available_minutes
from scheduler.assignment.problem import Worker
from scheduler.staffing.outlook import Fall, Outlook
from scheduler.staffing.problem import StaffingProblem

Progress = Callable[[int, int], None]
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Away:
    """
    What falls when one person is away.

    Attributes:
        when: A weekday; `week` for Monday to Sunday; `always` for all the days looked at.
        times: On how many such days or weeks something falls; `of` is how many there are on which
            the person would be at work.
        worst: First day of the worst of them, and `fall` what falls then.
    """

    person: str
    when: Weekday | str
    times: int
    of: int
    worst: date
    fall: Fall


def single_points(
    problem: StaffingProblem, *, progress: Progress = lambda _done, _all: None
) -> tuple[Away, ...]:
    """Return everybody whose absence makes a check fall, the gravest first; all others left out."""
    if not problem.tasks:
        return ()
    outlook = Outlook(problem)
    found: list[Away] = []
    for done, worker in enumerate(problem.workers):
        progress(done, len(problem.workers))
        found += _of(outlook, worker)
    progress(len(problem.workers), len(problem.workers))
    gravest = {one.person: one.fall.checks for one in found if one.when == "always"}
    order = {when: number for number, when in enumerate((*WEEKDAYS, "week", "always"))}
    return tuple(sorted(found, key=lambda one: (-gravest[one.person], one.person, order[one.when])))


def _of(outlook: Outlook, worker: Worker) -> Iterator[Away]:
    first, last = outlook.problem.days
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    at_work = [day for day in every if available_minutes(worker, day)]
    falls = {day: outlook.fall(day, worker.id) for day in at_work if day in outlook.works}
    weekdays: dict[Weekday, list[date]] = defaultdict(list)
    weeks: dict[date, list[date]] = defaultdict(list)
    for day in at_work:
        weekdays[WEEKDAYS[day.weekday()]].append(day)
        weeks[day - timedelta(days=day.weekday())].append(day)
    nothing_waits = not any(True for _ in outlook.stuck(every, worker.id))
    if nothing_waits and not any(fall.checks for fall in falls.values()):
        return
    for weekday, days in weekdays.items():
        yield from _worst(worker, weekday, {day: falls.get(day, Fall(0, ())) for day in days})
    together = {
        monday: _sum(outlook, worker, days, falls) for monday, days in sorted(weeks.items())
    }
    yield from _worst(worker, "week", together)
    yield from _worst(worker, "always", {first: _sum(outlook, worker, every, falls)})


def _worst(worker: Worker, when: Weekday | str, falls: dict[date, Fall]) -> Iterator[Away]:
    some = [day for day, fall in falls.items() if fall.checks]
    if some:
        worst = max(some, key=lambda day: (falls[day].checks, -day.toordinal()))
        yield Away(worker.id, when, len(some), len(falls), worst, falls[worst])


def _sum(outlook: Outlook, worker: Worker, days: list[date], falls: dict[date, Fall]) -> Fall:
    """Return what falls on all *days* together: each day's own, and what could not wait longer."""
    own = [falls[day] for day in days if day in falls]
    stuck = tuple(outlook.stuck(days, worker.id))
    weight = outlook.problem.weight
    return Fall(
        sum(fall.checks for fall in own) + sum(weight(task) for task in stuck),
        (*(task for fall in own for task in fall.tasks), *stuck),
        is_exact=all(fall.is_exact for fall in own),
    )
