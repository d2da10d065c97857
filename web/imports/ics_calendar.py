"""A term calendar from an iCalendar file."""

from datetime import date
from zoneinfo import ZoneInfo

from inspections.calendars.entries import (
    MOST_ENTRIES,
    CalendarEntry,
    CalendarFile,
    PartlyRead,
    Where,
)
from inspections.calendars.kinds import kind_by_words, kind_named
from inspections.exchange.calendar_sheet import CALENDAR_NAME
from rules.text import Text
from web.imports.ics_events import IcsEvent, IcsFile, PartlyReadEvents, read_ics


def read_calendar_ics(
    data: bytes, *, file: str, zone: ZoneInfo, today: date, name: str = ""
) -> CalendarFile:
    """
    Return the calendar in the iCalendar text *data*.

    What an event is stands in its categories, or else in the words of its name; where neither
    tells, its kind is left open.

    Args:
        data: The bytes of the file.
        file: Its name, for faults.
        zone: Of the organisation.
        today: Day on the organisation's clock.
        name: What the calendar is called; what it calls itself where nothing is given.

    Raises:
        InputInvalid: If it is no calendar.
        PartlyRead: If an event cannot be read; holds every fault.
    """
    try:
        read = read_ics(data, file=file, zone=zone, today=today, most=MOST_ENTRIES)
    except PartlyReadEvents as partly:
        raise PartlyRead(partly.faults, _calendar(partly.rest, file, name)) from partly
    return _calendar(read, file, name)


def _calendar(read: IcsFile, file: str, name: str) -> CalendarFile:
    called = (name or read.name or CALENDAR_NAME).replace("#", " ")
    return CalendarFile(called, tuple(_entry(event, file) for event in read.events))


def _entry(event: IcsEvent, file: str) -> CalendarEntry:
    has_hours = not event.whole_days and event.first == event.last and event.since < event.until
    named = any(kind_named(category) for category in event.categories)
    return CalendarEntry(
        kind=kind_by_words(event.categories, event.summary, event.until - event.since),
        key=event.key,
        name=Text(zh=event.summary, en=event.summary),
        since=event.first,
        until=event.last,
        where=Where(file, event.line, f"{event.summary} {event.first}"),
        opens=event.since.time() if has_hours else None,
        closes=event.until.time() if has_hours else None,
        cancelled=event.cancelled,
        guessed=not named,
    )
