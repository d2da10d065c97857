"""Read an organisation from an Excel workbook, with every fault at its sheet and cell."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inspections.exchange.cells import Cell, cell_value, table
from inspections.exchange.sheets import FACTS, LISTS, ORGANISATION, TARGETS, Column, Sheet
from inspections.exchange.workbook_file import Rows, open_rows
from rules.faults import Fault, InputInvalid
from rules.organisation.loader import organisation_from_data
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from rules.vocabulary import load_vocabulary

Item = dict[str, Any]
Location = tuple[str | int, ...]


@dataclass
class _Reading:
    """Data in the shape of an organisation file, and the cell that each part came from."""

    file: str
    data: Item = field(default_factory=dict)
    cells: dict[Location, Cell] = field(default_factory=dict)
    found: dict[tuple[str, ...], tuple[Item, Location]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def locate(self, location: Location) -> tuple[str, int, str]:
        """Return the cell of *location*, or of the nearest thing that it stands in."""
        for length in range(len(location), 0, -1):
            cell = self.cells.get(location[:length])
            if cell is not None:
                rest = ".".join(map(str, location[length:]))
                return self.file, cell.row, f"{cell.name} {rest}".strip()
        return self.file, 1, ".".join(map(str, location))

    def complain(self, cell: Cell, message: Text, remedy: Text) -> None:
        self.faults.append(Fault(self.file, cell.row, cell.name, message, remedy))


def read_workbook(path: Path, rulebook: RuleBook | None = None) -> Organisation:
    """
    Read the organisation in the workbook at *path*.

    Where *rulebook* is given, packs and rules that the workbook names must be in it.

    Raises:
        InputInvalid: If the file is no workbook, too large, or anything in it is wrong; holds
            every fault with its row as line and `sheet!cell` as field.
    """
    rows = open_rows(path)
    reading = _Reading(str(path))
    if lacking := [sheet for sheet in (ORGANISATION, *LISTS, FACTS) if rows.lacks(sheet)]:
        # What a file no longer names ends, so a lost sheet must not read as an empty one.
        raise InputInvalid(_lost(reading.file, sheet) for sheet in lacking)
    _read_organisation(reading, rows)
    for sheet in LISTS:
        _read_list(reading, sheet, rows)
    _read_facts(reading, rows)
    try:
        organisation = organisation_from_data(reading.data, reading.locate, rulebook)
    except InputInvalid as invalid:
        raise InputInvalid([*reading.faults, *invalid.faults]) from invalid
    if reading.faults:
        raise InputInvalid(reading.faults)
    return organisation


def _lost(file: str, sheet: Sheet) -> Fault:
    message = Text(zh=f"没有工作表“{sheet.tab}”。", en=f"There is no sheet {sheet.tab}.")
    remedy = Text(
        zh="请补上；没有内容时留空表。", en="Add it, and leave it empty where there is nothing."
    )
    return Fault(file, 1, sheet.tab, message, remedy)


def _read_organisation(reading: _Reading, rows: Rows) -> None:
    for cell, values in table(ORGANISATION, rows, reading.complain):
        for column, (at, value) in values.items():
            if value is not None:
                _put(reading.data, column.key, value)
                reading.cells[tuple(column.key.split("."))] = at
        reading.cells.setdefault((), cell)
        return


def _read_list(reading: _Reading, sheet: Sheet, rows: Rows) -> None:
    for cell, values in table(sheet, rows, reading.complain):
        by_key = {column.key: (column, *entry) for column, entry in values.items()}
        parent = _parent(reading, sheet, cell, by_key)
        if parent is None:
            continue
        owner, at = parent
        items = _list_at(owner, sheet.inner)
        item: Item = {}
        here = (*at, *sheet.inner, len(items))
        reading.cells[here] = cell
        for column, (where, value) in values.items():
            if column in sheet.own_columns and value is not None:
                _put(item, column.key, value)
                reading.cells[(*here, *column.key.split("."))] = where
        items.append(item)
        ids = [str(by_key[name][2]) for _, name in sheet.parents]
        reading.found.setdefault((sheet.key, *ids, str(item.get("id"))), (item, here))


def _parent(
    reading: _Reading, sheet: Sheet, cell: Cell, by_key: dict[str, tuple[Column, Cell, Any]]
) -> tuple[Item, Location] | None:
    """Return the item that the row belongs to and where it stands."""
    if not sheet.parents:
        return reading.data, ()
    ids = [str(by_key[name][2]) if name in by_key else "" for _, name in sheet.parents]
    found = reading.found.get((sheet.parents[-1][0], *ids))
    if found is None:
        where = by_key[sheet.parents[-1][1]][1] if sheet.parents[-1][1] in by_key else cell
        named = " / ".join(ids)
        reading.complain(
            where,
            Text(zh=f"没有编号为 {named} 的对象。", en=f"There is nothing with the id {named}."),
            Text(zh="请填写其他工作表中已有的编号。", en="Give an id that another sheet defines."),
        )
    return found


def _read_facts(reading: _Reading, rows: Rows) -> None:
    vocabulary = load_vocabulary()
    for cell, values in table(FACTS, rows, reading.complain):
        given = {column.key: value for column, (_, value) in values.items()}
        kind, fact, value = (given.get(name) for name in ("kind", "fact", "value"))
        path = TARGETS.get(str(kind))
        alone = kind in ("site", "person", "event")
        ids = [str(given.get("id"))] if alone else None
        key = (path[-1], *(ids or [str(given.get("site")), str(given.get("id"))])) if path else ()
        found = reading.found.get(key)
        if found is None or fact is None:
            reading.complain(cell, _NO_TARGET, _NAME_TARGET)
            continue
        definition = vocabulary.get(str(fact))
        if definition is not None:
            value = _fact_value(definition.type, value)
        item, here = found
        item.setdefault("facts", {})[str(fact)] = value
        reading.cells[(*here, "facts", str(fact))] = Cell(cell.sheet, cell.row, len(FACTS.columns))


def _fact_value(kind: str, value: Any) -> Any:
    if kind == "tags":
        return cell_value(Column("value", _NAME_TARGET, "list"), value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if kind == "text" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if kind in {"number", "integer"} and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _put(item: Item, key: str, value: Any) -> None:
    *path, last = key.split(".")
    for part in path:
        item = item.setdefault(part, {})
    item[last] = value


def _list_at(owner: Item, path: tuple[str, ...]) -> list[Item]:
    *outer, last = path
    for part in outer:
        owner = owner.setdefault(part, {})
    items: list[Item] = owner.setdefault(last, [])
    return items


_NO_TARGET = Text(
    zh="该事实没有所属对象，或没有写明事实。",
    en="This fact belongs to nothing in the workbook, or names no fact.",
)
_NAME_TARGET = Text(
    zh="请填写对象种类（site、place、asset、post、person）、场所编号、对象编号和事实。",
    en="Give kind (site, place, asset, post, person), site id, target id and fact.",
)
