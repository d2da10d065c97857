from datetime import timedelta

import pytest

from inspections.duty_wishes.checking import AskedWish
from inspections.duty_wishes.entering import enter_wish, withdraw_wish
from inspections.duty_wishes.listing import wishes_at, wishes_of
from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound, WrongState
from inspections.importing import import_organisation
from inspections.lookup import person_by_key
from inspections.models import AuditRow, DutyWishRow
from inspections.rosters import roster_question, solve_rosters
from rules.faults import InputInvalid
from scheduler.roster.objective import unmet_wishes
from scheduler.roster.problem import Wish
from tests.inspections.handovers.a_gate import MONDAY, START, gate_of_three_shifts

COOK = Editor("campus", "cook", "inspector")
OFFICER = Editor("campus", "officer", "safety-officer")
DAY = timedelta(days=1)
NEXT = MONDAY + 7 * DAY
LATER = START + 7 * DAY


@pytest.fixture
def site(session, campus):
    return gate_of_three_shifts(session, campus)


def _asked(kind="off", since=NEXT, until=None, cell=None, client_id="c-1", **more):
    return AskedWish(client_id, more.get("person", "cook"), kind, since, until or since, cell, "")


def _enter(session, editor=COOK, **asked):
    return enter_wish(session, _asked(**asked), editor=editor, now=START)


def _question(session, rulebook, since=NEXT):
    return roster_question(
        session,
        rulebook,
        organisation_id="campus",
        since=since,
        until=since + 6 * DAY,
        now=START,
    )


def test_the_solver_is_asked_for_the_wishes_that_hold(session, site, rulebook):
    _enter(session, until=NEXT + DAY)
    _enter(session, kind="avoid", cell=("gate", "N"), since=NEXT + 2 * DAY, client_id="c-2")
    gone = _enter(session, kind="stand", cell=("gate", "D"), since=NEXT + 4 * DAY, client_id="c-3")
    withdraw_wish(session, gone, editor=COOK, now=START)

    asked = _question(session, rulebook)

    avoided = Wish("cook", NEXT + 2 * DAY, ("gate", "N"), unwanted=True)
    assert (Wish("cook", NEXT), Wish("cook", NEXT + DAY), avoided) == asked.wishes


def test_a_roster_meets_the_wishes_and_the_list_says_which_days(session, campus, rulebook):
    import_organisation(session, campus, now=START)
    _enter(session, until=NEXT + DAY)
    _enter(session, kind="stand", cell=("gate", "D"), since=NEXT + 2 * DAY, client_id="c-2")
    before = {one.state for one in wishes_at(session, "campus", "main", NEXT)}

    solved = solve_rosters(
        session,
        rulebook,
        organisation_id="campus",
        since=NEXT,
        until=NEXT + 6 * DAY,
        now=LATER,
        steps=60,
    )

    cook = person_by_key(session, "campus", "cook")
    assert {"open"} == before
    assert [] == unmet_wishes(solved.problem, solved.roster.cells)
    assert ["granted"] * 2 == [one.state for one in wishes_at(session, "campus", "main", NEXT)]
    assert {"open"} == {one.state for one in wishes_of(session, cook, NEXT)}


def test_what_a_published_roster_made_of_a_wish_is_told_by_day(session, site):
    row = DutyWishRow(
        client_id="c",
        organisation_id="campus",
        person_id=person_by_key(session, "campus", "cook").id,
        kind="off",
        since=MONDAY,
        until=MONDAY + DAY,
        reason="",
        by="cook",
        entered_at=START,
    )
    session.add(row)
    session.flush()

    line = wishes_of(session, person_by_key(session, "campus", "cook"), MONDAY)[0]

    assert {MONDAY: "refused", MONDAY + DAY: "granted"} == line.days
    assert ("partly", 1) == (line.state, line.granted)


WRONG = [
    ({"kind": None, "since": None}, ["kind", "since", "until"]),
    ({"kind": "stand"}, ["shift"]),
    ({"kind": "avoid", "cell": ("gate", "X")}, ["shift"]),
    ({"until": NEXT - DAY}, ["until"]),
    ({"until": NEXT + 40 * DAY}, ["until"]),
    ({"since": MONDAY - DAY}, ["since"]),
    ({"since": MONDAY + 6 * DAY}, ["since"]),
]


def test_a_wish_that_is_not_sound_names_every_field(session, site):
    told = []
    for asked, _fields in WRONG:
        with pytest.raises(InputInvalid) as refused:
            _enter(session, **asked)
        told.append([one.field for one in refused.value.faults])

    assert [fields for _asked, fields in WRONG] == told


def test_wishes_that_contradict_each_other_are_refused_and_one_sent_twice_is_one(session, site):
    first = _enter(session, until=NEXT + 2 * DAY)

    assert first == _enter(session, until=NEXT + 2 * DAY)
    with pytest.raises(InputInvalid):
        _enter(session, kind="stand", cell=("gate", "D"), client_id="c-2")
    _enter(session, kind="avoid", cell=("gate", "D"), client_id="c-3")
    with pytest.raises(InputInvalid):
        _enter(session, kind="avoid", cell=("gate", "D"), client_id="c-4")


def test_officers_enter_for_others_and_nobody_else_does(session, site):
    number = _enter(session, OFFICER)

    for stranger, refusal in (
        (Editor("campus", "guard", "inspector"), NotAllowed),
        (Editor("campus", "officer", "safety-officer", ("elsewhere",)), NotFound),
        (Editor("campus", "officer", "team-lead"), NotAllowed),
    ):
        with pytest.raises(refusal):
            _enter(session, stranger, client_id="c-2")
        with pytest.raises(refusal):
            withdraw_wish(session, number, editor=stranger, now=START)
    with pytest.raises(NotFound):
        withdraw_wish(session, number + 1, editor=OFFICER, now=START)
    with pytest.raises(WrongState):
        withdraw_wish(session, number, editor=COOK, now=LATER + DAY)
    withdraw_wish(session, number, editor=COOK, now=START)
    with pytest.raises(WrongState):
        withdraw_wish(session, number, editor=COOK, now=START)
    said = [row.action for row in session.query(AuditRow).order_by(AuditRow.id)]
    assert ["wish.entered", "wish.withdrawn"] == said[-2:]
