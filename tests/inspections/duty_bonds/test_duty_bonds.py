from datetime import timedelta

import pytest

from inspections.duty_bonds.entering import AskedBond, end_bond, enter_bond
from inspections.duty_bonds.listing import bonds_at
from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound, WrongState
from inspections.importing import import_organisation
from inspections.lookup import site_by_key
from inspections.models import AuditRow
from inspections.rosters import roster_question
from rules.faults import InputInvalid
from rules.text import Text
from scheduler.roster.explain.wanted import wanted_lines
from scheduler.roster.problem import Bond
from tests.inspections.handovers.a_gate import MONDAY, START

OFFICER = Editor("campus", "officer", "safety-officer")
DAY = timedelta(days=1)
TRAINEE = AskedBond("main", "with", "cook", ("guard", "fitter"), "新员工", MONDAY, None)
APART = AskedBond("main", "apart", "cook", ("guard",), "亲属", MONDAY + 7 * DAY, MONDAY + 9 * DAY)


@pytest.fixture
def site(session, campus):
    import_organisation(session, campus, now=START)
    return site_by_key(session, "campus", "main")


def _enter(session, asked, editor=OFFICER):
    return enter_bond(session, asked, editor=editor, now=START)


def _question(session, rulebook, since=MONDAY):
    return roster_question(
        session,
        rulebook,
        organisation_id="campus",
        since=since,
        until=since + 6 * DAY,
        now=START,
    )


def test_the_solver_is_asked_for_the_bonds_that_hold_on_a_day_of_the_roster(
    session, site, rulebook
):
    first = _enter(session, TRAINEE)
    _enter(session, APART)

    one, both = _question(session, rulebook), _question(session, rulebook, MONDAY + 7 * DAY)
    end_bond(session, first, editor=OFFICER, now=START)
    left = _question(session, rulebook)

    new = Text(zh="新员工", en="新员工")
    pairing = Bond("with", ("cook", "guard", "fitter"), new, since=MONDAY)
    assert ((pairing,), 2, ()) == (one.bonds, len(both.bonds), left.bonds)
    assert ["张师傅须与孙保安、赵工之一同班（新员工）。"] == [
        line.zh for line in wanted_lines(one, {}, "cook", MONDAY)
    ]


def test_a_pairing_whose_others_left_says_that_it_keeps_somebody_from_every_shift(
    session, campus, site, rulebook
):
    _enter(session, TRAINEE)
    stay = tuple(one for one in campus.people if one.id not in {"guard", "fitter"})
    import_organisation(session, campus.model_copy(update={"people": stay}), now=START)

    line = bonds_at(session, site, MONDAY)[0]

    assert line.nobody_left
    asked = _question(session, rulebook)
    assert [("cook",)] == [bond.people for bond in asked.bonds]
    assert [line.zh for line in wanted_lines(asked, {}, "cook", MONDAY)]


WRONG = [
    ({"kind": None, "person": "x", "others": ()}, ["kind", "person", "others"]),
    ({"others": ("cook", "guard"), "reason": ""}, ["others", "reason"]),
    ({"since": None}, ["since"]),
    ({"until": MONDAY - DAY}, ["until"]),
    ({"until_given": True}, ["until"]),
]


def test_a_bond_that_is_not_sound_names_every_field(session, site):
    told = []
    for wrong, _fields in WRONG:
        with pytest.raises(InputInvalid) as refused:
            _enter(session, AskedBond(**{**vars(TRAINEE), **wrong}))
        told.append([one.field for one in refused.value.faults])

    assert [fields for _wrong, fields in WRONG] == told


def test_the_same_is_entered_once_and_only_by_officers_of_the_site(session, site):
    number = _enter(session, APART)

    with pytest.raises(InputInvalid):
        _enter(session, AskedBond(**{**vars(APART), "person": "guard", "others": ("cook",)}))
    _enter(session, AskedBond(**{**vars(APART), "since": MONDAY + 10 * DAY, "until": None}))
    with pytest.raises(NotAllowed):
        _enter(session, TRAINEE, Editor("campus", "officer", "team-lead"))
    elsewhere = Editor("campus", "officer", "safety-officer", ("elsewhere",))
    with pytest.raises(NotFound):
        _enter(session, TRAINEE, elsewhere)
    with pytest.raises(NotFound):
        end_bond(session, number, editor=elsewhere, now=START)
    end_bond(session, number, editor=OFFICER, now=START)
    with pytest.raises(WrongState):
        end_bond(session, number, editor=OFFICER, now=START)
    said = [row.action for row in session.query(AuditRow).order_by(AuditRow.id)]
    assert ["bond.entered", "bond.entered", "bond.ended"] == said[-3:]
