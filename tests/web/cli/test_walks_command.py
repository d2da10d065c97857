"""`xunjian walks`: everybody's route of one day."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inspections.database import open_database
from inspections.importing import import_organisation
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from web.cli import main

# Far ahead, so that the clock of the machine that runs this is never past it.
MONDAY = date(2099, 3, 2)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('walks') / 'record.db'}"
    sessions = open_database(url)
    now = datetime(2099, 3, 1, tzinfo=UTC)
    with sessions.begin() as session:
        import_organisation(session, load_organisation(Path("examples/mall-group.yaml")), now=now)
        plan(
            session, load_rulebook(), organisation_id="mall-group",
            since=MONDAY, until=MONDAY, now=now, seconds=2,
        )  # fmt: skip
    sessions.kw["bind"].dispose()
    return url


def run(record, *arguments, lang="en"):
    command = ["walks", "--database", record, "--on", MONDAY.isoformat(), *arguments]
    return CliRunner().invoke(main, command, env={"XUNJIAN_LANG": lang})


def test_programs_read_walks_stops_and_totals_that_add_up(record):
    answer = run(record, "--json")

    told = json.loads(answer.stdout)
    stops = [stop for one in told["people"] for walk in one["walks"] for stop in walk["stops"]]
    assert (told["stops"], told["late"]) == (len(stops), sum(len(each["late"]) for each in stops))
    assert told["minutes_of_work"] == sum(stop["minutes"] for stop in stops)
    assert told["minutes_on_the_way"] == sum(stop["minutes_of_way"] for stop in stops) > 0
    assert told["saved_by_serving_together"] > 0
    assert answer.exit_code == (1 if told["late"] else 0)


def test_people_read_it_in_both_languages(record):
    assert "一次检查满足多项职责" in run(record, lang="zh-CN").stdout
    assert "minutes of checks" in run(record).stdout


def test_one_person_may_be_asked_for(record):
    told = json.loads(run(record, "--person", "b-guard-3", "--json").stdout)

    assert {"b-guard-3"} >= {one["person"] for one in told["people"]}


def test_what_is_not_there_is_bad_input(record):
    nobody = run(record, "--person", "nobody")
    no_day = CliRunner().invoke(main, ["walks", "--database", record, "--on", "2026-02-30"])

    assert (2, 2) == (nobody.exit_code, no_day.exit_code)
    assert "There is no person nobody." in nobody.stderr
