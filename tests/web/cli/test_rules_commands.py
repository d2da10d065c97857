import json

import pytest
from click.testing import CliRunner

from tests.rules.builders import organisation_data, pack, rule, written
from web.cli import main


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    def run(*arguments):
        return CliRunner().invoke(main, [str(each) for each in arguments])

    return run


def test_a_sound_pack_passes_and_is_counted(run, tmp_path):
    result = run("rules", "check", written(tmp_path, pack()), "--json")

    assert 0 == result.exit_code
    assert {"packs": 1, "rules": 1, "examples": 2, "faults": []} == json.loads(result.stdout)


@pytest.mark.parametrize("missing", ["source", "effective", "examples"])
def test_a_faulty_pack_fails_with_file_line_field_and_remedy(run, tmp_path, missing):
    path = written(tmp_path, pack(rule(**{missing: None})))

    result = run("rules", "check", path, "--json")

    (fault,) = json.loads(result.stdout)["faults"]
    assert 2 == result.exit_code
    assert ["file", "line", "field", "message", "remedy"] == list(fault)
    assert (str(path), f"rules.0.{missing}") == (fault["file"], fault["field"])


def test_faults_are_told_in_chinese_by_default(tmp_path, monkeypatch):
    monkeypatch.delenv("XUNJIAN_LANG", raising=False)
    path = written(tmp_path, pack(rule(source=None)))

    result = CliRunner().invoke(main, ["rules", "check", str(path)])

    assert f"{path}:" in result.stderr
    assert "缺少这个字段。 请补上。" in result.stderr


def test_a_missing_path_is_bad_input(run, tmp_path):
    assert 2 == run("rules", "check", tmp_path / "missing.yaml").exit_code


@pytest.mark.parametrize("engine", [[], ["--engine", "python"]])
def test_duties_are_listed_as_json(run, tmp_path, engine):
    path = written(tmp_path, organisation_data())

    result = run("rules", "derive", path, "--on", "2026-09-01", "--json", *engine)

    found = json.loads(result.stdout)
    assert 0 == result.exit_code
    assert {"binds", "may-apply"} == {each["status"] for each in found}
    assert all(
        ["site", "target", "rule", "status", "waits_for", "clause", "grade", "strength", "because"]
        == list(each)
        for each in found
    )


def test_duties_are_listed_as_a_table(run, tmp_path):
    result = run("rules", "derive", written(tmp_path, organisation_data()), "--on", "2026-09-01")

    assert 0 == result.exit_code
    assert "binds" in result.stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"packs": ["nobody"]}, "There is no rule pack nobody"),
        ({"sites": None}, "not an organisation file"),
    ],
)
def test_a_faulty_organisation_is_bad_input(run, tmp_path, change, words):
    path = written(tmp_path, organisation_data(**change))

    result = run("rules", "derive", path, "--on", "2026-09-01")

    assert 2 == result.exit_code
    assert words in result.stderr
    assert str(path) in result.stderr


def test_a_day_that_does_not_exist_is_bad_input(run, tmp_path):
    path = written(tmp_path, organisation_data())

    result = run("rules", "derive", path, "--on", "2026-02-30")

    assert 2 == result.exit_code
    assert '"2026-02-30" is no date' in result.stderr


def test_the_version_names_the_rule_engine(run):
    from rules.engine import engine_name

    result = run("--version")

    assert 0 == result.exit_code
    assert {"durable": "durable-rules 2.0.28", "python": "plain Python"}[
        engine_name()
    ] in result.stdout
