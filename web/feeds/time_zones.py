"""
VTIMEZONE by rule, because Outlook ignores lists of transition dates.

Where a zone's present rule does not tell the years in question (it changes in them, or follows the
moon), each change is an observance of its own: still no list of dates.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
# A POSIX rule such as CST-8 or EST5EDT,M3.2.0,M11.1.0/3 (IEEE Std 1003.1, section 8.3).
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET = r"[-+]?\d{1,3}(?::\d{2})?(?::\d{2})?"
_CHANGE = rf"M(\d+)\.(\d)\.(\d)(?:/({_OFFSET}))?"
_POSIX = re.compile(rf"^{_NAME}({_OFFSET})(?:{_NAME}({_OFFSET})?,{_CHANGE},{_CHANGE})?$")
_DAY = timedelta(days=1)
_NOTHING = timedelta(0)

Observance = TimezoneStandard | TimezoneDaylight


@dataclass(frozen=True)
class _Change:
    """A yearly change: the nth weekday (0 is Sunday, -1 the last) of a month, and a local time."""

    month: int
    nth: int
    weekday: int
    at: timedelta

    def onset(self, year: int) -> datetime:
        """Return the change of *year*, in local time by RFC 5545."""
        python_weekday = (self.weekday - 1) % 7
        if self.nth > 0:
            first = datetime(year, self.month, 1)  # noqa: DTZ001
            ahead = (python_weekday - first.weekday()) % 7
            return first + timedelta(days=ahead + 7 * (self.nth - 1)) + self.at
        following = datetime(year + self.month // 12, self.month % 12 + 1, 1)  # noqa: DTZ001
        last = following - _DAY
        return last - timedelta(days=(last.weekday() - python_weekday) % 7) + self.at


@dataclass(frozen=True)
class _Rule:
    """What holds in a zone from now on; without changes it has one offset."""

    standard: timedelta
    summer: timedelta
    changes: tuple[_Change, _Change] | None

    def transitions(self, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
        """Return the changes of *year*: instant, offset before and after."""
        if self.changes is None:
            return []
        begins, ends = (change.onset(year) for change in self.changes)
        found = [
            ((begins - self.standard).replace(tzinfo=UTC), self.standard, self.summer),
            ((ends - self.summer).replace(tzinfo=UTC), self.summer, self.standard),
        ]
        return sorted(found)


@cache
def vtimezone(name: str, since: int, until: int) -> Timezone:
    """Return the VTIMEZONE of the IANA zone *name*, right for the years *since* to *until*."""
    rule = _rule(name)
    years = range(since - 1, until + 2)
    actual = _transitions(name, years)
    zone = Timezone()
    zone.add("TZID", name)
    if rule is not None and actual == [one for year in years for one in rule.transitions(year)]:
        _add_rule(zone, rule)
    else:
        _add_changes(zone, name, years, actual)
    return zone


def _add_rule(zone: Timezone, rule: _Rule) -> None:
    if rule.changes is None:
        first = datetime(1970, 1, 1)  # noqa: DTZ001  RFC 5545: local time
        zone.add_component(_observance(TimezoneStandard(), rule.standard, rule.standard, first))
        return
    begins, ends = rule.changes
    for made, before, after, change in (
        (TimezoneDaylight(), rule.standard, rule.summer, begins),
        (TimezoneStandard(), rule.summer, rule.standard, ends),
    ):
        component = _observance(made, before, after, change.onset(1970))
        day = f"{change.nth}{_WEEKDAYS[change.weekday]}"
        yearly = {"FREQ": "YEARLY", "BYMONTH": change.month, "BYDAY": day}
        component.add("RRULE", vRecur(yearly))
        zone.add_component(component)


def _add_changes(
    zone: Timezone,
    name: str,
    years: range,
    changes: list[tuple[datetime, timedelta, timedelta]],
) -> None:
    start = datetime(years.start, 1, 1, tzinfo=UTC)
    before = start.astimezone(ZoneInfo(name)).utcoffset() or _NOTHING
    first = datetime(1970, 1, 1)  # noqa: DTZ001
    zone.add_component(_observance(TimezoneStandard(), before, before, first))
    for at, old, new in changes:
        summer = bool(at.astimezone(ZoneInfo(name)).dst())
        made = TimezoneDaylight() if summer else TimezoneStandard()
        zone.add_component(_observance(made, old, new, (at + old).replace(tzinfo=None)))


def _observance(
    component: Observance, before: timedelta, after: timedelta, onset: datetime
) -> Observance:
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", after)
    component.add("DTSTART", onset)
    return component


def _transitions(name: str, years: range) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the changes that the zone really makes, to the minute."""
    zone, found = ZoneInfo(name), []
    day, end = datetime(years.start, 1, 1, tzinfo=UTC), datetime(years.stop, 1, 1, tzinfo=UTC)
    before = day.astimezone(zone).utcoffset() or _NOTHING
    while day < end:
        after = (day + _DAY).astimezone(zone).utcoffset() or _NOTHING
        if after != before:
            found.append((_first(zone, day, after), before, after))
        day, before = day + _DAY, after
    return found


def _first(zone: ZoneInfo, day: datetime, offset: timedelta) -> datetime:
    """Return the first minute after *day* with the offset."""
    low, high = 0, 24 * 60
    while low < high:
        middle = (low + high) // 2
        if (day + timedelta(minutes=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle + 1
    return day + timedelta(minutes=low)


def _rule(name: str) -> _Rule | None:
    match = _POSIX.match(_footer(name))
    if match is None:
        return None
    offset, summer_offset, *changes = match.groups()
    standard = -_duration(offset)
    if changes[0] is None:
        return _Rule(standard, standard, None)
    summer = -_duration(summer_offset) if summer_offset else standard + timedelta(hours=1)
    begins, ends = _change(*changes[:4]), _change(*changes[4:])
    if not all(_NOTHING <= one.at < _DAY for one in (begins, ends)):
        return None  # A change on the day before or after cannot be named by its weekday.
    return _Rule(standard, summer, (begins, ends))


def _change(month: str, week: str, weekday: str, at: str | None) -> _Change:
    nth = -1 if week == "5" else int(week)
    return _Change(int(month), nth, int(weekday), _duration(at or "2"))


def _footer(name: str) -> str:
    """Return the last line of the zone's TZif file: the rule that holds from now on."""
    folder, _, leaf = f"tzdata/zoneinfo/{name}".rpartition("/")
    data = resources.files(folder.replace("/", ".")).joinpath(leaf).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _duration(offset: str) -> timedelta:
    sign = -1 if offset.startswith("-") else 1
    hours, minutes, seconds = (*map(int, offset.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
