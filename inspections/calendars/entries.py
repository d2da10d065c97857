"""What a file says about the days of sites: terms, closed days, make-up days and exams."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from rules.cadence import Weekday
from rules.faults import Fault, InputInvalid
from rules.text import Text

EntryKind = Literal["term", "closed", "extra", "exam"]
MOST_ENTRIES = 800
KIND_NAMES: Mapping[EntryKind, Text] = {
    "term": Text(zh="学期", en="term"),
    "closed": Text(zh="放假", en="closed days"),
    "extra": Text(zh="补班补课", en="make-up day"),
    "exam": Text(zh="考试", en="exam"),
}


@dataclass(frozen=True)
class Where:
    """
    Where in the file something stands.

    Attributes:
        line: Line of a text file or row of a sheet, from 1.
        field: Cell of a sheet or property of an event.
    """

    file: str
    line: int
    field: str


@dataclass(frozen=True)
class CalendarEntry:
    """
    One run of days, both ends included.

    Attributes:
        kind: Nothing where the file does not make it clear; such entries are left out.
        guessed: Whether the kind was read from words, so that what people chose before counts more.
        key: Names it in its calendar, so that a later version can move or cancel it.
        opens: For a make-up day; the usual hours where nothing is given.
        hours_of: Weekday whose hours a make-up day takes; its own, or those of the first weekday
            that is open, where nothing is given.
        site: The one site that it is for; all chosen ones where nothing is given.
        cancelled: Whether the file takes it back.
    """

    kind: EntryKind | None
    key: str
    name: Text
    since: date
    until: date
    where: Where
    opens: time | None = None
    closes: time | None = None
    hours_of: Weekday | None = None
    site: str | None = None
    cancelled: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class CalendarFile:
    """
    All that a file says.

    Attributes:
        name: Of the calendar; a later version of it has the same name.
    """

    name: str
    entries: tuple[CalendarEntry, ...]

    @property
    def unclear(self) -> tuple[CalendarEntry, ...]:
        """Return the entries of which the file does not say what they are."""
        return tuple(entry for entry in self.entries if entry.kind is None)


class PartlyRead(InputInvalid):
    """
    Some of a file cannot be read.

    Attributes:
        rest: What can be read, so that what is wrong with that can be told as well.
    """

    def __init__(self, faults: Iterable[Fault], rest: CalendarFile) -> None:
        super().__init__(faults)
        self.rest = rest


def same_words(old: Text, new: Text) -> bool:
    """Tell whether *new*, in one language or two, says what *old* says."""
    if new.zh == new.en:
        return new.zh in {old.zh, old.en}
    return old == new
