from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from inspections.errors import FormUsedAlready, NotFound, WrongState
from inspections.handovers.listing import handovers, my_handovers
from inspections.handovers.shift_changes import shift_change
from inspections.handovers.writing import (
    Countersign,
    Note,
    NotTheRelief,
    ShiftNotBegun,
    take_over,
    write_handover,
)
from inspections.models import AuditRow, FindingRow, PostRow
from rules.faults import InputInvalid
from rules.text import Text
from tests.inspections.handovers.a_gate import (
    EVENING,
    HOUR,
    MONDAY,
    START,
    gate_of_three_shifts,
    publish,
)


@pytest.fixture
def site(session, campus):
    return gate_of_three_shifts(session, campus)


def _note(notes="西门读卡器失灵", keys=12):
    return Note(str(uuid4()), notes, keys)


def _evening(session, site):
    return shift_change(session, site, ("gate", MONDAY, "D"))


def _finding(session, site, number, severity):
    row = FindingRow(
        organisation_id="campus",
        number=number,
        site_id=site.id,
        title=Text(zh="问题", en="Finding"),
        severity=severity,
        state="open",
        found_at=START,
        due_at=START,
        arithmetic={},
        without=[],
    )
    session.add(row)
    session.flush()


def test_changes_of_shift_say_who_goes_and_who_comes_even_after_hours_without_anybody(
    session, site
):
    found = handovers(session, site, START, START + timedelta(days=3), now=START)

    told = [(one.change.day.day, one.change.shift, one.change.outgoing) for one in found]
    assert [(3, "N", ("guard",)), (2, "N", ("cook",)), (2, "D", ("guard",))] == told
    assert [(), ("guard",), ("cook",)] == [one.change.incoming for one in found]
    assert [None, START + timedelta(hours=43), EVENING] == [one.change.next_at for one in found]
    assert ["ahead"] * 3 == [one.state for one in found]


def test_the_roster_published_last_says_who_comes(session, site):
    publish(session, site, {(0, "D"): "guard", (0, "N"): "fitter"}, at=START + HOUR)

    assert ("fitter",) == _evening(session, site).incoming


def test_a_note_keeps_what_was_open_and_is_signed_by_the_relief(session, site):
    _finding(session, site, "F-1", "minor")
    _finding(session, site, "F-2", "severe")
    change = _evening(session, site)

    number = write_handover(session, change, _note(), by="guard", now=EVENING - HOUR)
    waiting = my_handovers(session, "campus", "cook", now=EVENING)
    _finding(session, site, "F-3", "severe")
    said = Countersign(11, "少一把仓库钥匙")
    take_over(session, change, said, handover_id=number, by="cook", now=EVENING)

    line = handovers(session, site, START, EVENING, now=EVENING)[0]
    assert ["waiting"] == [one.state for one in waiting]
    assert "taken" == line.state
    assert ["F-2", "F-1"] == [one["number"] for one in line.note.open_items]
    assert (11, "少一把仓库钥匙") == (line.note.taken_keys, line.note.taken_note)
    assert ("孙保安", "张师傅") == (line.name("guard").zh, line.name("cook").zh)
    log = session.scalars(select(AuditRow.action).where(AuditRow.subject == f"handover/{number}"))
    assert {"handover.written", "handover.taken"} == set(log)
    assert not my_handovers(session, "campus", "cook", now=EVENING)


def test_who_goes_is_asked_for_the_note_towards_the_end_of_the_shift(session, site):
    asked = [
        len(my_handovers(session, "campus", "guard", now=EVENING + hours * HOUR))
        for hours in (-6, -1, 11, 13)
    ]

    assert [0, 1, 1, 0] == asked
    assert ["missing"] == [
        one.state for one in handovers(session, site, START, EVENING, now=EVENING + HOUR)
    ]


