"""One action on many findings: each by itself, kept, and taken back where nothing followed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound
from inspections.findings.bulk import KINDS, Bulk, act_on_many, batch
from inspections.findings.bulk_undo import NotUndoable, undo_batch
from inspections.findings.clock import clock_of
from inspections.findings.extensions import grant_time
from inspections.findings.letters import Post
from inspections.findings.log import log_of
from inspections.findings.rectification import confirm, submit_rectification
from inspections.messages.claims import Claimed
from inspections.messages.standing import withdrawn_because
from inspections.models import ChaseLetterRow, FindingRow, MessageRow, PersonRow
from tests.inspections.findings.conftest import LATER, PAPER

OFFICER = Editor("campus", "officer", "safety-officer")
HEAD = Editor("campus", "head", "administrator")
SOON = LATER + timedelta(minutes=5)


def _act(session, rulebook, kind, findings, *, post=PAPER, editor=OFFICER, **more):
    bulk = Bulk(kind, tuple(findings), note="原因", **more)
    return act_on_many(session, rulebook, bulk, editor=editor, post=post, now=LATER)


def _refused(session, done):
    return {one["id"]: "refused" in one for one in batch(session, done, editor=OFFICER).results}


@pytest.fixture
def closed(school, found):
    finding = found()
    submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="x")
    confirm(school, finding_id=finding, by="head", now=LATER)
    return finding


def test_each_is_done_or_refused_by_itself(school, rulebook, found, closed):
    first, second = found(), found()
    stranger = 987654

    done = _act(school, rulebook, "assign", [first, closed, stranger, second, first], to="guard")

    expected = {first: False, closed: True, stranger: True, second: False}
    assert expected == _refused(school, done)
    assert ["guard", "guard"] == [school.get_one(FindingRow, n).owner for n in (first, second)]
    assert "cook" == school.get_one(FindingRow, closed).owner


@pytest.mark.parametrize("kind", KINDS)
def test_no_action_on_many_closes_anything(school, rulebook, found, kind):
    waiting = found()
    submit_rectification(school, finding_id=waiting, by="cook", now=LATER, note="x")
    both = [waiting, found()]

    _act(school, rulebook, kind, both, to="guard", until=date(2026, 3, 20))

    assert ["awaiting_verification", "open"] == [
        clock_of(log_of(school, one)).state for one in both
    ]


def test_only_officers_act_on_many(school, rulebook, found):
    with pytest.raises(NotAllowed):
        _act(school, rulebook, "chase", [found()], editor=Editor("campus", "head", "team-lead"))


def test_another_organisation_sees_no_result(school, rulebook, found):
    done = _act(school, rulebook, "assign", [found()], to="guard")

    with pytest.raises(NotFound):
        batch(school, done, editor=Editor("elsewhere", "x", "administrator"))


def test_an_assignment_is_taken_back_where_nobody_changed_it_since(school, rulebook, found):
    untouched, unowned, moved = found(), found(owner=None, place=None), found()
    done = _act(school, rulebook, "assign", [untouched, unowned, moved], to="guard")
    _act(school, rulebook, "assign", [moved], to="fitter")

    undo_batch(school, done, editor=HEAD, now=SOON)

    owners = [school.get_one(FindingRow, one).owner for one in (untouched, unowned, moved)]
    assert ["cook", None, "fitter"] == owners
    undone = batch(school, done, editor=OFFICER).undo
    assert [False, False, True] == ["refused" in one for one in undone]
    with pytest.raises(NotUndoable):
        undo_batch(school, done, editor=HEAD, now=SOON)


def test_requests_for_time_are_taken_back_until_they_are_answered(school, rulebook, found):
    open_one, granted = found(), found()
    done = _act(school, rulebook, "ask", [open_one, granted], until=date(2026, 3, 20))
    grant_time(school, granted, note="好", editor=HEAD, now=LATER)

    undo_batch(school, done, editor=OFFICER, now=SOON)

    clocks = [clock_of(log_of(school, one)) for one in (open_one, granted)]
    assert [None, None] == [one.asked for one in clocks]
    assert [0, 1] == [one.extensions for one in clocks]


def test_an_escalation_and_what_is_old_are_not_taken_back(school, rulebook, found):
    told = _act(school, rulebook, "escalate", [found()], to="head")
    old = _act(school, rulebook, "assign", [found()], to="guard")

    with pytest.raises(NotUndoable):
        undo_batch(school, told, editor=OFFICER, now=SOON)
    with pytest.raises(NotUndoable):
        undo_batch(school, old, editor=OFFICER, now=LATER + timedelta(hours=25))


def test_each_owner_gets_one_letter_about_all_that_is_theirs(school, rulebook, found, closed):
    cooks, guards, nobodys = [found(), found()], found(owner="guard"), found(owner=None)
    waiting = found()
    submit_rectification(school, finding_id=waiting, by="cook", now=LATER, note="x")

    done = _act(school, rulebook, "chase", [*cooks, guards, nobodys, closed, waiting])

    letters = school.scalars(select(ChaseLetterRow).order_by(ChaseLetterRow.id)).all()
    told = {one.to: [each["id"] for each in one.findings] for one in letters}
    assert {"cook": cooks, "guard": [guards]} == told
    assert ["C-2026-00001", "C-2026-00002"] == [one.number for one in letters]
    # Three working days after Monday, with the school's hours.
    assert "2026-03-05T09:00:00+00:00" == letters[0].reply_by.isoformat()
    refused = {one for one, no in _refused(school, done).items() if no}
    assert {nobodys, closed, waiting} == refused


@pytest.fixture
def mailed(school, rulebook, found):
    school.scalars(select(PersonRow).filter_by(key="cook")).one().email = "cook@x.example"
    school.flush()
    finding = found()
    post = Post("https://x.example", has_mail=True)
    return finding, _act(school, rulebook, "chase", [finding], post=post)


def test_the_letter_goes_out_by_mail_with_the_way_back(school, mailed):
    finding, _done = mailed

    mail = school.scalars(select(MessageRow)).one()

    assert ("chase", "cook@x.example", "waiting") == (mail.kind, mail.address, mail.state)
    assert f"https://x.example/findings/{finding}" in mail.body
    assert "催办函 C-2026-00001" in mail.subject


def _claimed(row):
    shared = set(Claimed.__dataclass_fields__) - {"webhook"}
    return Claimed(webhook=None, **{name: getattr(row, name) for name in shared})


@pytest.mark.parametrize("settled", ["undone", "put right"])
def test_a_letter_that_came_too_late_is_not_sent(school, mailed, settled):
    finding, done = mailed
    mail = school.scalars(select(MessageRow)).one()
    before = withdrawn_because(school, _claimed(mail), now=SOON)

    if settled == "undone":
        undo_batch(school, done, editor=OFFICER, now=SOON)
    else:
        submit_rectification(school, finding_id=finding, by="cook", now=SOON, note="x")

    assert before is None
    assert "settled" == withdrawn_because(school, _claimed(mail), now=SOON).code


def test_a_letter_that_was_sent_is_not_taken_back(school, mailed):
    _finding, done = mailed
    school.scalars(select(MessageRow)).one().state = "sent"
    school.flush()

    undo_batch(school, done, editor=OFFICER, now=SOON)

    assert "refused" in batch(school, done, editor=OFFICER).undo[0]
    assert school.scalars(select(ChaseLetterRow)).one().withdrawn_at is None
