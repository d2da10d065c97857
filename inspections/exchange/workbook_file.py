"""Open a workbook that somebody sent: refuse what is no workbook or would fill the memory."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from inspections.exchange.sheets import Sheet
from rules.faults import Fault, InputInvalid
from rules.text import Text

MOST_BYTES = 5_000_000
# A small file can unpack to a huge one.
MOST_UNPACKED = 100_000_000
MOST_ROWS = 100_000

Line = tuple[Any, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of each tab; a tab is found by its full name or by the sheet's key."""

    tabs: dict[str, list[Line]]

    def of(self, sheet: Sheet) -> tuple[str, list[Line]]:
        """Return the name of the tab of *sheet* and its rows; none where there is no such tab."""
        for name, lines in self.tabs.items():
            if name.strip() in {sheet.tab, sheet.key, sheet.title.zh}:
                return name, lines
        return sheet.tab, []

    def lacks(self, sheet: Sheet) -> bool:
        """Tell whether no tab is that of *sheet*; an empty tab is one."""
        return all(name.strip() not in {sheet.tab, sheet.key, sheet.title.zh} for name in self.tabs)


def open_rows(path: Path) -> Rows:
    """
    Return all rows of the workbook at *path*.

    Raises:
        InputInvalid: If it cannot be read or is too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputInvalid([_fault(str(path), _TOO_LARGE, _SPLIT)])
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputInvalid([_fault(str(path), _NO_FILE, _CHECK_PATH)]) from error
    except OSError as error:
        raise InputInvalid([_fault(str(path), _NO_WORKBOOK, _SAVE_AS)]) from error
    return rows_of(data, str(path))


def rows_of(data: bytes, name: str) -> Rows:
    """
    Return all rows of the workbook that *data* holds; faults call the file *name*.

    Raises:
        InputInvalid: If it is no workbook or too large.
    """
    _refuse_large(data, name)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
        tabs = {sheet.title: _lines(sheet) for sheet in workbook.worksheets}
        workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise InputInvalid([_fault(name, _NO_WORKBOOK, _SAVE_AS)]) from error
    if any(len(lines) > MOST_ROWS for lines in tabs.values()):
        raise InputInvalid([_fault(name, _TOO_LARGE, _SPLIT)])
    return Rows(tabs)


def _lines(sheet: Any) -> list[Line]:
    lines: list[Line] = []
    for line in sheet.iter_rows(values_only=True):
        lines.append(line)
        if len(lines) > MOST_ROWS:
            break
    return lines


def _refuse_large(data: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError) as error:
        raise InputInvalid([_fault(name, _NO_WORKBOOK, _SAVE_AS)]) from error
    if len(data) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise InputInvalid([_fault(name, _TOO_LARGE, _SPLIT)])


def _fault(name: str, message: Text, remedy: Text) -> Fault:
    return Fault(name, 1, "", message, remedy)


_NO_FILE = Text(zh="没有这个文件。", en="There is no such file.")
_CHECK_PATH = Text(zh="请检查路径。", en="Check the path.")
_NO_WORKBOOK = Text(zh="这不是 Excel 工作簿。", en="This is not an Excel workbook.")
_SAVE_AS = Text(zh="请另存为 .xlsx 后再导入。", en="Save it as .xlsx and import it again.")
_TOO_LARGE = Text(
    zh="文件太大：至多 5 MB、每表 100,000 行。",
    en="The file is too large: at most 5 MB, and 100,000 rows a sheet.",
)
_SPLIT = Text(zh="请按单位拆分为多个文件。", en="Split it into one file for each organisation.")
