"""A plan for organisations outside China, from the record and with the built-in packs."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import DutyRow, OccurrenceRow
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation

ABROAD = Path(__file__).parents[1] / "abroad"
BOOK = load_rulebook()
NOW = datetime(2026, 4, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("uk-school", {"hsg274-monthly": 2, "bs5266-monthly": 2, "bs5839-weekly": 7}),
        ("us-hospital", {"us-osha-ext-monthly": 2}),
    ],
)
def test_a_plan_abroad_holds_the_duties_of_the_country_and_gives_them_to_people(
    session, name, expected
):
    organisation = load_organisation(ABROAD / f"{name}.yaml", BOOK)
    import_organisation(session, organisation, now=NOW)

    result = plan(
        session,
        BOOK,
        organisation_id=name,
        since=date(2026, 4, 13),
        until=date(2026, 5, 31),
        now=NOW,
    )

    rows = session.scalars(select(DutyRow.rule).join(OccurrenceRow))
    found = Counter(rows)
    assert expected == {rule: found[rule] for rule in expected}
    assert not [rule for rule in found if BOOK.pack_of(rule).countries == ("CN",)]
    assert (result.assigned, ()) == (result.occurrences - result.settled, result.uncovered)
