"""The difference that a dry run shows before anything is saved."""

import json

import pytest
from click.testing import CliRunner

from tests.web.cli.test_exchange_and_plan_commands import KINDERGARTEN
from web.cli import main

PLAN = (
    "plan",
    "--organisation",
    "kindergarten",
    "--from",
    "2031-03-03",
    "--days",
    "14",
    "--no-assign",
)


@pytest.fixture
def run(tmp_path):
    """Call `xunjian` on a record that holds the kindergarten and its plan of two weeks."""
    database = ["--database", f"sqlite:///{tmp_path / 'record.db'}"]

    def call(*arguments):
        return CliRunner().invoke(main, [*map(str, arguments), *database])

    call("import", KINDERGARTEN)
    call(*PLAN)
    return call


def _without_the_canteen(tmp_path):
    path = tmp_path / "changed.yaml"
    text = KINDERGARTEN.read_text("utf-8")
    path.write_text(text.replace("site.has_canteen: true", "site.has_canteen: false"), "utf-8")
    return path


def test_a_dry_run_names_the_duties_that_end_and_the_occurrences_that_go(run, tmp_path):
    run("import", _without_the_canteen(tmp_path))

    changes = json.loads(run(*PLAN, "--dry-run", "--json").stdout)[0]["changes"]

    assert "moe45-samples" in {each["rule"] for each in changes["duties_ended"]}
    gone = [each for each in changes["removed"] if each["rule"] == "moe45-samples"]
    assert gone
    assert {each["after"] for each in gone} == {None}


def test_the_difference_is_the_same_until_it_is_saved_and_then_empty(run, tmp_path):
    run("import", _without_the_canteen(tmp_path))

    def difference(*options):
        return json.loads(run(*PLAN, *options, "--json").stdout)[0]["changes"]["duties_ended"]

    seen, again, saved, after = (
        difference("--dry-run"),
        difference("--dry-run"),
        difference(),
        difference("--dry-run"),
    )
    assert seen == again == saved != []
    assert after == []


def test_the_table_says_how_many_more_changes_there_are(run, tmp_path):
    run("import", _without_the_canteen(tmp_path))

    shown = run(*PLAN, "--dry-run").stdout

    assert "终止职责" in shown
    assert "处变化" in shown
