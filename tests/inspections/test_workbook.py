from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from inspections.exchange.sheets import LISTS
from inspections.exchange.workbook_reader import read_workbook
from inspections.exchange.workbook_writer import write_workbook
from inspections.exchange.yaml_file import write_yaml
from rules.faults import InputInvalid
from rules.organisation import happened, model
from rules.organisation.loader import load_organisation

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_workbook_says_the_same_as_the_file_it_came_from(tmp_path, example):
    organisation = load_organisation(example)
    path = tmp_path / "organisation.xlsx"

    write_workbook(organisation, path)

    assert organisation == read_workbook(path)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_written_file_says_the_same_as_the_one_it_came_from(tmp_path, example):
    organisation = load_organisation(example)
    path = tmp_path / "organisation.yaml"

    write_yaml(organisation, path)

    assert organisation == load_organisation(path)


@pytest.fixture
def workbook(tmp_path, campus):
    """The workbook of the small school, to spoil."""
    path = tmp_path / "campus.xlsx"
    write_workbook(campus, path)
    return path


def _spoil(path, **cells):
    book = load_workbook(path)
    for where, value in cells.items():
        tab, cell = where.split("__")
        sheet = next(sheet for sheet in book if sheet.title.endswith(f" {tab}"))
        sheet[cell] = value
    book.save(path)


def _faults(path):
    with pytest.raises(InputInvalid) as refusal:
        read_workbook(path)
    return refusal.value.faults


NESTED = {"facts", "calendar", "places", "assets", "posts", "shifts"} | {
    "opening",
    "closed",
    "extra",
    "terms",
    "exams",
    "meals",
    "absences",
    "travel",
}
MODELS = {
    "sites": model.Site,
    "opening": model.OpeningSpan,
    "closed": model.CalendarSpan,
    "extra": model.ExtraOpening,
    "terms": model.Term,
    "exams": model.CalendarSpan,
    "meals": model.Meal,
    "places": model.Place,
    "assets": model.Asset,
    "travel": model.Way,
    "travel-between-sites": model.Way,
    "posts": model.Post,
    "shifts": model.Shift,
    "people": model.Person,
    "qualifications": model.Certificate,
    "absences": model.DateSpan,
    "events": happened.Event,
    "decisions": happened.Decision,
    "performed": happened.Performed,
}


@pytest.mark.parametrize("sheet", LISTS, ids=lambda sheet: sheet.key)
def test_every_field_of_an_organisation_has_a_column(sheet):
    fields = MODELS[sheet.key].model_fields
    nested = NESTED | ({"qualifications"} if sheet.key == "people" else set())

    wanted = {field.alias or name for name, field in fields.items()} - nested

    assert wanted == {column.key.split(".")[0] for column in sheet.own_columns} - {"calendar"}


def test_headers_are_in_both_languages(workbook):
    sheet = load_workbook(workbook)["场所 sites"]

    assert ["编号 / Id", "名称（中文） / Name (Chinese)"] == [c.value for c in sheet[1]][:2]


def test_every_fault_names_its_sheet_and_cell(workbook):
    _spoil(
        workbook,
        absences__C2="2026-02-30",
        opening__A2="elsewhere",
        facts__E2="palace",
        people__E2="wizard",
        terms__G1="Colour",
    )

    faults = _faults(workbook)

    where = {fault.field.split(" ")[-1] if "!" in fault.field else fault.field for fault in faults}
    fields = " ".join(fault.field for fault in faults)
    assert "缺勤 absences!C2" in fields
    assert "开放时间 opening!A2" in fields
    assert "事实 facts!E2" in fields
    assert "人员 people!E2" in fields
    assert "学期 terms!G1" in fields
    assert len(where) >= 5
    assert all(str(workbook) == fault.file and fault.remedy.zh for fault in faults)
    assert {2} <= {fault.line for fault in faults}


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path, campus):
    name = campus.name.model_copy(update={"en": "=1+1"})
    path = tmp_path / "formula.xlsx"
    write_workbook(campus.model_copy(update={"name": name}), path)

    assert "=1+1" == read_workbook(path).name.en


def test_keys_and_one_language_serve_as_headers_too(workbook):
    _spoil(workbook, sites__A1="id", sites__B1="名称（中文）", people__A1="Id")

    assert "main" == read_workbook(workbook).sites[0].id


def test_chinese_commas_separate_too(workbook):
    _spoil(workbook, opening__B2="mon，tue、wed,thu；fri")

    assert 5 == len(read_workbook(workbook).sites[0].calendar.opening[0].days)


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "text.xlsx"
    path.write_text("not a workbook")

    assert ["Save it as .xlsx and import it again."] == [f.remedy.en for f in _faults(path)]


def test_an_empty_workbook_is_refused(tmp_path):
    path = tmp_path / "empty.xlsx"
    Workbook().save(path)

    assert _faults(path)


def test_a_workbook_that_unpacks_to_a_huge_one_is_refused(tmp_path):
    path = tmp_path / "huge.xlsx"
    with ZipFile(path, "w", compression=8) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 101_000_000)

    assert ["Split it into one file for each organisation."] == [f.remedy.en for f in _faults(path)]


def test_a_workbook_that_lost_a_sheet_is_refused_lest_everything_in_it_ends(workbook):
    book = load_workbook(workbook)
    for name in [name for name in book.sheetnames if name.endswith((" people", " closed"))]:
        book.remove(book[name])
    book.save(workbook)

    faults = _faults(workbook)

    assert ["closed", "people"] == sorted(fault.field.split()[-1] for fault in faults)
    assert all("leave it empty" in fault.remedy.en for fault in faults)


def test_a_workbook_that_is_not_there_is_named_so(tmp_path):
    (fault,) = _faults(tmp_path / "nowhere.xlsx")

    assert "There is no such file." == fault.message.en
