import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import select

from inspections.audit import SERVICE, origin
from inspections.database import open_database
from inspections.importing import organisations
from inspections.models import AuditRow
from web.cli import main

KINDERGARTEN = Path(__file__).parents[3] / "examples" / "kindergarten.yaml"


@pytest.fixture
def run(tmp_path):
    """Call `xunjian` on a record of this test's own."""

    def call(*arguments):
        command = [str(argument) for argument in arguments]
        database = ["--database", f"sqlite:///{tmp_path / 'record.db'}"]
        return CliRunner().invoke(main, [*command, *database])

    return call


@pytest.fixture
def imported(run):
    assert run("import", KINDERGARTEN).exit_code == 0
    return run


def test_what_a_command_changed_came_from_the_command_line_and_nothing_after_it(imported, tmp_path):
    with open_database(f"sqlite:///{tmp_path / 'record.db'}")() as session:
        assert {"cli"} == set(session.scalars(select(AuditRow.via)))
    assert SERVICE == origin()


def test_importing_again_says_that_nothing_changed(imported):
    result = imported("import", KINDERGARTEN, "--json")

    expected = {"organisation": "kindergarten", "added": {}, "changed": {}, "ended": {}}
    assert expected == json.loads(result.stdout)


def test_an_exported_workbook_imports_without_a_change(imported, tmp_path):
    path = tmp_path / "out.xlsx"
    written = imported(
        "export", "--organisation", "kindergarten", "--out", path, "--format", "xlsx"
    )

    result = imported("import", path, "--json")

    assert written.exit_code == 0
    assert {} == json.loads(result.stdout)["changed"]


def test_an_exported_yaml_imports_without_a_change(imported, tmp_path):
    path = tmp_path / "out.yaml"
    imported("export", "--organisation", "kindergarten", "--out", path, "--format", "yaml")

    assert {} == json.loads(imported("import", path, "--json").stdout)["changed"]


def test_a_faulty_workbook_is_refused_whole_with_its_cells(imported, tmp_path):
    path = tmp_path / "out.xlsx"
    imported("export", "--organisation", "kindergarten", "--out", path)
    book = load_workbook(path)
    book["单位 organisation"]["A2"] = "another"
    book["缺勤 absences"]["A2"] = "nobody"
    book.save(path)

    result = imported("import", path, "--json")

    assert 2 == result.exit_code
    assert "缺勤 absences!A2" in [fault["field"] for fault in json.loads(result.stdout)["faults"]]
    with open_database(f"sqlite:///{tmp_path / 'record.db'}")() as session:
        assert ("kindergarten",) == organisations(session)


def test_an_unknown_organisation_is_refused_with_those_that_are_known(imported, tmp_path):
    out = ["--out", tmp_path / "x.xlsx"]

    exported = imported("export", "--organisation", "nowhere", *out)
    planned = imported("plan", "--organisation", "nowhere")

    assert (2, 2) == (exported.exit_code, planned.exit_code)
    assert "kindergarten" in exported.output
    assert "kindergarten" in planned.output


def test_planning_twice_changes_nothing_and_a_dry_run_saves_nothing(imported):
    options = ["plan", "--no-assign", "--json", "--days", "7"]
    dry = json.loads(imported(*options, "--dry-run").stdout)
    first = json.loads(imported(*options).stdout)

    again = json.loads(imported(*options).stdout)

    assert dry == first
    assert first[0]["added"] == first[0]["occurrences"] > 0
    assert (0, first[0]["occurrences"]) == (again[0]["added"], again[0]["occurrences"])


def test_a_day_that_does_not_exist_is_refused(imported):
    result = imported("plan", "--from", "2026-02-30")

    assert 2 == result.exit_code
    assert "2026-02-30" in result.output
