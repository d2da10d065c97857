"""Calendar periods and the day inside each on which a periodic duty falls due, by rrule."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from rules.cadence import WEEKDAYS, OnDay, Periodic

# Months in each calendar period that is made of whole months.
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class Period(NamedTuple):
    """
    One counted period, by ordinals of days, both ends included.

    Attributes:
        tail: First day of its last calendar period; `first` unless every N periods are one.
    """

    key: str
    first: int
    last: int
    tail: int


@lru_cache(maxsize=512)
def periods(
    unit: str, every: int, origin: date | None, since: int, until: int
) -> tuple[Period, ...]:
    """
    Return the periods that touch the days from *since* to *until*, ascending.

    Every *every* calendar periods make one, counted from the one that holds *origin* and not
    before it.
    """
    phase = 0 if origin is None else _index(unit, origin.toordinal())
    first = max(phase, phase + (_index(unit, since) - phase) // every * every)
    last = _index(unit, until)
    if last < first:
        return ()
    count = (last - first) // every + 1
    starts = list(_starts(unit, first, count * every + 1))
    return tuple(
        Period(_key(unit, starts[at]), starts[at], starts[at + every] - 1, starts[at + every - 1])
        for at in range(0, count * every, every)
    )


@lru_cache(maxsize=512)
def due_days(
    cadence: Periodic, origin: date | None, since: int, until: int
) -> tuple[tuple[Period, int], ...]:
    """Return each period that touches the days from *since* to *until* with its due day."""
    found = periods(cadence.unit, cadence.every, cadence.phase_on or origin, since, until)
    if cadence.on is None or cadence.unit == "day" or not found:
        return tuple((period, period.last) for period in found)
    if cadence.unit == "half-month":
        return tuple((period, _day_of_half(period, cadence.on)) for period in found)
    days = _weekly(cadence, found) if cadence.unit == "week" else _monthly(cadence, found)
    return tuple(zip(found, days, strict=True))


def _weekly(cadence: Periodic, found: tuple[Period, ...]) -> list[int]:
    weekday = WEEKDAYS.index(cadence.on.weekday or "sun") if cadence.on else 6
    rule = rrule(
        WEEKLY,
        interval=cadence.every,
        byweekday=weekday,
        dtstart=_midnight(found[0].tail),
        count=len(found),
    )
    return [day.toordinal() for day in rule]


def _monthly(cadence: Periodic, found: tuple[Period, ...]) -> list[int]:
    on = cadence.on or OnDay()
    months = MONTHS[cadence.unit]
    first = date.fromordinal(found[0].tail)
    month = min(on.month or months, months)
    start = first.year * 12 + first.month - 1 + month - 1
    rule = rrule(
        MONTHLY,
        interval=months * cadence.every,
        dtstart=datetime(start // 12, start % 12 + 1, 1),  # noqa: DTZ001 (a day, not an instant)
        count=len(found),
        **_day_of_month(on),
    )
    return [day.toordinal() for day in rule]


def _day_of_month(on: OnDay) -> dict[str, Any]:
    """Return the day in the words of rrule; a fifth weekday means the last, so it always exists."""
    if on.weekday is not None:
        nth = -1 if on.nth in (None, 5) else on.nth
        return {"byweekday": WEEKDAYS.index(on.weekday), "bysetpos": nth or -1}
    if on.day is None or on.day < 1:
        return {"bymonthday": -1}
    if on.day <= 28:
        return {"bymonthday": on.day}
    return {"bymonthday": tuple(range(28, on.day + 1)), "bysetpos": -1}


def _day_of_half(period: Period, on: OnDay) -> int:
    """Return the due day of a half-month: `day` counts within the half, `weekday` is its last."""
    if on.weekday is not None:
        wanted = WEEKDAYS.index(on.weekday)
        return period.last - (period.last - 1 - wanted) % 7
    if on.day is None or on.day < 1:
        return period.last
    return min(period.tail + on.day - 1, period.last)


def _index(unit: str, day: int) -> int:
    """Number the calendar periods, so that every N of them can be counted from any day."""
    if unit == "day":
        return day
    if unit == "week":
        return (day - 1) // 7
    on = date.fromordinal(day)
    month = on.year * 12 + on.month - 1
    if unit == "half-month":
        return month * 2 + (on.day > 15)
    return month // MONTHS[unit]


def _starts(unit: str, index: int, count: int) -> Iterator[int]:
    """Yield the first days of *count* calendar periods from the one numbered *index*."""
    if unit == "day":
        rule = rrule(DAILY, dtstart=_midnight(index), count=count)
    elif unit == "week":
        rule = rrule(WEEKLY, dtstart=_midnight(index * 7 + 1), count=count)
    elif unit == "half-month":
        first = datetime(index // 24, index // 2 % 12 + 1, 16 if index % 2 else 1)  # noqa: DTZ001
        rule = rrule(MONTHLY, bymonthday=(1, 16), dtstart=first, count=count)
    else:
        months = MONTHS[unit]
        month = index * months
        first = datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001
        rule = rrule(MONTHLY, interval=months, dtstart=first, count=count)
    return (day.toordinal() for day in rule)


def _key(unit: str, first: int) -> str:
    day = date.fromordinal(first)
    year, week, _ = day.isocalendar()
    keys = {
        "day": day.isoformat(),
        "week": f"{year}-W{week:02d}",
        "half-month": f"{day:%Y-%m}-H{1 if day.day == 1 else 2}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{day.month // 3 + 1}",
        "half-year": f"{day.year}-H{day.month // 6 + 1}",
        "year": str(day.year),
    }
    return keys[unit]


def _midnight(day: int) -> datetime:
    return datetime.fromordinal(day)
