"""
The baseline of the expansion benchmark: one `dateutil.rrule` per duty and plain Python.

It is written as one would without sharing: each duty builds its rule, walks it, applies the
day-off policy with the site's set of counting days (computed beforehand, so not timed) and turns
local due times into UTC. Rules start near the horizon, not at their first day.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from rules.cadence import WEEKDAYS, Interval, MaxGap, Periodic
from rules.pack import RuleVersion
from scheduler.workdays import WorkCalendar

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_ONE = timedelta(1)
_END = time(23, 59, 59)


def is_expressible(version: RuleVersion) -> bool:
    """
    Tell whether one rrule gives the nominal due times of *version*.

    Expressible: periodic cadences of every unit and every N up to months; intervals of hours
    that divide a day, over all 24 hours; maximum gaps whose due days never move.
    """
    cadence = version.cadence
    if isinstance(cadence, Interval):
        return cadence.within == "all-day" and cadence.unit == "hour" and 24 % cadence.every == 0
    if isinstance(cadence, MaxGap):
        return version.days == "every" or version.day_off == "keep"
    return isinstance(cadence, Periodic) and (cadence.every == 1 or cadence.unit == "day")


def due_instants(
    version: RuleVersion, calendar: WorkCalendar, *, since: date, until: date
) -> list[datetime]:
    """Return the due instants of *version* from *since* to *until*, ascending, in UTC."""
    begin = datetime.combine(since, time(), calendar.zone).astimezone(UTC)
    end = datetime.combine(until + _ONE, time(), calendar.zone).astimezone(UTC)
    found = _interval(version, calendar, since, until)
    if not isinstance(version.cadence, Interval):
        found = _days(version, calendar, since, until)
    return [due for due in found if begin <= due < end]


def _interval(
    version: RuleVersion, calendar: WorkCalendar, since: date, until: date
) -> Iterator[datetime]:
    cadence = version.cadence
    if not isinstance(cadence, Interval):
        return
    rule = rrule(
        DAILY,
        dtstart=_midnight(since),
        until=_midnight(until + _ONE),
        byhour=range(0, 24, cadence.every),
        byminute=0,
        bysecond=0,
    )
    counting = _counting(version, calendar, since, until)
    for due in rule:
        start = due.date() if due.hour else due.date() - _ONE
        if counting is None or start.toordinal() in counting:
            yield due.replace(tzinfo=calendar.zone).astimezone(UTC)


def _days(
    version: RuleVersion, calendar: WorkCalendar, since: date, until: date
) -> Iterator[datetime]:
    counting = _counting(version, calendar, since, until)
    for nominal in _rule(version, since, until):
        day: date | None = nominal.date()
        if counting is not None and day is not None and day.toordinal() not in counting:
            day = _moved(version, day, counting)
        if day is not None:
            yield _closing(version, calendar, day)


def _rule(version: RuleVersion, since: date, until: date) -> rrule:
    cadence = version.cadence
    if isinstance(cadence, MaxGap):
        steps = max(1, (since - version.since).days // cadence.days)
        first = version.since + timedelta(steps * cadence.days)
        return rrule(DAILY, interval=cadence.days, dtstart=_midnight(first), until=_midnight(until))
    if not isinstance(cadence, Periodic):
        raise TypeError("No single rrule expresses this cadence.")
    if cadence.unit == "day":
        phase = cadence.phase_on or (version.since if cadence.every > 1 else since)
        steps = max(0, (since - phase).days // cadence.every)
        first = phase + timedelta(steps * cadence.every + cadence.every - 1)
        return rrule(
            DAILY, interval=cadence.every, dtstart=_midnight(first), until=_midnight(until)
        )
    return _calendar_rule(cadence, max(since, cadence.phase_on or since), until)


def _calendar_rule(cadence: Periodic, since: date, until: date) -> rrule:
    on = cadence.on
    if cadence.unit == "week":
        weekday = WEEKDAYS.index(on.weekday) if on and on.weekday else 6
        first = since - timedelta(since.weekday())
        last = until + timedelta(7)
        return rrule(WEEKLY, byweekday=weekday, dtstart=_midnight(first), until=_midnight(last))
    if cadence.unit == "half-month":
        first = since.replace(day=1)
        return rrule(
            MONTHLY, bymonthday=(15, -1), dtstart=_midnight(first), until=_period_end(until, 1)
        )
    months = _MONTHS[cadence.unit]
    first_month = (since.month - 1) // months * months + (
        min(on.month or months, months) if on else months
    )
    return rrule(
        MONTHLY,
        interval=months,
        dtstart=datetime(since.year, first_month, 1),  # noqa: DTZ001 (a day, not an instant)
        until=_period_end(until, months),
        **_by_day(cadence),
    )


def _by_day(cadence: Periodic) -> dict[str, Any]:
    on = cadence.on
    if on is not None and on.weekday is not None:
        nth = -1 if on.nth in {None, 5} else on.nth
        return {"byweekday": WEEKDAYS.index(on.weekday), "bysetpos": nth}
    if on is None or on.day is None or on.day < 1:
        return {"bymonthday": -1}
    if on.day > 28:
        return {"bymonthday": tuple(range(28, on.day + 1)), "bysetpos": -1}
    return {"bymonthday": on.day}


def _moved(version: RuleVersion, day: date, counting: frozenset[int]) -> date | None:
    if version.day_off == "skip":
        return None
    first, last = _period(version, day)
    if first == last:
        return None
    earlier = _first_counting(day - _ONE, first, -1, counting)
    later = _first_counting(day + _ONE, last, 1, counting)
    order = (earlier, later) if version.day_off == "before" else (later, earlier)
    return order[0] or order[1] or day


def _first_counting(day: date, limit: date, sign: int, counting: frozenset[int]) -> date | None:
    while (limit - day).days * sign >= 0:
        if day.toordinal() in counting:
            return day
        day += sign * _ONE
    return None


def _period(version: RuleVersion, day: date) -> tuple[date, date]:
    cadence = version.cadence
    if not isinstance(cadence, Periodic):
        return day, day
    if cadence.unit == "day":
        return day - timedelta(cadence.every - 1), day
    if cadence.unit == "week":
        first = day - timedelta(day.weekday())
        return first, first + timedelta(6)
    if cadence.unit == "half-month":
        first = day.replace(day=1 if day.day <= 15 else 16)
        return first, (first + timedelta(14) if first.day == 1 else _month_end(day))
    months = _MONTHS[cadence.unit]
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    return first, _month_end(first.replace(month=first.month + months - 1))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - _ONE


def _closing(version: RuleVersion, calendar: WorkCalendar, day: date) -> datetime:
    window = version.window
    due = window.due if window is not None else None
    if due is None and version.days != "every":
        closing = calendar.last_closing(day)
        midnight = datetime.combine(day + _ONE, time(), calendar.zone)
        if closing is not None and closing != midnight:
            return closing
    local = datetime.combine(day, due or _END)
    opens = window.opens if window is not None else None
    if due is not None and opens is not None and due <= opens and _period(version, day)[0] == day:
        local += _ONE
    return local.replace(tzinfo=calendar.zone).astimezone(UTC)


def _counting(
    version: RuleVersion, calendar: WorkCalendar, since: date, until: date
) -> frozenset[int] | None:
    if version.days == "every" or version.day_off == "keep":
        return None
    return calendar.counting_years(version.days, range(since.year - 1, until.year + 2))


def _period_end(until: date, months: int) -> datetime:
    last = until.replace(day=1, month=(until.month - 1) // months * months + months)
    return _midnight(_month_end(last))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
