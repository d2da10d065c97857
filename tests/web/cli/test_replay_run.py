import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('replay')}/record.db"
    runner = CliRunner()
    runner.invoke(main, ["import", str(EXAMPLES / "kindergarten.yaml"), "--database", url])
    asked = ["plan", "--from", "2026-11-23", "--days", "14", "--no-assign", "--database", url]
    result = runner.invoke(main, [*asked, "--json"])
    assert 1 == json.loads(result.stdout)[0]["run"]
    return url


def replayed(database, run, *options):
    return CliRunner().invoke(main, ["plan", "--replay", run, "--database", database, *options])


@pytest.mark.parametrize(("language", "word"), [("zh", "与当时完全相同"), ("en", "identical")])
def test_a_run_comes_out_identical(database, monkeypatch, language, word):
    monkeypatch.setenv("XUNJIAN_LANG", language)

    result = replayed(database, "1")

    assert 0 == result.exit_code
    assert word in result.output


def test_programs_read_the_counts(database):
    data = json.loads(replayed(database, "1", "--json").stdout)

    assert (True, [], 1) == (data["identical"], data["differences"], data["run"])
    assert data["occurrences"] > data["duties"] > 0


def test_a_run_that_is_not_there_names_those_that_are(database, monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    result = replayed(database, "99")

    assert 2 == result.exit_code
    assert "The latest runs are 1." in result.output
