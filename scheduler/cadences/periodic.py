"""Once in every N days, weeks, half-months, months, quarters, half-years or years."""

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from rules.cadence import Periodic
from scheduler.cadences.frame import Frame, iso
from scheduler.cadences.periods import MONTHS, due_days
from scheduler.day_off import Reach, placed
from scheduler.occurrence import Occurrence


def occurrences(cadence: Periodic, frame: Frame) -> Iterator[Occurrence]:
    """Yield one occurrence for each period, or after a completion for each step, in any order."""
    performed = frame.context.performed
    if frame.shape.anchor == "completion" and performed is not None:
        yield from _after_completion(cadence, frame, performed)
        return
    # A window that ends after midnight falls due on the day after its period.
    found = due_days(cadence, frame.shape.origin, frame.since - 1, frame.until)
    if frame.keeps_every_day or not found:
        yield from frame.day_occurrences([(each.key, each.first, due) for each, due in found])
        return
    counting = frame.counting(found[0][0].first, found[-1][0].last)
    yield from frame.day_occurrences(
        [(each.key, each.first, due) for each, due in found if due in counting]
    )
    for period, due in found:
        if due not in counting and frame.shape.day_off != "skip":
            reach = Reach(period.first, period.last)
            day = placed(due, reach, counting, frame.shape.day_off)
            if day is not None:
                yield frame.day_occurrence(period.key, period.first, day, nominal=due)


def _after_completion(cadence: Periodic, frame: Frame, performed: date) -> Iterator[Occurrence]:
    before, count = performed.toordinal(), 1
    while before <= frame.until:
        nominal = _step(performed, cadence.unit, cadence.every * count).toordinal()
        reach = Reach(before + 1, nominal)
        occurrence = frame.placed_occurrence(f"after-{iso(before)}", reach, nominal)
        if occurrence is not None:
            yield occurrence
        before, count = nominal, count + 1


def _step(day: date, unit: str, count: int) -> date:
    """Return the day *count* units after *day*; 31 January and one month is the end of February."""
    if unit == "day":
        return day + relativedelta(days=count)
    if unit == "week":
        return day + relativedelta(weeks=count)
    if unit == "half-month":
        return day + relativedelta(months=count // 2, days=15 * (count % 2))
    return day + relativedelta(months=MONTHS[unit] * count)
