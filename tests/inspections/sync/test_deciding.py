"""A person decides over conflicts and refusals; the record only grows."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import select

from inspections.errors import NotFound
from inspections.models import AnswerRow, AuditRow, FindingRow, InspectionRow, SyncItemRow
from inspections.sync.deciding import AlreadyDecided, Decider, decide, set_aside, try_again
from inspections.sync.kept_items import kept_counts, kept_item, versions_beside
from tests.inspections.recording.a_school import count, nth_occurrence
from tests.inspections.sync.a_tablet import LATER, uuid_of

HEAD = Decider("campus", "head")


def other_version(item, **changes):
    """The same item with other words."""
    text = json.dumps({**json.loads(item["body"]), **changes}, ensure_ascii=False)
    return {**item, "body": text, "sha256": sha256(text.encode()).hexdigest()}


@pytest.fixture
def conflict(tablet, school):
    """Two versions of one answer, the check still running."""
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    first = one.answer("round", yard, "surface", "pass")
    acks = one.send([first]) + one.send([other_version(first, value="fail", note="有裂缝")])
    assert ["stored", "conflict"] == [ack.status for ack in acks]
    return school.scalars(select(SyncItemRow.number).filter_by(state="conflict")).one()


@pytest.mark.parametrize(("choice", "values"), [("both", 2), ("second", 2), ("first", 1)])
def test_choosing_adds_the_second_version_and_removes_nothing(
    school, rulebook, conflict, choice, values
):
    decide(school, rulebook, conflict, choice, decider=HEAD, now=LATER)

    answers = list(school.scalars(select(AnswerRow.value).order_by(AnswerRow.attempt)))
    assert ["pass", "fail"][:values] == answers
    assert values - 1 == count(school, FindingRow)
    kept = kept_item(school, conflict, organisation="campus")
    assert ("pass", "fail") == (kept.first.body.value, kept.second.body.value)
    assert choice == kept.second.decision
    entry = school.scalars(select(AuditRow).filter_by(action="sync.decided")).one()
    assert ("head", choice) == (entry.by, entry.after["decision"])


def test_a_second_decision_is_refused(school, rulebook, conflict):
    decide(school, rulebook, conflict, "both", decider=HEAD, now=LATER)

    with pytest.raises(AlreadyDecided):
        decide(school, rulebook, conflict, "first", decider=HEAD, now=LATER)


@pytest.mark.parametrize(
    "decider", [replace(HEAD, organisation="other"), replace(HEAD, sites=("elsewhere",))]
)
def test_conflicts_of_others_are_not_there(school, rulebook, conflict, decider):
    with pytest.raises(NotFound):
        decide(school, rulebook, conflict, "both", decider=decider, now=LATER)

    assert 0 == kept_counts(school, decider.organisation, sites=decider.sites)["conflict"]


def test_a_failure_that_comes_after_the_signature_stands_beside_the_record_with_its_finding(
    tablet, school, rulebook
):
    one, yard = tablet(), nth_occurrence(school, "yard-daily")
    one.answer("round", yard, "surface", "pass")
    one.answer("round", yard, "gate", "locked")
    one.finish("round")
    one.send_all()
    signed = school.scalars(select(InspectionRow.digest)).one()
    late = one.answer("round", yard, "surface", "fail", note="补看时发现裂缝")

    acks = one.send([late])
    number = school.scalars(select(SyncItemRow.number).filter_by(state="conflict")).one()
    outcome = decide(school, rulebook, number, "both", decider=HEAD, now=LATER)

    assert ["conflict"] == [ack.status for ack in acks]
    finding = school.get_one(FindingRow, outcome["finding"])
    assert ("yard", "补看时发现裂缝", "minor") == (
        finding.place,
        finding.detail,
        finding.severity,
    )
    assert signed == school.scalars(select(InspectionRow.digest)).one()
    assert [number] == [one.number for one in versions_beside(school, uuid_of("round"))]


def test_a_refused_item_is_recorded_once_its_cause_is_gone(tablet, school, rulebook):
    one, yard = tablet("viewer"), nth_occurrence(school, "yard-daily")
    one.send([one.answer("round", yard, "surface", "fail")])
    number = school.scalars(select(SyncItemRow.number)).one()
    still = try_again(school, rulebook, number, decider=HEAD, now=LATER)
    _give_role(school, "campus-viewer", "inspector")

    state = try_again(school, rulebook, number, decider=HEAD, now=LATER)

    assert ("refused", "applied", 1) == (still, state, count(school, FindingRow))


def test_what_is_set_aside_stays_readable(tablet, school, rulebook):
    one, yard = tablet("viewer"), nth_occurrence(school, "yard-daily")
    one.send([one.answer("round", yard, "surface", "fail", note="原文")])
    number = school.scalars(select(SyncItemRow.number)).one()

    set_aside(school, number, decider=HEAD, now=LATER)

    kept = kept_item(school, number, organisation="campus").second
    assert ("decided", "aside", "原文") == (kept.state, kept.decision, kept.body.note)


def _give_role(session, name, role):
    from inspections.models import AccountRow

    session.scalars(select(AccountRow).filter_by(name=name)).one().role = role
    session.flush()
