"""`xunjian drills`: a year proposed, published and shown, and no surprise printed."""

import json

import pytest
from click.testing import CliRunner

from inspections.database import open_database
from tests.inspections.drills.a_year import MALL, planned
from web.cli import main

_RULE = "mall-evacuation-drill"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("XUNJIAN_LANG", "en")
    url = f"sqlite:///{tmp_path / 'record.db'}"

    def run(*arguments):
        named = ["drills", *map(str, arguments), "--year", "2027", "--database", url]
        return CliRunner().invoke(main, named)

    sessions = open_database(url)
    with sessions.begin() as session:
        planned(session)
    sessions.kw["bind"].dispose()
    return run


def test_a_year_is_proposed_published_and_shown_without_its_surprises(run):
    proposed = json.loads(run("propose", "--unannounced", _RULE, "--json").stdout)
    published = json.loads(run("publish", "--json").stdout)
    shown = json.loads(run("show", "--json").stdout)

    assert 208 == proposed["unannounced"] == published["unannounced"]
    assert [] == proposed["missing"]
    assert MALL == shown["organisation"]
    assert published["published"] - 208 == len(shown["drills"])


def test_a_rule_that_demands_an_announcement_is_refused_with_its_clause(run):
    refused = run("propose", "--unannounced", "mps61-drill-key-halfyear", "--together", "nothing")

    assert 2 == refused.exit_code
    assert "Art. 40(1)" in refused.stderr
    assert "There is no drill rule nothing" in refused.stderr


def test_publishing_what_nobody_proposed_says_what_to_do(run):
    refused = run("publish")

    assert 2 == refused.exit_code
    assert "Propose them first" in refused.stderr