def test_a_further_version_keeps_the_first_and_must_be_the_one_that_is_signed(session, site):
    change = _evening(session, site)
    first = _note("一切正常")
    old = write_handover(session, change, first, by="guard", now=EVENING)

    again = write_handover(session, change, first, by="guard", now=EVENING)
    new = write_handover(session, change, _note("补充：水泵异响", None), by="guard", now=EVENING)

    assert old == again
    said = {"by": "cook", "now": EVENING}
    with pytest.raises(WrongState):
        take_over(session, change, Countersign(12, ""), handover_id=old, **said)
    take_over(session, change, Countersign(None, ""), handover_id=new, **said)
    line = handovers(session, site, START, EVENING, now=EVENING)[0]
    assert [(2, "补充：水泵异响"), (1, "一切正常")] == [(n.version, n.notes) for n in line.notes]
    with pytest.raises(WrongState):
        take_over(session, change, Countersign(None, ""), handover_id=new, **said)
    with pytest.raises(WrongState):
        write_handover(session, change, _note(), by="guard", now=EVENING)


def test_nobody_signs_for_themselves_or_for_another_change_of_shift(session, site):
    change = _evening(session, site)
    number = write_handover(session, change, _note(), by="officer", now=EVENING)
    morning = shift_change(session, site, ("gate", MONDAY, "N"))

    for by in ("officer", "guard"):
        with pytest.raises(NotTheRelief):
            take_over(session, change, Countersign(12, ""), handover_id=number, by=by, now=EVENING)
    with pytest.raises(NotFound):
        take_over(session, morning, Countersign(12, ""), handover_id=number, by="head", now=EVENING)


@pytest.mark.parametrize(
    ("keys", "said", "wrong"),
    [(12, (None, ""), "counted"), (12, (-1, ""), "counted"), (12, (11, ""), "differs")],
)
def test_keys_are_counted_and_a_difference_is_explained(session, site, keys, said, wrong):
    change = _evening(session, site)
    number = write_handover(session, change, _note(keys=keys), by="guard", now=EVENING)

    with pytest.raises(InputInvalid) as refusal:
        take_over(session, change, Countersign(*said), handover_id=number, by="cook", now=EVENING)

    assert [wrong] == [one.field for one in refusal.value.faults]


def test_what_was_handed_over_stays_where_the_post_is_no_longer_there(session, site):
    write_handover(session, _evening(session, site), _note(), by="guard", now=EVENING)
    post = session.scalars(select(PostRow).filter_by(key="gate")).one()

    post.ended_on = MONDAY + timedelta(days=1)

    found = handovers(session, site, START, START + timedelta(days=3), now=EVENING)
    told = [(one.change.day, one.change.shift, one.state) for one in found]
    assert [(MONDAY, "N", "running"), (MONDAY, "D", "waiting")] == told


def test_an_empty_note_and_a_note_before_the_shift_are_refused(session, site):
    change = _evening(session, site)

    with pytest.raises(InputInvalid) as refusal:
        write_handover(session, change, _note("", 10_000), by="guard", now=EVENING)
    with pytest.raises(ShiftNotBegun):
        write_handover(session, change, _note(), by="guard", now=change.since - HOUR)

    assert ["notes", "keys"] == [one.field for one in refusal.value.faults]


def test_a_form_keeps_one_note_of_one_shift_and_person_however_often_it_is_sent(session, site):
    first, night = _evening(session, site), shift_change(session, site, ("gate", MONDAY, "N"))
    note, later = _note(), EVENING + 8 * HOUR
    edited = Note(note.client_id, "水泵异响", note.keys)

    number = write_handover(session, first, note, by="guard", now=EVENING)
    again = write_handover(session, first, note, by="guard", now=later)
    for change, what, by in (
        (first, edited, "guard"),
        (first, note, "cook"),
        (night, note, "cook"),
    ):
        with pytest.raises(FormUsedAlready):
            write_handover(session, change, what, by=by, now=later)

    assert number == again
    lines = handovers(session, site, START, later, now=later)
    assert [number] == [one.id for line in lines for one in line.notes]
