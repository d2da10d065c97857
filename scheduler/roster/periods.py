"""What a person's limits say of longer spans: weeks by the clock, and hours over many weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.roster.problem import Limit, RosterPerson, RosterProblem

_WEEK = 7


@dataclass(frozen=True)
class Period:
    """
    A span of days in which a person may work so many minutes.

    Attributes:
        last: Included.
    """

    limit: Limit
    first: date
    last: date
    minutes: int

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Spans:
    """
    The longer spans that one person's row is held against.

    Attributes:
        periods: Those over which hours are averaged.
        weeks: First and last minute since the epoch of each ISO week of the roster.
    """

    periods: tuple[Period, ...]
    weeks: tuple[tuple[int, int], ...]


def periods(problem: RosterProblem, person: RosterPerson) -> tuple[Period, ...]:
    """
    Return the spans over which the person's hours are averaged.

    A span ends on each Sunday of the roster, and on its last day, and is as long as the limit says.
    Where less is known, from the first day of the history on, the one span that ends with the
    roster is averaged over what is known. Days of leave add neither hours nor time.
    """
    return tuple(
        Period(limit, first, last, _minutes(problem, person, limit, (first, last)))
        for limit in person.limits
        if limit.name == "week-hours-average"
        for first, last in _spans(problem, limit.weeks)
    )


def _spans(problem: RosterProblem, weeks: int) -> Iterator[tuple[date, date]]:
    known = min([problem.since, *(day for _, day in problem.history)])
    length = timedelta(days=_WEEK * weeks - 1)
    last = problem.since
    while last < problem.until:
        if last.isoweekday() == _WEEK and last - length >= known:
            yield last - length, last
        last += timedelta(days=1)
    yield max(known, problem.until - length), problem.until


def _minutes(
    problem: RosterProblem, person: RosterPerson, limit: Limit, span: tuple[date, date]
) -> int:
    """A span shorter than a week allows what a whole week does: nobody averages over two days."""
    first, last = span
    days = max(_WEEK, (last - first).days + 1)
    counted = max(0, days - sum(_days_away(problem, person, span)))
    return int(limit.value * 60 * counted / _WEEK)


def _days_away(
    problem: RosterProblem, person: RosterPerson, span: tuple[date, date]
) -> Iterator[int]:
    """Yield how many whole days of the span each absence takes; absences do not overlap."""
    zone = ZoneInfo(problem.time_zone)
    for absence in person.absences:
        since = absence.since.astimezone(zone)
        begins = since.date() + timedelta(days=since.time() > time())
        ends: datetime = absence.until.astimezone(zone)
        first, last = max(span[0], begins), min(span[1], ends.date() - timedelta(days=1))
        yield max(0, (last - first).days + 1)
