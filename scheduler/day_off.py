"""What becomes of a due day that does not count: keep, skip, before or after."""

from collections.abc import Container
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rules.text import Text
from scheduler.day_names import short_day
from scheduler.occurrence import Moved
from scheduler.workdays import DayKind, WorkCalendar

Policy = Literal["keep", "skip", "before", "after"]


class Reach(NamedTuple):
    """The days, both included, that a due day may move within: its own period."""

    first: int
    last: int


def placed(day: int, reach: Reach, counting: Container[int], policy: Policy) -> int | None:
    """
    Return the day on which an occurrence due on *day* falls, or nothing where it is dropped.

    A moved day stays inside its own period, so that two periods never share a due day: where
    there is none in the wanted direction, the other direction is taken. A longer period without
    any counting day keeps *day*, so that no duty is lost silently; a period of one day is dropped.
    """
    if day in counting or policy == "keep":
        return day
    if policy == "skip" or reach.first == reach.last:
        return None
    earlier, later = range(day - 1, reach.first - 1, -1), range(day + 1, reach.last + 1)
    ways = (earlier, later) if policy == "before" else (later, earlier)
    return next((near for way in ways for near in way if near in counting), day)


# Calendars by the thousand move the same days, and every rule of a site the same ends of months.
@lru_cache(maxsize=32768)
def explain_move(nominal: int, actual: int, calendar: WorkCalendar, kind: DayKind) -> Moved:
    """Return from which day to which it moved and why; *nominal* is a day that does not count."""
    return _explained(nominal, actual, calendar.reason(nominal, kind))


@lru_cache(maxsize=8192)
def _explained(nominal: int, actual: int, why: Text) -> Moved:
    planned, held = date.fromordinal(nominal), date.fromordinal(actual)
    start, end = short_day(planned), short_day(held, beside=planned)
    if nominal == actual:
        zh, en = "本周期没有可用的日子，日期不变", "no day of the period counts, so the day stays"
        return Moved("no-counting-day", _because(start, why, Text(zh=zh, en=en)))
    if actual < nominal:
        outcome = Text(zh=f"提前到{end.zh}", en=f"brought forward to {end.en}")
        return Moved("moved-before", _because(start, why, outcome))
    outcome = Text(zh=f"推迟到{end.zh}", en=f"put off to {end.en}")
    return Moved("moved-after", _because(start, why, outcome))


def _because(day: Text, why: Text, outcome: Text) -> Text:
    return Text(zh=f"{day.zh}{why.zh}，{outcome.zh}", en=f"{day.en}: {why.en}; {outcome.en}")
