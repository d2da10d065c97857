import json

import pytest
from click.testing import CliRunner

from web.cli import main


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    def run(*arguments):
        return CliRunner().invoke(main, ["rules", "coverage", *map(str, arguments)])

    return run


def test_every_requirement_is_told_with_what_carries_it(run):
    result = run("--json")

    items = {item["id"]: item for item in json.loads(result.stdout)["items"]}
    assert 0 == result.exit_code
    assert ["mps61-maintenance-upkeep", "mps61-maintenance-automatic"] == [
        rule for rule in items["mps61-maintenance"]["rules"] if rule.startswith("mps61")
    ]
    assert "not-yet" == items["gb25201-fault-limits"]["state"]
    assert "not read" in items["gb25201-fault-limits"]["not_yet"]


def test_a_written_report_is_found_current_and_a_changed_one_is_not(run, tmp_path):
    path = tmp_path / "coverage.md"
    written = run("--write", path)
    current = run("--check", path)
    path.write_text("something else", encoding="utf-8")

    stale = run("--check", path)

    assert [0, 0, 1] == [each.exit_code for each in (written, current, stale)]
    assert f"xunjian rules coverage --write {path}" in stale.stderr


@pytest.mark.parametrize("option", ["--write", "--check"])
def test_a_file_that_cannot_be_used_is_bad_input(run, tmp_path, option):
    result = run(option, tmp_path / "missing" / "coverage.md")

    assert 2 == result.exit_code
    assert "Name another file" in result.stderr


def test_what_is_not_carried_is_listed_in_chinese_by_default(monkeypatch):
    monkeypatch.delenv("XUNJIAN_LANG", raising=False)

    result = CliRunner().invoke(main, ["rules", "coverage"])

    assert "消防设施故障的维修时限" in result.stdout
