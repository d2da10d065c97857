"""The small school with its house rules and the default reactions of the product."""

from datetime import date

import pytest

from inspections.importing import import_organisation
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.rulebook import RuleBook
from tests.inspections.poured import pour
from tests.inspections.reactions.a_school import (
    NOW,
)


@pytest.fixture
def book(rulebook):
    """The house rules of the small school with the default reactions of the product."""
    whole = load_rulebook()
    (pack,) = (each for each in whole.packs if each.id == "default-reactions")
    return RuleBook((*rulebook.packs, pack), {**rulebook.texts, pack.id: whole.texts[pack.id]})


@pytest.fixture
def school(session, campus, book):
    def make(session):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 5, 10)}
        plan(session, book, organisation_id="campus", now=NOW, assign=False, **span)

    return pour(session, "campus with default reactions", make)
