"""Rows that somebody typed into a sheet: read cell by cell, and every fault kept with its cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any, TypeVar

from inspections.calendars.entries import Where
from inspections.exchange.cells import Cell, Values, table
from inspections.exchange.sheets import Sheet
from inspections.exchange.typed_values import clock_time
from inspections.exchange.workbook_file import rows_of
from rules.faults import Fault, InputInvalid
from rules.text import Text

Read = TypeVar("Read")


@dataclass
class SheetReading:
    """
    One sheet of one workbook, and what is wrong so far.

    Attributes:
        most: How many rows there may be.
    """

    sheet: Sheet
    file: str
    most: int
    faults: list[Fault] = field(default_factory=list)

    def rows(self, data: bytes) -> Iterator["SheetRow"]:
        """
        Yield the filled rows of the workbook *data*.

        Raises:
            InputInvalid: If it is no workbook or lacks the sheet.
        """
        rows = rows_of(data, self.file)
        if rows.lacks(self.sheet):
            raise InputInvalid([Fault(self.file, 1, self.sheet.tab, _no_sheet(self), _TEMPLATE)])
        for number, (cell, values) in enumerate(table(self.sheet, rows, self.complain)):
            if number >= self.most:
                self.complain(cell, _too_many(self.most), _SPLIT)
                return
            yield SheetRow(self, cell, values)

    def finish(self, *, found: bool) -> None:
        """
        Do nothing where rows were *found* and all is well.

        Raises:
            InputInvalid: If anything was wrong, or there was nothing; holds every fault.
        """
        if not found and not self.faults:
            self.faults.append(Fault(self.file, 2, self.sheet.tab, _EMPTY, _FILL_IN))
        if self.faults:
            raise InputInvalid(self.faults)

    def complain(self, cell: Cell, message: Text, remedy: Text) -> None:
        """Keep a fault at *cell*."""
        self.faults.append(Fault(self.file, cell.row, cell.name, message, remedy))


class SheetRow:
    """One row; what cannot be read is complained about and counts as not given."""

    def __init__(self, reading: SheetReading, cell: Cell, values: Values) -> None:
        self._reading = reading
        self._cell = cell
        self._found = {column.key: given for column, given in values.items()}
        self._before = len(reading.faults)

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was wrong with this row so far."""
        return len(self._reading.faults) == self._before

    def text(self, key: str) -> str:
        """Return what the cell of column *key* says; empty where it says nothing."""
        value = self.value(key)
        return "" if value is None else str(value).strip()

    def value(self, key: str) -> Any:
        """Return the value of the cell of column *key*."""
        return self._found[key][1] if key in self._found else None

    def read(
        self,
        key: str,
        reader: Callable[[Any], Read | None],
        against: tuple[Text, Text],
        *,
        required: bool = False,
    ) -> Read | None:
        """Return what *reader* makes of the cell; *against* says what is wrong and the remedy."""
        value = self.value(key)
        if value is None and not required:
            return None
        found = None if value is None else reader(value)
        if found is None:
            self.complain(key, *against)
        return found

    def clock(self, key: str, *, required: bool = False) -> time | None:
        """Return the time of day in the cell."""
        return self.read(key, clock_time, (_NO_TIME, _WRITE_TIME), required=required)

    def where(self, key: str) -> Where:
        """Return where the cell of column *key* stands."""
        cell = self._at(key)
        return Where(self._reading.file, cell.row, cell.name)

    def complain(self, key: str, message: Text, remedy: Text) -> None:
        """Keep a fault at the cell of column *key*."""
        self._reading.complain(self._at(key), message, remedy)

    def _at(self, key: str) -> Cell:
        return self._found[key][0] if key in self._found else self._cell


def _no_sheet(reading: SheetReading) -> Text:
    tab = reading.sheet.tab
    return Text(zh=f"没有工作表“{tab}”。", en=f"There is no sheet {tab}.")


def _too_many(most: int) -> Text:
    return Text(zh=f"超过 {most} 行。", en=f"There are more than {most} rows.")


_TEMPLATE = Text(
    zh="请下载模板，把内容填在该工作表中。", en="Download the template and fill in that sheet."
)
_EMPTY = Text(zh="表中没有任何行。", en="The sheet has no rows.")
_FILL_IN = Text(
    zh="请填写至少一行；示例在“示例”表中。",
    en="Fill in at least one row; the sheet of examples shows how.",
)
_SPLIT = Text(zh="请拆分为多个文件。", en="Split it into several files.")
_NO_TIME = Text(zh="这不是时刻。", en="This is not a time of day.")
_WRITE_TIME = Text(zh="请照 07:30 的样子写。", en="Write it like 07:30.")
