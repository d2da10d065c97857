"""N times in each period, at least so many days apart."""

from collections.abc import Iterator

from rules.cadence import Count
from scheduler.cadences.frame import Frame
from scheduler.cadences.periods import Period, periods
from scheduler.cadences.spread import spread_occurrences
from scheduler.occurrence import Occurrence


def occurrences(cadence: Count, frame: Frame) -> Iterator[Occurrence]:
    """Yield the occurrences of every period that touches the horizon."""
    for period in periods_of(cadence.per, frame):
        yield from spread_occurrences(frame, period, cadence.times, gap=cadence.min_gap_days)


def periods_of(per: str, frame: Frame) -> tuple[Period, ...]:
    """Return the calendar periods or the school terms that touch the horizon."""
    since, until = frame.since - 1, frame.until
    if per != "term":
        return periods(per, 1, None, since, until)
    return tuple(
        Period(term.id, term.since.toordinal(), term.until.toordinal(), term.since.toordinal())
        for term in sorted(frame.calendar.site.terms, key=lambda term: term.since)
        if term.since.toordinal() <= until and term.until.toordinal() >= since
    )
