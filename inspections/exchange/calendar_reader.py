"""Read a term calendar from an Excel workbook, with every fault at its cell."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from inspections.calendars.entries import (
    MOST_ENTRIES,
    CalendarEntry,
    CalendarFile,
    EntryKind,
    PartlyRead,
)
from inspections.calendars.kinds import kind_named
from inspections.exchange import calendar_reader_words as words
from inspections.exchange.calendar_sheet import CALENDAR, CALENDAR_NAME
from inspections.exchange.sheet_rows import SheetReading, SheetRow
from inspections.exchange.typed_values import day_of, weekday_of, yes_or_no
from rules.cadence import Weekday
from rules.faults import InputInvalid
from rules.text import Text


def read_calendar_workbook(
    data: bytes, *, file: str, sites: Mapping[str, Text], name: str = ""
) -> CalendarFile:
    """
    Return the calendar in the workbook *data*.

    Args:
        data: The bytes of the workbook.
        file: Its name, for faults.
        sites: Names of the sites that rows may name, by id.
        name: What the calendar is called; a usual name where nothing is given.

    Raises:
        InputInvalid: If it is no workbook or has no calendar.
        PartlyRead: If anything in it is wrong; holds every fault with its row as line and
            `sheet!cell` as field.
    """
    reading = SheetReading(CALENDAR, file, MOST_ENTRIES)
    keys: Counter[str] = Counter()
    found = [_entry(row, sites, keys) for row in reading.rows(data)]
    called = (name or CALENDAR_NAME).replace("#", " ")
    file_read = CalendarFile(called, tuple(entry for entry in found if entry is not None))
    try:
        reading.finish(found=bool(found))
    except InputInvalid as invalid:
        raise PartlyRead(invalid.faults, file_read) from invalid
    return file_read


def _entry(row: SheetRow, sites: Mapping[str, Text], keys: Counter[str]) -> CalendarEntry | None:
    kind, name, (since, until) = _kind(row), _name(row), _days(row)
    opens, closes = row.clock("opens"), row.clock("closes")
    if row.is_sound and (opens is None) != (closes is None):
        row.complain("closes" if opens else "opens", words.ONE_HOUR, words.BOTH_HOURS)
    hours_of: Weekday | None = row.read(
        "weekday", weekday_of, (words.NO_WEEKDAY, words.WRITE_WEEKDAY)
    )
    site = _site(row, sites)
    cancelled = row.read("cancelled", yes_or_no, (words.NO_YES, words.WRITE_YES))
    if not row.is_sound or kind is None or name is None or since is None or until is None:
        return None
    return CalendarEntry(
        kind,
        _key(row, f"{kind}/{name.zh}", keys),
        name,
        since,
        until,
        row.where("from"),
        opens=opens,
        closes=closes,
        hours_of=hours_of,
        site=site,
        cancelled=bool(cancelled),
    )


def _key(row: SheetRow, usual: str, keys: Counter[str]) -> str:
    """Return a name that no other row has; like rows without an id are told apart by order."""
    given = row.text("id")
    wanted = given or usual
    keys[wanted] += 1
    if given and keys[wanted] > 1:
        row.complain("id", words.TWICE, words.OTHER_ID)
    return wanted if keys[wanted] == 1 else f"{wanted} ({keys[wanted]})"


def _kind(row: SheetRow) -> EntryKind | None:
    given = row.text("kind")
    kind = kind_named(given.split(" / ")[0]) if given else None
    if kind is None:
        row.complain("kind", words.unknown_kind(given) if given else words.NO_KIND, words.KINDS)
    return kind


def _name(row: SheetRow) -> Text | None:
    zh, en = row.text("name.zh"), row.text("name.en")
    if not zh and not en:
        row.complain("name.zh", words.NO_NAME, words.GIVE_NAME)
        return None
    return Text(zh=zh or en, en=en or zh)


def _days(row: SheetRow) -> tuple[date | None, date | None]:
    against = (words.NO_DAY, words.WRITE_DAY)
    since = row.read("from", day_of, against, required=True)
    until = row.read("until", day_of, against) if row.text("until") else since
    if since and until and until < since:
        row.complain("until", words.BACKWARDS, words.CORRECT_DAYS)
    return since, until


def _site(row: SheetRow, known: Mapping[str, Text]) -> str | None:
    given = row.text("site")
    if not given:
        return None
    found = [key for key, name in known.items() if given in {key, name.zh, name.en}]
    if len(found) != 1:
        row.complain("site", *words.unknown_site(given, known))
        return None
    return found[0]
