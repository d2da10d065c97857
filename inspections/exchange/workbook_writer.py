"""Write an organisation as an Excel workbook."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inspections.exchange.sheets import FACTS, LISTS, ORGANISATION, TARGETS, Column, Sheet
from rules.organisation.model import Organisation

Item = dict[str, Any]
WIDEST = 40


def write_workbook(organisation: Organisation, path: Path) -> None:
    """Write *organisation* to *path*; reading it back gives the same organisation."""
    data = organisation.model_dump(mode="json", by_alias=True)
    workbook = Workbook()
    default = workbook.active
    if default is not None:
        workbook.remove(default)
    _write(workbook, ORGANISATION, [[_at(data, c.key) for c in ORGANISATION.columns]])
    for sheet in LISTS:
        _write(workbook, sheet, _rows(data, sheet))
    _write(workbook, FACTS, _facts(data))
    workbook.save(path)


def _rows(data: Item, sheet: Sheet) -> Iterator[list[Any]]:
    for parents, item in _items(data, sheet.parents, sheet.inner):
        yield [*parents, *(_at(item, column.key) for column in sheet.own_columns)]


def _items(
    data: Item, parents: tuple[tuple[str, str], ...], inner: tuple[str, ...]
) -> Iterator[tuple[list[str], Item]]:
    """Yield every item of a list with the ids of what it stands in."""
    if not parents:
        yield from (([], item) for item in _at(data, ".".join(inner)) or [])
        return
    (name, _), *deeper = parents
    for parent in data[name]:
        for ids, item in _items(parent, tuple(deeper), inner):
            yield [parent["id"], *ids], item


def _facts(data: Item) -> Iterator[list[Any]]:
    for kind, path in TARGETS.items():
        parents = tuple((name, "") for name in path[:-1])
        for ids, item in _items(data, parents, path[-1:]):
            site = ids[0] if ids else None
            for fact, value in item["facts"].items():
                yield [kind, site, item["id"], fact, value]


def _at(item: Any, key: str) -> Any:
    for part in key.split("."):
        item = None if item is None else item.get(part)
    return item


def _write(workbook: Workbook, sheet: Sheet, rows: Any) -> None:
    worksheet = workbook.create_sheet(sheet.tab)
    worksheet.append([column.header for column in sheet.columns])
    for number, row in enumerate(rows, 2):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            _fill(worksheet.cell(number, position), column, value)
    _dress(worksheet, sheet)


def _fill(cell: Any, column: Column, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, list):
        value = ", ".join(value)
    if column.kind == "time":
        value = str(value)[:5]
    if column.kind == "date":
        value = date.fromisoformat(value)
    cell.value = value
    if isinstance(value, str) and isinstance(cell, Cell):
        # Text that begins with = is text, not a formula.
        cell.data_type = "s"
        cell.number_format = "@"


def _dress(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, 1):
        worksheet.cell(1, position).font = Font(bold=True)
        width = min(WIDEST, max(14, 2 * len(column.title.zh) + len(column.title.en) + 4))
        worksheet.column_dimensions[get_column_letter(position)].width = width
