"""Write a year of drills as an Excel workbook: months by site and kind, and each drill."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from openpyxl import Workbook

from inspections.board.workbook import Value, add_sheet, as_of_words, saved
from inspections.drills.notice_board import BoardRow, NoticeBoard
from inspections.drills.year import DrillView
from inspections.states import STATE_NAMES
from rules.text import Language, Text

_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_YEAR = (
    (Text(zh="场所", en="Site"), 24),
    (Text(zh="演练", en="Drill"), 26),
    *((Text(zh=f"{month} 月", en=_MONTHS[month - 1]), 9) for month in range(1, 13)),
    (Text(zh="应练次数", en="Required"), 10),
    (Text(zh="已公布", en="Published"), 10),
    (Text(zh="已演练", en="Held"), 10),
)
_LIST = (
    (Text(zh="日期", en="Day"), 12),
    (Text(zh="开始", en="Starts"), 8),
    (Text(zh="场所", en="Site"), 24),
    (Text(zh="演练", en="Drill"), 26),
    (Text(zh="脚本", en="Scenario"), 22),
    (Text(zh="带队人", en="Led by"), 16),
    (Text(zh="状态", en="State"), 12),
    (Text(zh="应到", en="Expected"), 9),
    (Text(zh="实到", en="Took part"), 9),
    (Text(zh="用时（秒）", en="Seconds"), 10),
    (Text(zh="不足", en="Shortcomings"), 12),
)


@dataclass(frozen=True)
class _Book:
    board: NoticeBoard
    language: Language
    zone: tzinfo

    def say(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def as_of(self) -> str:
        return self.say(as_of_words(self.board.at.astimezone(self.zone)))

    def heads(self, heads: Iterable[tuple[Text, int]]) -> list[tuple[str, int]]:
        return [(self.say(head), width) for head, width in heads]


def write_drills(board: NoticeBoard, *, language: Language, zone: tzinfo) -> bytes:
    """Return the workbook; text that begins like a formula stays text."""
    workbook, book = Workbook(write_only=True), _Book(board, language, zone)
    title = Text(zh=f"演练 {board.year}", en=f"Drills {board.year}")
    add_sheet(workbook, book, title, book.heads(_YEAR), (_row(one, book) for one in board.rows))
    lines = (_line(one, book) for one in board.drills)
    add_sheet(workbook, book, Text(zh="逐次", en="Each drill"), book.heads(_LIST), lines)
    return saved(workbook)


def _row(one: BoardRow, book: _Book) -> list[Value]:
    days = [", ".join(map(str, month)) for month in one.days]
    published = sum(map(len, one.days))
    return [book.say(one.site), book.say(one.kind), *days, one.required, published, one.held]


def _line(one: DrillView, book: _Book) -> list[Value]:
    return [
        one.on,
        f"{one.starts_at.astimezone(book.zone):%H:%M}",
        book.say(one.site_name),
        book.say(one.title),
        book.say(one.scenario),
        book.say(one.leader_name),
        book.say(STATE_NAMES[one.state]),
        one.expected,
        one.present,
        one.seconds,
        one.shortcomings if one.reported else None,
    ]
