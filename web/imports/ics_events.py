"""Read the events of an iCalendar file as plain values, with the line on which each begins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from rules.days import EARLIEST, LATEST
from rules.faults import Fault, InputInvalid
from rules.text import Text

MOST_BYTES = 5_000_000
# How far what recurs without end is followed.
BACK, AHEAD = timedelta(days=366), timedelta(days=731)
_SLOW_ENOUGH = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


@dataclass(frozen=True)
class IcsEvent:
    """
    One event, or one instance of what recurs.

    Attributes:
        key: Names it in its calendar; the same in later versions, whatever its days.
        since: First instant, on the organisation's clock.
        until: End, not included.
        whole_days: Whether it has days and no hours.
        line: Of the file, from 1.
    """

    key: str
    summary: str
    categories: tuple[str, ...]
    location: str
    since: datetime
    until: datetime
    whole_days: bool
    cancelled: bool
    line: int

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.since.date()

    @property
    def last(self) -> date:
        """Return the last day, included."""
        return max(self.since, self.until - timedelta(microseconds=1)).date()


@dataclass(frozen=True)
class IcsFile:
    """The events of a file, and what the calendar calls itself; empty where it has no name."""

    name: str
    events: tuple[IcsEvent, ...]


class PartlyReadEvents(InputInvalid):
    """
    Some events of a file cannot be read.

    Attributes:
        rest: Those that can.
    """

    def __init__(self, faults: Iterable[Fault], rest: IcsFile) -> None:
        super().__init__(faults)
        self.rest = rest


def read_ics(  # noqa: PLR0913 (all but the first are named at the call)
    data: bytes, *, file: str, zone: ZoneInfo, today: date, most: int, follow: bool = True
) -> IcsFile:
    """
    Return the events of the iCalendar text *data*.

    What recurs is followed from a year before *today* to two years after it.

    Args:
        data: The bytes of the file; UTF-8, or GB 18030 as old programs write it.
        file: Its name, for faults.
        zone: Of the organisation; times without a zone are in it.
        today: Day on the organisation's clock.
        most: How many events there may be.
        follow: Whether each instance of what recurs is an event; else the series is one.

    Raises:
        InputInvalid: If it is no calendar.
        PartlyReadEvents: If it has no events or too many, or an event cannot be read; holds every
            fault with the line on which its event begins.
    """
    text = _decoded(data, file)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise InputInvalid([_fault(file, _NO_CALENDAR, _EXPORT)]) from error
    reading = _Reading(file, zone, today, follow=follow)
    begins = iter(_lines_of_events(text))
    found: list[IcsEvent] = []
    for calendar in calendars:
        events = [(event, next(begins, 1)) for event in calendar.walk("VEVENT")]
        found += reading.events_of(calendar, events)
    if len(found) > most:
        reading.faults.append(_fault(file, _too_many(most), _SHORTEN))
    if not found and not reading.faults:
        reading.faults.append(_fault(file, _NO_EVENTS, _EXPORT))
    names = (_text(each, name) for each in calendars for name in ("NAME", "X-WR-CALNAME"))
    file_read = IcsFile(next(filter(None, names), ""), tuple(found[:most]))
    if reading.faults:
        raise PartlyReadEvents(sorted(reading.faults, key=lambda fault: fault.line), file_read)
    return file_read


class _Reading:
    """Reads events; what cannot be read is kept as a fault."""

    def __init__(self, file: str, zone: ZoneInfo, today: date, *, follow: bool) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._zone = zone
        self._today = today
        self._follow = follow

    def events_of(self, calendar: Any, events: list[tuple[Any, int]]) -> Iterator[IcsEvent]:
        all_cancelled = _text(calendar, "METHOD").upper() == "CANCEL"
        by_uid: defaultdict[str, list[tuple[Any, int]]] = defaultdict(list)
        for number, (event, line) in enumerate(events):
            if self._is_sound(event, line):
                # What has no UID cannot be found again; its place in the file is all there is.
                by_uid[_text(event, "UID") or f"event-{number + 1}"].append((event, line))
        zones = list(calendar.walk("VTIMEZONE"))
        for uid, versions in by_uid.items():
            if not self._follow:
                series = [each for each in versions if "RECURRENCE-ID" not in each[0]]
                yield from self._single(uid, series, cancelled=all_cancelled)
            elif any("RRULE" in event or "RDATE" in event for event, _ in versions):
                yield from self._instances(uid, versions, zones, cancelled=all_cancelled)
            else:
                yield from self._single(uid, versions, cancelled=all_cancelled)

    def _is_sound(self, event: Any, line: int) -> bool:
        before = len(self.faults)
        for name, _reason in event.errors:
            broken = Text(zh=f"{name} 不能识别。", en=f"{name} cannot be read.")
            self._complain(event, line, broken, _CORRECT)
        if event.errors:
            return False
        if "DTSTART" not in event:
            self._complain(event, line, _NO_START, _CORRECT)
        elif not self._has_days(event):
            self._complain(event, line, _NO_DAYS, _CORRECT)
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            if str(rule.get("FREQ", [""])[0]).upper() not in _SLOW_ENOUGH:
                self._complain(event, line, _TOO_OFTEN, _AT_MOST_DAILY)
        return len(self.faults) == before

    def _has_days(self, event: Any) -> bool:
        try:
            since, until = self._local(event.start), self._local(event.end)
        except (ValueError, OverflowError):
            return False
        return since <= until and since.date() > EARLIEST and until.date() < LATEST

    def _single(
        self, uid: str, versions: list[tuple[Any, int]], *, cancelled: bool
    ) -> Iterator[IcsEvent]:
        """Of several versions of one event the one with the highest SEQUENCE counts."""
        latest: dict[str, tuple[Any, int]] = {}
        for event, line in versions:
            key = f"{uid}/{_day(event)}" if "RECURRENCE-ID" in event else uid
            if key not in latest or _sequence(event) >= _sequence(latest[key][0]):
                latest[key] = (event, line)
        for key, (event, line) in latest.items():
            yield self._event(key, event, line, cancelled=cancelled)

    def _instances(
        self, uid: str, versions: list[tuple[Any, int]], zones: list[Any], *, cancelled: bool
    ) -> Iterator[IcsEvent]:
        calendar = Calendar()
        for part in (*zones, *(event for event, _ in versions)):
            calendar.add_component(part)
        lines = {_day(event): line for event, line in versions if "RECURRENCE-ID" in event}
        master = next((line for event, line in versions if "RRULE" in event), versions[0][1])
        span = (self._today - BACK, self._today + AHEAD)
        for event in recurring_ical_events.of(calendar).between(*span):
            day = _day(event)
            yield self._event(f"{uid}/{day}", event, lines.get(day, master), cancelled=cancelled)

    def _event(self, key: str, event: Any, line: int, *, cancelled: bool) -> IcsEvent:
        return IcsEvent(
            key=key.replace("#", "%23"),
            summary=_text(event, "SUMMARY") or "–",
            categories=tuple(event.categories),
            location=_text(event, "LOCATION"),
            since=self._local(event.start),
            until=self._local(event.end),
            whole_days=not isinstance(event.start, datetime),
            cancelled=cancelled or _text(event, "STATUS").upper() == "CANCELLED",
            line=line,
        )

    def _local(self, at: date | datetime) -> datetime:
        if not isinstance(at, datetime):
            return datetime.combine(at, time(), self._zone)
        return at.astimezone(self._zone) if at.tzinfo else at.replace(tzinfo=self._zone)

    def _complain(self, event: Any, line: int, message: Text, remedy: Text) -> None:
        field = _text(event, "SUMMARY") or "VEVENT"
        self.faults.append(Fault(self._file, line, field, message, remedy))


def _day(event: Any) -> str:
    """Return the day that an instance was first planned for, whenever it is now."""
    at = event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else event.start
    return str(at.date() if isinstance(at, datetime) else at)


def _sequence(event: Any) -> int:
    return int(event.get("SEQUENCE", 0))


def _text(component: Any, name: str) -> str:
    return str(component.get(name, "")).strip()


def _lines_of_events(text: str) -> list[int]:
    lines = enumerate(text.splitlines(), 1)
    return [number for number, line in lines if line.strip().upper() == "BEGIN:VEVENT"]


def _decoded(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise InputInvalid([_fault(file, _TOO_LARGE, _SHORTEN)])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputInvalid([_fault(file, _NO_CALENDAR, _EXPORT)])


def _fault(file: str, message: Text, remedy: Text) -> Fault:
    return Fault(file, 1, "", message, remedy)


def _too_many(most: int) -> Text:
    return Text(zh=f"超过 {most} 个日程。", en=f"There are more than {most} events.")


_NO_CALENDAR = Text(zh="这不是 iCalendar 文件。", en="This is not an iCalendar file.")
_EXPORT = Text(
    zh="请从日历程序导出 .ics 文件后再导入。",
    en="Export an .ics file from the calendar program and import that.",
)
_NO_EVENTS = Text(zh="文件中没有日程。", en="The file has no events.")
_TOO_LARGE = Text(zh="文件太大：至多 5 MB。", en="The file is too large: at most 5 MB.")
_SHORTEN = Text(zh="请只导出需要的学年。", en="Export only the school year that is needed.")
_NO_START = Text(zh="这个日程没有开始时间。", en="This event has no start.")
_NO_DAYS = Text(
    zh="开始和结束不是成立的时间，或结束早于开始。",
    en="Start and end are no times that exist, or it ends before it starts.",
)
_CORRECT = Text(
    zh="请在日历程序中改正后重新导出。", en="Correct it in the calendar program and export again."
)
_TOO_OFTEN = Text(
    zh="这个日程一天重复多次，或没有写明重复频率。",
    en="This event recurs several times a day, or does not say how often.",
)
_AT_MOST_DAILY = Text(
    zh="请改为每天、每周、每月或每年重复。", en="Let it recur daily, weekly, monthly or yearly."
)
