"""N times in each school term: near its start, near its end, or spread over it."""

from collections.abc import Iterator

from rules.cadence import PerTerm
from scheduler.cadences.count import periods_of
from scheduler.cadences.frame import Frame
from scheduler.cadences.periods import Period
from scheduler.cadences.spread import spread_occurrences
from scheduler.occurrence import Occurrence


def occurrences(cadence: PerTerm, frame: Frame) -> Iterator[Occurrence]:
    """Yield the occurrences of every term that touches the horizon."""
    for term in periods_of("term", frame):
        yield from spread_occurrences(frame, _part(term, cadence), cadence.times)


def _part(term: Period, cadence: PerTerm) -> Period:
    first, last = term.first, term.last
    if cadence.when == "start":
        last = min(last, first + cadence.within_days - 1)
    elif cadence.when == "end":
        first = max(first, last - cadence.within_days + 1)
    return Period(term.key, first, last, first)
