"""How far a window reaches before or after a moment of the local clock, or a day."""

from datetime import date
from typing import Literal

from rules.durations import Duration
from scheduler.deadlines import calendar_step, deadline
from scheduler.local_clock import DAY
from scheduler.workdays import WorkCalendar

_SECONDS = {"minute": 60, "hour": 3600, "immediately": 0}
DAY_UNITS = frozenset({"day", "working-day", "week", "month", "year", "same-day"})


def moment_after(local: int, duration: Duration, calendar: WorkCalendar) -> int:
    """Return the local second *duration* after *local*; hours are those of the clock face."""
    if duration.unit in _SECONDS:
        return local + duration.amount * _SECONDS[duration.unit]
    due_at = deadline(calendar.clock.instant(local), duration, calendar).due_at
    return calendar.clock.local(due_at)


def moment_before(local: int, duration: Duration, calendar: WorkCalendar) -> int:
    """Return the local second *duration* before *local*; days begin at midnight."""
    if duration.unit in _SECONDS:
        return local - duration.amount * _SECONDS[duration.unit]
    if duration.unit == "working-hour":
        return _working_seconds_before(local, duration.amount * 3600, calendar)
    return day_before(local // DAY, duration, calendar) * DAY


def day_before(day: int, duration: Duration, calendar: WorkCalendar) -> int:
    """Return the day *duration* before *day*; both are ordinals."""
    return _shifted(day, duration, calendar, -1)


def day_after(day: int, duration: Duration, calendar: WorkCalendar) -> int:
    """Return the day *duration* after *day*; both are ordinals."""
    return _shifted(day, duration, calendar, 1)


def longest_days(duration: Duration) -> int:
    """Return a number of days that *duration* surely fits in, holidays included."""
    days = {"week": 7, "month": 31, "year": 366, "working-day": 3, "working-hour": 1}
    return duration.amount * days.get(duration.unit, 1) + 20


def _shifted(day: int, duration: Duration, calendar: WorkCalendar, sign: Literal[1, -1]) -> int:
    if duration.unit == "working-day":
        left = duration.amount
        while left:
            day += sign
            left -= calendar.public.is_working(day)
        return day
    if duration.unit == "same-day":
        return day
    step = calendar_step(duration.unit, sign * duration.amount)
    return (date.fromordinal(day) + step).toordinal()


def _working_seconds_before(local: int, wanted: int, calendar: WorkCalendar) -> int:
    day = local // DAY
    # A site that has been shut for months has no opening hours to go back to.
    for back in range(-1, 400):
        for opens, closes in reversed(calendar.spans(day - back)):
            length = min(closes, local) - opens
            if length <= 0:
                continue
            if wanted <= length:
                return min(closes, local) - wanted
            wanted -= length
    return local - wanted
