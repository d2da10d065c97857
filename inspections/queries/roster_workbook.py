"""Write a week of a roster as an Excel workbook: people by days, then what is uncovered and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from openpyxl import Workbook

from inspections.board.workbook import Value, add_sheet, as_of_words, saved
from inspections.queries.roster_view import PersonWeek, RosterWeek, ShiftView, Uncovered
from rules.text import Language, Text

_NAME = Text(zh="人员", en="Person")
_HOURS = Text(zh="工时", en="Hours")
_GAPS = (
    (Text(zh="日期", en="Days"), 24),
    (Text(zh="班次", en="Shift"), 24),
    (Text(zh="缺员", en="Missing"), 10),
    (Text(zh="原因", en="Reason"), 60),
    (Text(zh="可行办法", en="What would help"), 60),
)


@dataclass(frozen=True)
class RosterBook:
    """
    What to write.

    Attributes:
        day_words: What the head of a day says.
        at: The instant that the roster is as of.
    """

    week: RosterWeek
    day_words: Callable[[date], str]
    language: Language
    zone: tzinfo
    at: datetime

    def say(self, text: Text) -> str:
        """Return *text* in the language of the book."""
        return text.in_language(self.language)

    def as_of(self) -> str:
        """Return the instant that the roster is as of, in words."""
        return self.say(as_of_words(self.at.astimezone(self.zone)))

    def told(self, shift: ShiftView) -> str:
        """Return post, shift and clock times of a shift."""
        span = f"{shift.since:%H:%M}–{shift.until:%H:%M}"
        return f"{self.say(shift.post_name)} {self.say(shift.name)} {span}"


def write_roster(book: RosterBook) -> bytes:
    """Return the workbook; text that begins like a formula stays text."""
    workbook = Workbook(write_only=True)
    days = [(book.day_words(day), 22) for day in book.week.days]
    add_sheet(
        workbook,
        book,
        Text(zh="排班表", en="Roster"),
        [(book.say(_NAME), 16), *days, (book.say(_HOURS), 10)],
        (_row(person, book) for person in book.week.people),
    )
    add_sheet(
        workbook,
        book,
        Text(zh="缺员", en="Uncovered"),
        [(book.say(head), width) for head, width in _GAPS],
        (_gap(one, book) for one in book.week.uncovered),
    )
    return saved(workbook)


def _row(person: PersonWeek, book: RosterBook) -> list[Value]:
    cells = (_cell(person, day, book) for day in book.week.days)
    return [book.say(person.name), *cells, f"{person.minutes / 60:g}"]


def _cell(person: PersonWeek, day: date, book: RosterBook) -> str:
    stands = person.days.get(day, ())
    if not stands and day in person.away:
        return book.say(person.away[day])
    return "\n".join(book.told(stand.shift) for stand in stands)


def _gap(one: Uncovered, book: RosterBook) -> list[Value]:
    return [
        "\n".join(map(book.day_words, one.days)),
        book.told(one.shift) if one.shift else "",
        one.missing,
        book.say(one.reason),
        "\n".join(map(book.say, one.helps)),
    ]
