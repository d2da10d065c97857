"""Taking back gives exactly what was there before, for everything that edits change."""

from datetime import date

import pytest

from inspections import edits
from inspections.edit_records import differences
from inspections.fact_edits import PieceFacts, SiteFacts
from inspections.round_edits import HouseRounds, SiteRounds
from inspections.taking_back import ChangedSince, TakenBack
from rules.organisation.happened import Decision
from rules.organisation.model import CalendarSpan, Person
from rules.text import Text

WORDS = Text(zh="原因", en="reason")
DAY = date(2026, 3, 4)
EDITS = {
    "facts of a site": SiteFacts("main", {"site.staff": 7, "site.city": None}),
    "facts of a place": PieceFacts("main", "place", "yard", {"place.kind": "car-park"}),
    "calendar": edits.ClosedDays("main", (CalendarSpan(since=DAY, until=DAY, reason=WORDS),)),
    "rounds": SiteRounds("main", ("yard",), ()),
    "turns": HouseRounds((), 4),
    "packs": edits.PacksNamed(("house-extra",)),
    "somebody new": edits.PersonEdit(Person(id="new", name=WORDS, sites=("main",))),
    "decision": edits.Answer(
        Decision(rule="a-rule", site="main", applies=False, note=WORDS, by="guard", on=DAY)
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_was_changed_is_as_before(name, campus):
    edited = EDITS[name].applied(campus)

    [each] = differences(campus, edited)
    back = TakenBack(each.subject, each.before, each.after).applied(edited)

    assert campus != edited
    assert campus == back


def test_what_changed_again_stays(campus):
    once = SiteFacts("main", {"site.staff": 7}).applied(campus)
    [each] = differences(campus, once)
    twice = SiteFacts("main", {"site.staff": 8}).applied(once)

    with pytest.raises(ChangedSince):
        TakenBack(each.subject, each.before, each.after).applied(twice)
