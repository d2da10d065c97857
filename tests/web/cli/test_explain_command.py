import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inspections.database import open_database
from inspections.importing import import_organisation
from rules.organisation.loader import load_organisation
from web.cli import main

FILE = "examples/kindergarten.yaml"
YEARLY = "fire-law-yearly-full-test"


@pytest.fixture
def explain(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    def explain(*arguments, lang="en"):
        command = ["rules", "explain", *map(str, arguments)]
        return CliRunner().invoke(main, command, env={"XUNJIAN_LANG": lang})

    return explain


def test_every_condition_has_its_value_and_where_it_comes_from(explain):
    result = explain(FILE, "chunmiao", YEARLY, "--on", "2026-11-23", "--json")

    told = json.loads(result.stdout)
    (here,) = told["targets"]
    tests = here["condition"]["parts"]
    assert 0 == result.exit_code
    assert (YEARLY, "A", "law", "mandatory") == (
        told["rule"], told["source"]["grade"], told["source"]["layer"], told["source"]["strength"],
    )  # fmt: skip
    assert ("2021-04-29", "day") == tuple(told["source"]["effective"].values())
    assert "applies" == here["verdict"]
    assert [("site.unit_type", "institution", "stated", "chunmiao")] == [
        (one["fact"], one["value"], one["origin"], one["stated_for"]) for one in tests[:1]
    ]
    assert all(one["holds"] for one in tests)


def test_ten_dates_follow_with_the_reasons_of_moved_days(explain):
    result = explain(FILE, "chunmiao", YEARLY, "--on", "2026-11-23", "--json")

    (here,) = json.loads(result.stdout)["targets"]
    days = [one["due_at"][:10] for one in here["next"]]
    assert 10 == len(days) == len(set(days))
    assert "2026-12-31" == days[0]
    assert sorted(days) == days
    moved = [one for one in here["next"] if one["due_at"][5:10] != "12-31"]
    assert moved
    assert all(one["moved"] for one in moved)


def test_the_same_is_told_in_both_languages(explain):
    chinese = explain(FILE, "chunmiao", YEARLY, "--on", "2026-11-23", lang="zh-CN").stdout
    english = explain(FILE, "chunmiao", YEARLY, "--on", "2026-11-23").stdout

    assert "适用" in chinese
    assert "春苗幼儿园" in chinese
    assert "以后 10 次" in chinese
    assert "applies" in english
    assert "stated for" in english
    assert "next 10" in english


def test_a_rule_of_devices_asks_about_each_and_about_one(explain):
    every = explain("examples/mall-group.yaml", "store-a", "se-reg-lift-15d", "--json")
    one = explain("examples/mall-group.yaml", "store-a/a-lift-1", "se-reg-lift-15d", "--json")

    assert len(json.loads(every.stdout)["targets"]) > 1
    assert ["store-a/a-lift-1"] == [each["target"] for each in json.loads(one.stdout)["targets"]]


def test_a_rule_that_applies_to_nothing_here_is_a_negative_finding(explain):
    result = explain(FILE, "chunmiao", "school-drill-monthly", "--json")

    assert ["does-not-apply"] == [one["verdict"] for one in json.loads(result.stdout)["targets"]]
    assert 1 == result.exit_code


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (("chunmiao",), "Name SITE RULE"),
        ((FILE, "nowhere", YEARLY), "has no nowhere"),
        ((FILE, "chunmiao", "fire-law-yearly-full-tests"), YEARLY),
        (("missing.yaml", "chunmiao", YEARLY), "missing.yaml"),
    ],
)
def test_what_does_not_exist_is_bad_input(explain, where, words):
    result = explain(*where)

    assert 2 == result.exit_code
    assert words in result.stderr


def test_the_site_is_read_from_the_record(explain, tmp_path):
    url = f"sqlite:///{tmp_path / 'record.db'}"
    sessions = open_database(url)
    with sessions.begin() as session:
        import_organisation(
            session, load_organisation(Path(FILE)), now=datetime(2026, 11, 1, tzinfo=UTC)
        )
    sessions.kw["bind"].dispose()

    found = explain("chunmiao", YEARLY, "--on", "2026-11-23", "--database", url, "--json")
    missing = explain("nowhere", YEARLY, "--database", url)

    from_file = explain(FILE, "chunmiao", YEARLY, "--on", "2026-11-23", "--json")
    assert json.loads(from_file.stdout) == json.loads(found.stdout)
    assert 2 == missing.exit_code
    assert "does not have a site nowhere" in missing.stderr
