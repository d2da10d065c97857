"""The page behind `xunjian rules explain`, and the way to it."""

import re

import pytest

from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER

RULE = "fire-law-yearly-full-test"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('why')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture(scope="module")
def officer(app):
    return visitor_of(app, "en", OFFICER)


def test_every_condition_has_its_value_and_its_origin(officer):
    html = officer.html(f"/rules/{RULE}/why?at=chunmiao&on=2026-11-23")

    assert "all of the following" in html
    assert "Public institution" in html
    assert "stated for Spring Seedling, main campus" in html
    assert 10 == html.count('<td class="xj-nowrap">')
    assert "brought forward" in html


def test_a_day_before_the_rule_says_that_it_was_not_in_force(officer):
    html = officer.html(f"/rules/{RULE}/why?at=chunmiao&on=1999-01-01")

    assert "Not in force on that day." in html
    assert "does not apply" in html


def test_a_concluded_fact_leads_to_the_rule_behind_it(officer):
    html = officer.html("/rules/fire-law-checks-drills/why?at=chunmiao")

    for rule in re.findall(r'href="/rules/([a-z0-9-]+)">concluded by', html):
        assert 200 == officer.raw.get(f"/rules/{rule}").status_code


@pytest.mark.parametrize("query", ["", "?at=nowhere", "?on=2026-02-30", "?on=9999-99-99"])
def test_a_wrong_address_shows_the_first_target_today(officer, query):
    assert "Spring Seedling" in officer.html(f"/rules/{RULE}/why{query}")


def test_what_does_not_exist_is_not_found_and_the_page_is_not_for_everyone(app, officer):
    inspector = visitor_of(app, "en", INSPECTOR)

    assert 404 == officer.raw.get("/rules/nothing/why").status_code
    assert 403 == inspector.raw.get(f"/rules/{RULE}/why").status_code


def test_the_rule_page_and_the_coverage_chain_lead_to_it(officer):
    rule = officer.html(f"/rules/{RULE}")
    chain = officer.html(f"/coverage?cell={RULE}%40chunmiao")

    assert f'href="/rules/{RULE}/why?at=chunmiao"' in rule
    assert f'href="/rules/{RULE}/why?at=chunmiao"' in chain
