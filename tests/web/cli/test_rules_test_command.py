import json

import pytest
from click.testing import CliRunner

from tests.rules.builders import pack, rule, written
from web.cli import main

LOOSE = [
    {"name": "many", "facts": {"site.staff": 90}, "applies": True},
    {"name": "few", "facts": {"site.staff": 5}, "applies": False},
]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    def run(*arguments):
        return CliRunner().invoke(main, ["rules", "test", *map(str, arguments)])

    return run


def loose(tmp_path, *examples):
    data = pack(rule(applies={"site.staff": {"gte": 50}}, examples=[*LOOSE, *examples]))
    return written(tmp_path, data)


def test_the_share_of_outcomes_seen_is_told_for_each_pack(run, tmp_path):
    result = run(loose(tmp_path), "--json")

    (told,) = json.loads(result.stdout)["packs"]
    assert 0 == result.exit_code
    assert ("some-pack", 1, 2, [], 100.0) == (
        told["pack"], told["rules"], told["examples"], told["failed"], told["coverage_percent"],
    )  # fmt: skip


def test_an_example_that_fails_is_a_negative_finding(run, tmp_path):
    wrong = {"name": "wrong", "facts": {"site.staff": 60}, "applies": False}

    result = run(loose(tmp_path, wrong), "--json")

    (told,) = json.loads(result.stdout)["packs"]
    assert 1 == result.exit_code
    assert [("daily-check", 2)] == [(one["rule"], one["example"]) for one in told["failed"]]


def test_changes_that_go_unnoticed_are_a_negative_finding(run, tmp_path):
    result = run(loose(tmp_path), "--mutation", "--json")

    (told,) = json.loads(result.stdout)["packs"]
    assert 1 == result.exit_code
    assert (4, 3) == (told["mutants"], len(told["unnoticed"]))


def test_the_missing_examples_are_written_and_close_the_gap(run, tmp_path):
    result = run(loose(tmp_path), "--suggest", "--json")
    lines = json.loads(result.stdout)["suggestions"]["daily-check"]
    path = tmp_path / "pack.yaml"
    path.write_text(path.read_text() + "".join(f"  {line}\n" for line in lines))

    text = path.read_text()
    at = text.index("  examples:\n") + len("  examples:\n")
    mended = text[:at] + "".join(f"  {line}\n" for line in lines) + text[at:]
    path.write_text(mended.removesuffix("".join(f"  {line}\n" for line in lines)))

    assert 0 == run(path, "--mutation").exit_code


def test_a_faulty_pack_is_bad_input(run, tmp_path):
    result = run(written(tmp_path, pack(rule(source=None))), "--json")

    assert 2 == result.exit_code
    assert "rules.0.source" == json.loads(result.stdout)["faults"][0]["field"]


def test_a_person_reads_what_goes_unnoticed(run, tmp_path):
    result = run(loose(tmp_path), "--mutation")

    assert "unnoticed: Staff" in result.stdout or "unnoticed:" in result.stdout
    assert "25.0%" in result.stdout
