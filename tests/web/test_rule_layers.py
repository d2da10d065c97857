# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
"""The rules pages show which layer won, over which, and why."""

import re
from datetime import date

import pytest
import yaml

from inspections.planning import plan
from inspections.published_packs import rulebook_for
from inspections.publishing_packs import publish_pack
from rules.loader import load_rulebook
from tests.web.planned_record import (  # noqa: F401 - fixtures
    MONDAY,
    app,
    clock,
    sessions,
    signed_in,
)

LAW = "se-reg-lift-15d"


def stricter_pack(book):
    """Ask for lift maintenance each week where the law asks for each fortnight."""
    rule = book.rule(LAW).model_dump(mode="json", by_alias=True, exclude_none=True)
    rule.pop("applies")
    rule["versions"][-1]["cadence"]["days"] = 7
    source = {
        "instrument": rule["source"]["instrument"],
        "clause": {"zh": "第 5 条", "en": "Rule 5"},
    }
    changed = {
        "id": "office-lift-weekly",
        "title": {"zh": "电梯每周维保", "en": "Lifts are maintained each week"},
        "source": source | {"grade": "A", "origin": "house rules, 5"},
        "applies": {"asset.kind": "lift"},
        "tightens": LAW,
        "examples": [
            {"name": "lift", "facts": {"asset.kind": "lift"}, "applies": True},
            {"name": "camera", "facts": {"asset.kind": "camera"}, "applies": False},
        ],
    }
    pack = {
        "id": "office-own",
        "title": {"zh": "本单位规则", "en": "Our rules"},
        "layer": "site",
        "version": "2026-11-22",
        "rules": [rule | changed],
    }
    return yaml.safe_dump(pack, allow_unicode=True)


@pytest.fixture(scope="module")
def _published(app):
    from inspections.database import open_database

    book = load_rulebook()
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        publish_pack(
            session,
            organisation_id="government-office",
            text=stricter_pack(book),
            note="After the fault in October",
            by="office",
            now=MONDAY,
            builtin=book,
        )
        plan(
            session,
            rulebook_for(session, "government-office", book),
            organisation_id="government-office",
            since=date(2026, 11, 23),
            until=date(2026, 12, 6),
            now=MONDAY,
            assign=False,
        )


@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/rules/office-lift-weekly", f"/rules/{LAW}", "/rules?q=lift"])
def test_page_keeps_the_rules_of_the_house(path, language, signed_in):
    assert "</html>" in signed_in("office", language).page(path)


@pytest.mark.usefixtures("_published")
def test_the_winner_names_what_it_overrules_and_why(signed_in):
    html = signed_in("office", "en").page("/rules/office-lift-weekly")

    assert re.search(r"overruled at \d+ targets", html)
    assert "is stricter than" in html
    assert "below it is" in html


@pytest.mark.usefixtures("_published")
def test_the_law_names_the_rule_that_stands_over_it(signed_in):
    html = signed_in("office").page(f"/rules/{LAW}")

    assert 'href="/rules/office-lift-weekly"' in html
    assert "高于本规则" in html
    assert "严于" in html


@pytest.mark.usefixtures("_published")
def test_the_list_marks_both(signed_in):
    visitor = signed_in("office")

    assert "高于下层规则" in visitor.page("/rules?q=office-lift-weekly")
    assert "由更严的规则代表" in visitor.page(f"/rules?q={LAW}")


@pytest.mark.usefixtures("_published")
def test_what_one_organisation_published_another_does_not_see(signed_in):
    signed_in().page("/rules/office-lift-weekly", status=404)
