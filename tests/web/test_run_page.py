"""The run page: the version it shows, what a failure may be, and who else is at it."""

import re

import pytest

from inspections.database import open_database
from inspections.pinned_checklists import keep_checklist
from rules.loader import load_rulebook
from rules.text import Text
from tests.web.a_round import send
from tests.web.conftest import application, occurrence_of, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('run')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def inspector(app):
    return visitor_of(app, account=INSPECTOR)


@pytest.fixture
def path(app):
    return f"/occurrences/{occurrence_of(app, 'kindergarten-six-t-check')}/run"


def test_an_older_version_is_shown_where_a_check_was_begun_with_it(app, inspector, path):
    today = load_rulebook().checklist("kindergarten-six-t")
    first = today.items[0].model_copy(update={"title": Text(zh="旧的问法", en="as asked before")})
    older = today.model_copy(update={"items": (first, *today.items[1:])})
    other = load_rulebook().checklist("play-equipment")
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        digests = [keep_checklist(session, each) for each in (older, other)]

    shown, refused = (inspector.html(f"{path}?checklist={digest}") for digest in digests)

    assert "旧的问法" in shown
    assert f'data-checklist="{digests[0]}"' in shown
    # Only a version of the same checklist: nobody answers an easier one.
    assert "旧的问法" not in refused
    assert digests[1] not in refused


def test_nothing_lighter_than_the_rules_can_be_chosen_and_each_severity_has_its_deadline(
    inspector, path
):
    html = inspector.html(path)
    item = re.split(r'<section class="xj-item', html)[1]

    offered = re.findall(r'name="s-[^"]+" value="(\w+)"( disabled| checked)?>', item)
    assert [("minor", " disabled"), ("moderate", " checked"), ("severe", "")] == offered
    assert ["moderate", "severe"] == re.findall(r'data-due="(\w+)"', item)


def test_open_findings_are_offered_and_who_began_too_is_named(app, inspector, path):
    occurrence = int(re.search(r"\d+", path)[0])
    field = re.search(r'name="(a-[^"]+)" value="pass"', inspector.html(path))[1]
    before = inspector.html(path)
    send(inspector, occurrence, {field: "fail"}, action="save")

    html = visitor_of(app, account=OFFICER).html(path)

    assert "是同一个吗" not in before
    assert "是同一个吗" in html
    assert "与 F-2026-00001 是同一问题" in html
    assert "两份记录都保留" in html
    assert "两份记录都保留" not in inspector.html(path)
