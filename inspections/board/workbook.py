"""Write a week of the board as an Excel workbook: who checks what, what is uncovered, the load."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from io import BytesIO
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from inspections.board.standing import Check
from inspections.board.week import BoardWeek, PersonDays
from rules.text import Language, Text

# What Excel calls the paper.
_A4 = 9
PRIORITIES = (
    Text(zh="法规", en="law"),
    Text(zh="推荐", en="recommended"),
    Text(zh="内规", en="house"),
)
_NAME = Text(zh="人员", en="Person")
_SUM = Text(zh="合计（分钟）", en="Total (minutes)")
_ROOM = Text(zh="上限合计（分钟）", en="Limit of all days (minutes)")
_LIMIT = Text(zh="每日上限（分钟）", en="Limit a day (minutes)")
# As on the page: from light to dark by quarters of the limit, then red.
_FILLS = ("", "DCEBE8", "B5D6D0", "8CC0B7", "3E8E83", "F6CFC9")
_GAPS = (
    (Text(zh="日期", en="Day"), 14),
    (Text(zh="检查", en="Check"), 36),
    (Text(zh="部位", en="Place"), 30),
    (Text(zh="层级", en="Layer"), 13),
    (Text(zh="截止", en="Due"), 17),
    (Text(zh="原因", en="Reason"), 60),
    (Text(zh="可行办法", en="What would help"), 60),
)


@dataclass(frozen=True)
class Heat:
    """Minutes of a day, and how full it is (`Cell.heat`)."""

    minutes: int
    heat: int


# Nothing leaves the cell empty.
Value = str | int | date | Heat | None


class Book(Protocol):
    """What a sheet needs of its book: the language, and the instant that it is as of."""

    def say(self, text: Text) -> str:
        """Return *text* in the language of the book."""

    def as_of(self) -> str:
        """Return the instant in words."""


@dataclass(frozen=True)
class BoardBook:
    """
    What to write.

    Attributes:
        title: Of a rule by its id.
        day_words: What the head of a day says.
        at: The instant that the plan is as of.
    """

    week: BoardWeek
    title: Callable[[str], Text]
    day_words: Callable[[date], str]
    language: Language
    zone: tzinfo
    at: datetime

    def say(self, text: Text) -> str:
        """Return *text* in the language of the book."""
        return text.in_language(self.language)

    def told(self, check: Check) -> str:
        """Return one line about a check: when, what, where, how long."""
        opens, due = (at.astimezone(self.zone) for at in (check.opens_at, check.due_at))
        if opens.date() == due.date():
            when = f"{opens:%H:%M}–{due:%H:%M}"
        else:
            when = self.say(Text(zh=f"{due:%m-%d %H:%M} 前", en=f"by {due:%m-%d %H:%M}"))
        minutes = self.say(Text(zh=f"{check.minutes} 分钟", en=f"{check.minutes} min"))
        what = self.say(self.title(check.rule))
        if check.place != check.site_name:
            what = f"{what} · {self.say(check.place)}"
        return f"{when} {what} ({minutes})"

    def as_of(self) -> str:
        """Return the instant that the plan is as of, in words."""
        return self.say(as_of_words(self.at.astimezone(self.zone)))


def as_of_words(at: datetime) -> Text:
    """Say as of which instant a book is."""
    return Text(zh=f"截至 {at:%Y-%m-%d %H:%M}", en=f"As of {at:%Y-%m-%d %H:%M}")


def write_board(book: BoardBook) -> bytes:
    """Return the workbook; text that begins like a formula stays text."""
    workbook = Workbook(write_only=True)
    days = [book.day_words(day) for day in book.week.days]
    add_sheet(
        workbook,
        book,
        Text(zh="派工周表", en="Week board"),
        [(book.say(_NAME), 16), *((day, 30) for day in days)],
        (_who(row, book) for row in book.week.people if row.minutes),
    )
    add_sheet(
        workbook,
        book,
        Text(zh="无人可派", en="Uncovered"),
        [(book.say(head), width) for head, width in _GAPS],
        (_gap(one, book) for one in book.week.gaps),
    )
    add_load(workbook, book, width=14)
    return saved(workbook)


def write_load(book: BoardBook) -> bytes:
    """Return a workbook of minutes alone: people by days, coloured as on the page."""
    workbook = Workbook(write_only=True)
    add_load(workbook, book, width=6)
    return saved(workbook)


def add_load(workbook: Workbook, book: BoardBook, *, width: int) -> None:
    """Add the minutes of people by days; *width* is that of a day, in characters."""
    days = ((book.day_words(day), width) for day in book.week.days)
    sums = ((book.say(text), 16) for text in (_SUM, _ROOM, _LIMIT))
    add_sheet(
        workbook,
        book,
        Text(zh="负荷", en="Load"),
        [(book.say(_NAME), 16), *days, *sums],
        (_load(row, book) for row in book.week.people),
    )


def saved(workbook: Workbook) -> bytes:
    """Return the file of a workbook."""
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def add_sheet(
    workbook: Workbook,
    book: Book,
    title: Text,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Value]],
) -> None:
    """Add a sheet that prints on A4 across; *heads* are words and widths in characters."""
    sheet = workbook.create_sheet(book.say(title))
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    for position, (_head, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_cell(sheet, head, bold=True) for head, _width in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.append([_cell(sheet, book.as_of())])


def _who(row: PersonDays, book: BoardBook) -> list[Value]:
    return [book.say(row.name), *("\n".join(map(book.told, cell.checks)) for cell in row.cells)]


def _gap(one: Check, book: BoardBook) -> list[Value]:
    why = one.uncovered
    return [
        book.day_words(one.day),
        book.say(book.title(one.rule)),
        book.say(one.place),
        book.say(PRIORITIES[one.priority]),
        f"{one.due_at.astimezone(book.zone):%Y-%m-%d %H:%M}",
        book.say(why.reason) if why else "",
        "\n".join(map(book.say, why.helps)) if why else "",
    ]


def _load(row: PersonDays, book: BoardBook) -> list[Value]:
    cells: list[Value] = [
        book.say(cell.away) if cell.away and not cell.minutes else Heat(cell.minutes, cell.heat)
        for cell in row.cells
    ]
    return [book.say(row.name), *cells, row.minutes, row.room, row.limit]


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    heat = value.heat if isinstance(value, Heat) else 0
    shown: Any = value.minutes if isinstance(value, Heat) else value
    cell = WriteOnlyCell(sheet, shown)
    if heat:
        cell.fill = PatternFill("solid", fgColor=_FILLS[heat])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
