# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
import re

import pytest

from rules.condition_reading import readings
from rules.derive import derive
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from tests.web.planned_record import (  # noqa: F401 - fixtures
    EXAMPLES,
    INSPECTOR,
    MONDAY,
    app,
    clock,
    sessions,
    signed_in,
)

BOOK = load_rulebook()
TODAY = MONDAY.date()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path", ["/rules", "/rules?here=binds", "/rules/se-reg-lift-15d", "/rules?q=zzzz"]
)
def test_page_keeps_the_rules_of_the_house(path, language, signed_in):
    assert "</html>" in signed_in("office", language).page(path)


def test_search_finds_words_of_title_clause_and_instrument(signed_in):
    visitor = signed_in("office")

    assert "/rules/se-reg-lift-15d" in visitor.page("/rules?q=电梯+第三十一条")
    assert "/rules/se-reg-lift-15d" in visitor.page("/rules?q=se-reg-lift-15d")


def test_rules_of_the_list_are_those_that_the_filters_name(signed_in):
    html = signed_in("office").page("/rules?grade=A&kind=coverage")

    shown = set(re.findall(r'href="/rules/([a-z0-9-]+)"', html)) & BOOK.rules.keys()
    assert shown
    assert {("A", "coverage")} == {
        (BOOK.rule(one).source.grade, BOOK.rule(one).kind) for one in shown
    }


def test_house_rules_of_others_are_not_shown(signed_in):
    visitor = signed_in("office")
    foreign = next(rule for pack in BOOK.packs if pack.id == "house-mall" for rule in pack.rules)

    visitor.page(f"/rules/{foreign.id}", status=404)


def test_every_rule_of_an_organisation_has_a_page(signed_in):
    visitor = signed_in("office")
    organisation = load_organisation(EXAMPLES / "government-office.yaml")
    book = BOOK.for_organisation(organisation)

    for rule in list(book.rules.values())[::7]:
        assert rule.title.zh in visitor.page(f"/rules/{rule.id}").replace("&#34;", '"')


def test_lift_page_shows_tests_dates_and_examples(signed_in):
    html = signed_in("office").page("/rules/se-reg-lift-15d")

    assert "相邻两次不超过 15 日" in html
    assert "满足" in html
    assert html.count('class="xj-nowrap"') == 10
    assert "durable-rules" in html or "纯 Python" in html


def test_random_rule_shows_no_dates(signed_in):
    organisation = load_organisation(EXAMPLES / "government-office.yaml")
    book = BOOK.for_organisation(organisation)
    drawn = next(
        rule
        for rule in book.rules.values()
        if rule.versions[-1].cadence and rule.versions[-1].cadence.type == "random"
    )

    html = signed_in("office").page(f"/rules/{drawn.id}")

    assert "开放前不显示日期" in html
    assert 'class="xj-nowrap"' not in html


def test_reaction_page_shows_event_condition_and_what_follows(signed_in):
    html = signed_in("office", "en").page("/rules/default-sample-taken")

    assert "a food sample is taken or looked at" in html
    assert "Thrown out = no" in html
    assert "not before 48 hours, by whoever is on duty, within 72 hours" in html
    assert "Whom it binds" not in html


def test_unknown_rule_is_not_found(signed_in):
    signed_in("office").page("/rules/no-such-rule", status=404)


def test_inspectors_have_no_rules_browser(signed_in):
    signed_in(INSPECTOR).page("/rules", status=403)


@pytest.mark.parametrize("name", ["kindergarten", "government-office"])
def test_reading_test_by_test_agrees_with_the_derivation(name):
    organisation = load_organisation(EXAMPLES / f"{name}.yaml")
    book = BOOK.for_organisation(organisation)
    derived = {(one.rule, one.target): one.status for one in derive(book, organisation, TODAY)}

    read = {
        (rule.id, one.target): one.standing
        for rule in book.rules.values()
        for one in readings(book, organisation, rule.id, TODAY)
        if one.standing is not None
    }

    assert derived == read


def test_tests_that_must_all_hold_explain_the_outcome():
    organisation = load_organisation(EXAMPLES / "government-office.yaml")
    book = BOOK.for_organisation(organisation)

    for rule in book.rules.values():
        for one in readings(book, organisation, rule.id, TODAY):
            plain = [test.holds for test in one.tests if not test.alternative]
            if one.holds:
                assert all(plain), (rule.id, one.target)
