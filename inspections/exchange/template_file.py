"""A workbook to fill in: its sheet, a sheet of examples, and notes on each column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from inspections.exchange.sheets import Sheet
from rules.text import Text

Row = Mapping[str, Any]
_DROP_DOWN_ROWS = 500


@dataclass(frozen=True)
class TemplateFile:
    """
    What a workbook to fill in holds.

    Attributes:
        notes: What may stand in each column, by its key.
        choices: The values of columns that have only a few, by key.
    """

    sheet: Sheet
    examples: tuple[Row, ...]
    notes: Mapping[str, Text]
    choices: Mapping[str, tuple[str, ...]]

    def filled(self, rows: Iterable[Row] = ()) -> bytes:
        """Return the workbook with *rows*, cells by column key."""
        workbook = Workbook()
        default = workbook.active
        if default is not None:
            workbook.remove(default)
        first = workbook.create_sheet(self.sheet.tab)
        _fill(first, self.sheet, rows)
        for position, column in enumerate(self.sheet.columns, 1):
            if column.key in self.choices:
                _offer(first, position, self.choices[column.key])
        _fill(workbook.create_sheet("示例 examples"), self.sheet, self.examples)
        _explain(workbook.create_sheet("说明 notes"), self.sheet, self.notes)
        buffer = BytesIO()
        workbook.save(buffer)
        return buffer.getvalue()


def _fill(worksheet: Any, sheet: Sheet, rows: Iterable[Row]) -> None:
    worksheet.append([column.header for column in sheet.columns])
    for number, row in enumerate(rows, 2):
        for position, column in enumerate(sheet.columns, 1):
            value = row.get(column.key)
            cell = worksheet.cell(number, position)
            cell.value = value
            if isinstance(value, str):
                # Text that begins with = is text, not a formula.
                cell.data_type = "s"
    worksheet.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, 1):
        worksheet.cell(1, position).font = Font(bold=True)
        letter = get_column_letter(position)
        worksheet.column_dimensions[letter].width = 30 if column.key.startswith("name") else 18


def _offer(worksheet: Any, position: int, values: tuple[str, ...]) -> None:
    offered = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
    worksheet.add_data_validation(offered)
    letter = get_column_letter(position)
    offered.add(f"{letter}2:{letter}{_DROP_DOWN_ROWS}")


def _explain(worksheet: Any, sheet: Sheet, notes: Mapping[str, Text]) -> None:
    for column in sheet.columns:
        note = notes[column.key]
        worksheet.append([column.header, note.zh, note.en])
    for letter, width in (("A", 34), ("B", 60), ("C", 70)):
        worksheet.column_dimensions[letter].width = width
    for row in worksheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
