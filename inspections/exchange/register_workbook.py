"""Write the register of findings as an Excel workbook: the list, and the totals by site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from inspections.queries.finding_register import COLUMNS, Line, SiteTotals
from inspections.states import FINDING_STATE_NAMES
from rules.text import Language, Text

_SEVERITIES = {
    "minor": Text(zh="轻微", en="minor"),
    "moderate": Text(zh="一般", en="moderate"),
    "severe": Text(zh="严重", en="severe"),
}
_YES = Text(zh="是", en="yes")
_SUM = Text(zh="合计", en="Total")
_LIST = (
    (Text(zh="编号", en="Number"), 15),
    (Text(zh="问题", en="Finding"), 44),
    (Text(zh="场所", en="Site"), 24),
    (Text(zh="严重程度", en="Severity"), 11),
    (Text(zh="重大隐患", en="Major hazard"), 12),
    (Text(zh="状态", en="State"), 14),
    (Text(zh="责任人", en="Owner"), 16),
    (Text(zh="发现时间", en="Found"), 17),
    (Text(zh="现期限", en="Deadline in force"), 17),
    (Text(zh="原期限", en="First deadline"), 17),
    (Text(zh="逾现期限", en="Past the deadline in force"), 12),
    (Text(zh="逾原期限", en="Past the first deadline"), 12),
    (Text(zh="延期次数", en="Extensions"), 11),
    (Text(zh="升级次数", en="Escalations"), 11),
    (Text(zh="规则", en="Rule"), 40),
    (Text(zh="依据", en="Source"), 44),
)
_TOTALS = {
    "open": FINDING_STATE_NAMES["open"],
    "in_progress": FINDING_STATE_NAMES["in_progress"],
    "awaiting_verification": FINDING_STATE_NAMES["awaiting_verification"],
    "not_closed": Text(zh="未闭环合计", en="not closed"),
    "plan": Text(zh="其中逾现期限", en="of these past the deadline in force"),
    "law": Text(zh="其中逾原期限", en="of these past the first deadline"),
    "closed": FINDING_STATE_NAMES["closed"],
}


@dataclass(frozen=True)
class Register:
    """
    What to write.

    Attributes:
        totals: By site, the sum last.
        rules: Title and clause of each rule that a line names.
        at: The instant that the figures hold for.
    """

    lines: Sequence[Line]
    totals: Sequence[SiteTotals]
    rules: Mapping[str, tuple[Text, Text | None]]
    language: Language
    zone: tzinfo
    at: datetime


def write_register(register: Register) -> bytes:
    """Return the workbook; text that begins like a formula stays text."""
    workbook = Workbook(write_only=True)
    say = Text(zh="问题登记", en="Findings").in_language(register.language)
    _sheet(workbook, say, [*_LIST], (_line(one, register) for one in register.lines), register)
    heads = [(Text(zh="场所", en="Site"), 28), *((head, 16) for head in _TOTALS.values())]
    title = Text(zh="分场所合计", en="Totals by site").in_language(register.language)
    _sheet(workbook, title, heads, (_total(one, register) for one in register.totals), register)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet(
    workbook: Workbook,
    title: str,
    heads: Sequence[tuple[Text, int]],
    rows: Iterable[list[Any]],
    register: Register,
) -> None:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for position, (_head, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_bold(sheet, head.in_language(register.language)) for head, _width in heads])
    for row in rows:
        sheet.append([_plain(sheet, value) for value in row])
    at = register.at.astimezone(register.zone)
    told = Text(zh=f"截至 {at:%Y-%m-%d %H:%M}", en=f"As of {at:%Y-%m-%d %H:%M}")
    sheet.append([_plain(sheet, told.in_language(register.language))])


def _line(one: Line, register: Register) -> list[Any]:
    title, clause = register.rules.get(one.rule or "", (None, None))
    shown: list[Text | str | int | datetime | None] = [
        one.number,
        one.title,
        one.site_name,
        _SEVERITIES[one.severity],
        _YES if one.major_hazard else None,
        FINDING_STATE_NAMES[one.state],
        one.owner_name,
        one.found_at,
        one.due_at,
        one.first_due_at,
        _YES if one.past_plan else None,
        _YES if one.past_law else None,
        one.marks.extensions,
        one.marks.escalated,
        title,
        clause,
    ]
    return [_value(each, register) for each in shown]


def _total(one: SiteTotals, register: Register) -> list[Any]:
    name = one.name if one.site is not None else _SUM
    return [_value(name, register), *(getattr(one, column) for column in COLUMNS)]


def _value(value: Any, register: Register) -> Any:
    if isinstance(value, Text):
        return value.in_language(register.language)
    if isinstance(value, datetime):
        # Excel knows no zones: the time is that of the organisation's clock.
        return value.astimezone(register.zone).replace(tzinfo=None, second=0, microsecond=0)
    return value


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _plain(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    return value
