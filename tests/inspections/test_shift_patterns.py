"""Shift patterns from Excel workbooks."""

from datetime import time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from inspections.editing import Editor
from inspections.exchange.shift_reader import read_shift_workbook
from inspections.exchange.shift_sheet import SHIFTS
from inspections.exchange.shift_writer import shift_template, shift_workbook
from inspections.shift_patterns.entries import try_shifts
from inspections.shift_patterns.posts import known_posts
from rules.faults import InputInvalid

EDITOR = Editor("campus", "officer", "safety-officer")
DAY = {"post": "门岗", "code": "D", "since": "07:00", "until": "19:00"}
NIGHT = {"post": "Gate", "site": "main", "code": "N", "since": "19:00", "until": "07:00"}


def filled(*rows):
    """The template as somebody fills it in: rows of cells by column."""
    workbook = load_workbook(BytesIO(shift_template()))
    sheet = workbook[SHIFTS.tab]
    keys = [column.key for column in SHIFTS.columns]
    for number, row in enumerate(rows, 2):
        for key, value in row.items():
            sheet.cell(number, keys.index(key) + 1).value = value
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def read(data, campus):
    return read_shift_workbook(data, file="shifts.xlsx", posts=known_posts(campus, ("main",)))


def gate(organisation):
    return organisation.sites[0].posts[0]


def test_what_a_site_has_comes_back_from_its_workbook_unchanged(campus):
    edit = read(shift_workbook(campus.sites), campus)

    assert campus == try_shifts(campus, edit, editor=EDITOR)


def test_what_the_file_leaves_open_stays_as_it_is(campus):
    edit = read(filled({**DAY, "until": "18:30", "preferred": 3, "maximum": 4}, NIGHT), campus)

    before, (day, night) = gate(campus).shifts, gate(try_shifts(campus, edit, editor=EDITOR)).shifts

    assert (before[0].name, time(18, 30), 1, 3, 4) == (
        day.name, day.until, day.minimum, day.preferred, day.maximum,
    )  # fmt: skip
    assert before[1] == night


def test_the_shifts_of_a_post_are_those_of_the_file(campus):
    early = {"post": "gate", "code": "E", "since": time(6), "until": time(14), "minimum": 2}

    edit = read(filled(early, {**DAY, "name.en": "Long day"}), campus)
    found = gate(try_shifts(campus, edit, editor=EDITOR)).shifts

    assert [("D", "Long day", 1), ("E", "E", 2)] == [(s.code, s.name.en, s.minimum) for s in found]


def test_every_fault_stands_at_its_cell(campus):
    data = filled(
        {"post": "屋顶", "code": "D", "since": "07:00", "until": "19:00"},
        {"code": "D", "since": "7点", "until": "25:00"},
        {**DAY, "code": "DAYSHIFT", "minimum": "两人"},
        {**DAY, "working_minutes": 2000},
        {**DAY, "site": "elsewhere"},
    )

    with pytest.raises(InputInvalid) as refusal:
        read(data, campus)

    tab = SHIFTS.tab
    assert [f"{tab}!{cell}" for cell in ("B2", "B3", "F3", "G3", "C4", "H4", "K5", "B6")] == [
        fault.field for fault in refusal.value.faults
    ]


def test_a_code_stands_once_in_a_post(campus):
    with pytest.raises(InputInvalid) as refusal:
        read(filled(DAY, DAY), campus)

    assert [3] == [fault.line for fault in refusal.value.faults]


def test_numbers_that_contradict_each_other_are_refused_at_their_row(campus):
    edit = read(filled({**DAY, "minimum": 3, "preferred": 2}, NIGHT), campus)

    with pytest.raises(InputInvalid) as refusal:
        try_shifts(campus, edit, editor=EDITOR)

    assert [("shifts.xlsx", 2)] == [(fault.file, fault.line) for fault in refusal.value.faults]
