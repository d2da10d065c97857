"""VTIMEZONE by rule, because Outlook ignores lists of transition dates."""

import re
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
# A POSIX rule such as CST-8 or EST5EDT,M3.2.0,M11.1.0/3 (IEEE Std 1003.1, section 8.3).
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET = r"[-+]?\d{1,3}(?::\d{2})?(?::\d{2})?"
_CHANGE = rf"M(\d+)\.(\d)\.(\d)(?:/({_OFFSET}))?"
_POSIX = re.compile(rf"^{_NAME}({_OFFSET})(?:{_NAME}({_OFFSET})?,{_CHANGE},{_CHANGE})?$")


Observance = TimezoneStandard | TimezoneDaylight


class ZoneNotByRule(Exception):
    """The zone's future cannot be told by a yearly rule of months and weekdays."""

    code = "feed.zone-not-by-rule"


@cache
def vtimezone(name: str) -> Timezone:
    """
    Return the VTIMEZONE of the IANA zone *name*, valid for its present rule.

    Raises:
        ZoneNotByRule: If the zone's rule is not of the form month, week, weekday.
    """
    match = _POSIX.match(_footer(name))
    if match is None:
        raise ZoneNotByRule(name)
    offset, summer_offset, *changes = match.groups()
    standard = -_seconds(offset)
    zone = Timezone()
    zone.add("TZID", name)
    if changes[0] is None:
        zone.add_component(_observance(TimezoneStandard(), standard, standard, None))
        return zone
    summer = -_seconds(summer_offset) if summer_offset else standard + timedelta(hours=1)
    zone.add_component(_observance(TimezoneDaylight(), standard, summer, changes[:4]))
    zone.add_component(_observance(TimezoneStandard(), summer, standard, changes[4:]))
    return zone


def _footer(name: str) -> str:
    """Return the last line of the zone's TZif file: the rule that holds from now on."""
    folder, _, leaf = f"tzdata/zoneinfo/{name}".rpartition("/")
    data = resources.files(folder.replace("/", ".")).joinpath(leaf).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _seconds(offset: str) -> timedelta:
    sign = -1 if offset.startswith("-") else 1
    hours, minutes, seconds = (*map(int, offset.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _observance(
    component: Observance, before: timedelta, after: timedelta, change: list[str | None] | None
) -> Observance:
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", after)
    if change is None:
        component.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001  RFC 5545: local time
        return component
    month, week, weekday, at = change
    nth = -1 if week == "5" else int(week or 1)
    day = f"{nth}{_WEEKDAYS[int(weekday or 0)]}"
    onset = _first_onset(int(month or 1), nth, int(weekday or 0)) + _seconds(at or "2")
    component.add("DTSTART", onset)
    component.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": int(month or 1), "BYDAY": day}))
    return component


def _first_onset(month: int, nth: int, weekday: int) -> datetime:
    """Return midnight of the change day in 1970, local time by RFC 5545."""
    python_weekday = (weekday - 1) % 7
    if nth > 0:
        first = datetime(1970, month, 1)  # noqa: DTZ001
        ahead = (python_weekday - first.weekday()) % 7
        return first + timedelta(days=ahead + 7 * (nth - 1))
    last = datetime(1970 + month // 12, month % 12 + 1, 1) - timedelta(days=1)  # noqa: DTZ001
    return last - timedelta(days=(last.weekday() - python_weekday) % 7)
