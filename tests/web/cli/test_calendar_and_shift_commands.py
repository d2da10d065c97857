"""`xunjian calendar` and `xunjian shifts`: files into the record, and back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.web.imports.test_ics_calendar import calendar, event
from web.cli import main

KINDERGARTEN = Path(__file__).parents[3] / "examples" / "kindergarten.yaml"
HERE = ("--organisation", "kindergarten")


@pytest.fixture
def run(tmp_path):
    """Call `xunjian` on a record of this test's own, with the kindergarten in it."""

    def call(*arguments):
        command = [str(argument) for argument in arguments]
        database = ["--database", f"sqlite:///{tmp_path / 'record.db'}"]
        return CliRunner().invoke(main, [*command, *database], env={"XUNJIAN_LANG": "en"})

    assert call("import", KINDERGARTEN).exit_code == 0
    return call


def test_a_calendar_is_tried_then_saved_and_the_second_time_changes_nothing(run, tmp_path):
    file = tmp_path / "terms.ics"
    exams = event("e", "20270118", "20270121", "期末考试")
    file.write_bytes(calendar(exams, event("p", "20270305", "20270306", "家长会")))

    told = [
        json.loads(run("calendar", "import", file, *HERE, *more, "--json").stdout)
        for more in (["--dry-run"], [], [])
    ]

    assert [False, True, False] == [each["saved"] for each in told]
    assert [{"new": 1}, {"new": 1}, {"same": 1}] == [each["outcomes"] for each in told]
    assert ["家长会"] == told[0]["left_out"]


def test_every_fault_of_a_calendar_is_told_with_its_line_and_nothing_is_saved(run, tmp_path):
    file = tmp_path / "terms.ics"
    late = event("late", "20261001", "20270301", "又一个学期")
    file.write_bytes(calendar(event("a", "20270105", "20270101", "放假")))
    overlapping = tmp_path / "overlapping.ics"
    overlapping.write_bytes(calendar(late))

    refused = run("calendar", "import", file, *HERE)
    clash = run("calendar", "import", overlapping, *HERE)
    site = run("calendar", "import", file, *HERE, "--site", "elsewhere")
    gone = run("calendar", "import", tmp_path / "none.ics", *HERE)

    assert [2, 2, 2, 2] == [each.exit_code for each in (refused, clash, site, gone)]
    assert "terms.ics:3: 放假: " in refused.stderr
    assert "overlapping.ics:3: 又一个学期 2026-10-01: It overlaps another term" in clash.stderr
    assert "There is no site elsewhere" in site.stderr
    assert "cannot be read" in gone.stderr


def test_what_was_written_out_comes_back_unchanged(run, tmp_path):
    terms, shifts = tmp_path / "terms.xlsx", tmp_path / "shifts.xlsx"
    run("calendar", "template", "--out", terms, *HERE)
    run("shifts", "template", "--out", shifts, *HERE)

    told = json.loads(run("calendar", "import", terms, *HERE, "--json").stdout)
    same = json.loads(run("shifts", "import", shifts, *HERE, "--json").stdout)

    assert {"linked"} == set(told["outcomes"])
    assert {"saved": False, "changed": []} == same


def test_shifts_are_saved_and_shown_before_and_after(run, tmp_path):
    file = tmp_path / "shifts.xlsx"
    run("shifts", "template", "--out", file, *HERE)
    workbook = load_workbook(file)
    workbook.worksheets[0]["G3"] = "18:30"
    workbook.save(file)

    result = run("shifts", "import", file, *HERE)

    assert 0 == result.exit_code
    assert "E Pick-up 14:45–18:00 × 1–2" in result.stdout
    assert "E Pick-up 14:45–18:30 × 1–2" in result.stdout
