"""The cells of a sheet: which column each stands under, and its value as a file would have it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from openpyxl.utils import get_column_letter

from inspections.exchange.sheets import Column, Sheet
from inspections.exchange.workbook_file import Rows
from rules.text import Text

_SEPARATORS = str.maketrans("，、；;", ",,,,")


@dataclass(frozen=True)
class Cell:
    """Where a value stands: name of the tab, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """Return the cell as Excel names it, for example `学期 terms!D4`."""
        return f"{self.sheet}!{get_column_letter(self.column)}{self.row}"


Complain = Callable[[Cell, Text, Text], None]
Values = dict[Column, tuple[Cell, Any]]


def table(sheet: Sheet, rows: Rows, complain: Complain) -> Iterator[tuple[Cell, Values]]:
    """Yield each filled row of *sheet* as values by column, with where each stands."""
    tab, lines = rows.of(sheet)
    header, *body = lines or [()]
    columns = {position: _column(sheet, title) for position, title in enumerate(header, 1)}
    for position, column in columns.items():
        if column is None and header[position - 1] is not None:
            title = header[position - 1]
            complain(Cell(tab, 1, position), _unknown_column(title), _columns_of(sheet))
    for number, line in enumerate(body, 2):
        if all(value is None or value == "" for value in line):
            continue
        values = {
            column: (Cell(tab, number, position), cell_value(column, line[position - 1]))
            for position, column in columns.items()
            if column is not None and position <= len(line)
        }
        yield Cell(tab, number, 1), values


def cell_value(column: Column, value: Any) -> Any:
    """Return the cell's value as the organisation file would have it."""
    if value is None or value == "":
        return [] if column.kind == "list" else None
    if column.kind == "list":
        parts = str(value).translate(_SEPARATORS).split(",")
        return [part.strip() for part in parts if part.strip()]
    if isinstance(value, datetime):
        return value.date() if column.kind == "date" else value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, (int, float)) and column.kind == "text" and column.key != "value":
        return str(int(value) if float(value).is_integer() else value)
    return value.strip() if isinstance(value, str) else value


def _column(sheet: Sheet, title: Any) -> Column | None:
    wanted = str(title).strip()
    for column in sheet.columns:
        if wanted in {column.key, column.header, column.title.zh, column.title.en}:
            return column
    return None


def _unknown_column(title: Any) -> Text:
    return Text(zh=f"不认识的列“{title}”。", en=f"There is no column {title!r} here.")


def _columns_of(sheet: Sheet) -> Text:
    return Text(
        zh=f"可用的列：{'、'.join(column.title.zh for column in sheet.columns)}。",
        en=f"The columns are {', '.join(column.key for column in sheet.columns)}.",
    )
