"""Term calendars as Excel workbooks."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from inspections.calendars.edit import ImportedCalendar, try_calendar
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.exchange.calendar_reader import read_calendar_workbook
from inspections.exchange.calendar_sheet import CALENDAR
from inspections.exchange.calendar_writer import calendar_template, calendar_workbook
from rules.faults import InputInvalid
from rules.organisation.model import ExtraOpening, Organisation
from rules.text import Text

SITES = {"main": Text(zh="主校区", en="Main campus")}
EDITOR = Editor("campus", "officer", "safety-officer")


def saved(workbook):
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def filled(*rows):
    """A workbook as somebody fills in the template: rows of cells by column."""
    workbook = load_workbook(BytesIO(calendar_template()))
    sheet = workbook[CALENDAR.tab]
    keys = [column.key for column in CALENDAR.columns]
    for number, row in enumerate(rows, 2):
        for key, value in row.items():
            sheet.cell(number, keys.index(key) + 1).value = value
    return saved(workbook)


def read(data, name=""):
    return read_calendar_workbook(data, file="terms.xlsx", sites=SITES, name=name)


def faults(data):
    with pytest.raises(InputInvalid) as refusal:
        read(data)
    return [(fault.line, fault.field) for fault in refusal.value.faults]


def test_the_examples_of_the_template_can_be_imported(campus):
    workbook = load_workbook(BytesIO(calendar_template()))
    del workbook[CALENDAR.tab]
    workbook["示例 examples"].title = CALENDAR.tab

    file = read(saved(workbook))
    edited = try_calendar(
        campus, ImportedCalendar(file.name, ("main",), file.entries), editor=EDITOR
    )

    found = edited.sites[0].calendar
    assert (2, 1, 2, 1) == tuple(map(len, (found.terms, found.closed, found.extra, found.exams)))


def test_days_are_read_as_people_type_them():
    rows = ["2027-01-23", "2027/1/23", "2027年1月23日", date(2027, 1, 23)]

    file = read(filled(*({"kind": "放假", "name.zh": "寒假", "from": day} for day in rows)))

    assert {(date(2027, 1, 23), date(2027, 1, 23))} == {(e.since, e.until) for e in file.entries}


def test_every_fault_stands_at_its_cell():
    data = filled(
        {"kind": "假期吧", "name.zh": "寒假", "from": "2027-01-23"},
        {"kind": "放假", "from": "2027-02-30", "until": "soon"},
        {"kind": "放假", "name.zh": "五一", "from": "2027-05-03", "until": "2027-05-01"},
        {"kind": "补课", "name.zh": "补", "from": "2027-05-08", "opens": "25:00", "weekday": "八"},
        {"kind": "补课", "name.zh": "补", "from": "2027-05-09", "opens": "08:00"},
        {"kind": "考试", "name.zh": "期末", "from": "2027-06-21", "site": "elsewhere"},
        {"kind": "考试", "name.zh": "期中", "from": "2027-04-21", "id": "x", "cancelled": "也许"},
        {"kind": "考试", "name.zh": "一", "from": "2027-04-22", "id": "y"},
        {"kind": "考试", "name.zh": "二", "from": "2027-04-23", "id": "y"},
    )  # fmt: skip

    tab = CALENDAR.tab
    assert [
        (2, f"{tab}!A2"),
        (3, f"{tab}!B3"),
        (3, f"{tab}!D3"),
        (3, f"{tab}!E3"),
        (4, f"{tab}!E4"),
        (5, f"{tab}!F5"),
        (5, f"{tab}!H5"),
        (6, f"{tab}!G6"),
        (7, f"{tab}!I7"),
        (8, f"{tab}!K8"),
        (10, f"{tab}!J10"),
    ] == faults(data)


@pytest.mark.parametrize(
    "data",
    [b"no workbook", saved(Workbook()), calendar_template()],
    ids=["no workbook", "another workbook", "nothing filled in"],
)
def test_a_file_without_a_calendar_is_refused(data):
    assert 1 == len(faults(data))


def test_terms_that_overlap_are_refused_at_their_row(campus):
    file = read(filled(
        {"kind": "学期", "name.zh": "秋季学期", "from": "2026-09-01", "until": "2027-01-22"},
        {"kind": "学期", "name.zh": "加长学期", "from": "2027-01-10", "until": "2027-03-22"},
    ))  # fmt: skip

    with pytest.raises(InputInvalid) as refusal:
        try_calendar(campus, ImportedCalendar(file.name, ("main",), file.entries), editor=EDITOR)

    found = [(fault.file, fault.line, fault.field) for fault in refusal.value.faults]
    assert [("terms.xlsx", 3, f"{CALENDAR.tab}!D3")] == found


@pytest.fixture
def two(campus):
    """The school with a second site that has the same calendar."""
    other = campus.sites[0].model_copy(update={"id": "branch", "places": (), "assets": ()})
    sites = (*campus.sites, other)
    return Organisation.model_validate(
        campus.model_copy(update={"sites": sites}).model_dump(by_alias=True)
    )


def test_what_is_wrong_at_many_sites_is_told_once(two):
    file = read(filled({"kind": "学期", "name.zh": "又一学期", "from": "2026-05-01"}))

    with pytest.raises(InputInvalid) as refusal:
        try_calendar(two, ImportedCalendar("x", ("main", "branch"), file.entries), editor=EDITOR)

    assert [2] == [fault.line for fault in refusal.value.faults]


def test_nobody_imports_into_sites_out_of_scope(two):
    file = read(filled({"kind": "放假", "name.zh": "停电", "from": "2027-03-05", "site": "main"}))
    abroad = Editor("campus", "officer", "safety-officer", ("branch",))

    with pytest.raises(NotFound):
        try_calendar(two, ImportedCalendar("x", ("branch",), file.entries), editor=abroad)


def test_a_row_for_one_site_stays_there(two):
    file = read(filled({"kind": "放假", "name.zh": "停电", "from": "2027-03-05", "site": "主校区"}))

    edited = ImportedCalendar(file.name, ("main", "branch"), file.entries).applied(two)

    assert [1, 0] == [len(site.calendar.closed) for site in edited.sites]


def test_what_a_site_has_comes_back_from_its_workbook_unchanged(campus):
    file = read(filled(
        {"kind": "学期", "name.zh": "秋季学期", "from": "2026-09-01", "until": "2027-01-22"},
        {"kind": "补课", "name.zh": "补课", "from": "2026-10-10", "until": "2026-10-11"},
    ), name="school")  # fmt: skip
    once = ImportedCalendar("school", ("main",), file.entries).applied(campus)
    extra = ExtraOpening(
        on=date(2027, 5, 9), opens="08:00", closes="12:00", reason=Text(zh="=1+1", en="Own")
    )
    site = once.sites[0]
    calendar = site.calendar.model_copy(update={"extra": (*site.calendar.extra, extra)})
    once = once.model_copy(update={"sites": (site.model_copy(update={"calendar": calendar}),)})

    again = read(calendar_workbook(once.sites))
    edit = ImportedCalendar(again.name, ("main",), again.entries)

    assert {"same", "linked"} == {step.outcome for step in edit.steps(once)["main"]}
    assert "school" in {e.key.split("#")[0] for e in again.entries}
    whole = edit.applied(once)
    assert whole == edit.applied(whole)
