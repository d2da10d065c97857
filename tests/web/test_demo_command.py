"""`xunjian demo`: the newcomer's first minute."""

import json
from contextlib import chdir
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from inspections.database import open_database
from inspections.demo_accounts import demo_accounts
from web.cli import main


def _demo(url):
    # The evidence goes below the working folder.
    with TemporaryDirectory() as folder, chdir(folder):
        answer = CliRunner().invoke(main, ["demo", "--no-serve", "--database", url, "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('demo')}/xunjian.db"


@pytest.fixture(scope="module")
def summary(url):
    return _demo(url)


def test_five_organisations_are_planned_and_every_occurrence_is_accounted_for(summary):
    keys = ["organisations", "sites", "duties", "occurrences", "assigned", "uncovered", "seconds"]

    assert list(summary) == keys
    assert summary["organisations"] == 5
    assert summary["sites"] == 9
    assert summary["occurrences"] > 5000
    assert summary["occurrences"] == summary["assigned"] + len(summary["uncovered"])
    assert all(each["reason"] for each in summary["uncovered"])


def test_each_organisation_has_an_administrator_a_safety_officer_and_an_inspector(summary, url):
    with open_database(url)() as session:
        roles = sorted(account.role for account in demo_accounts(session))

    assert roles == sorted(["administrator", "inspector", "safety-officer"] * 5)


def test_a_second_demo_on_the_same_record_repeats_nothing(summary, url):
    again = _demo(url)

    assert {key: again[key] for key in ("organisations", "sites", "duties")} == {
        key: summary[key] for key in ("organisations", "sites", "duties")
    }
    assert abs(again["occurrences"] - summary["occurrences"]) < 100  # the clock moved on
