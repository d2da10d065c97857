from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.errors import (
    FollowUpOpen,
    MaintainerConfirms,
    SamePerson,
    TooLate,
    WrongState,
)
from inspections.findings.follow_ups import finish_follow_up
from inspections.findings.opening import FindingReport, open_finding
from inspections.findings.rectification import (
    assign_owner,
    confirm,
    escalate,
    know_until,
    reject,
    reopen,
    start_rectification,
    submit_rectification,
)
from inspections.importing import import_organisation
from inspections.models import DutyRow, FindingEventRow, FindingRow, FollowUpRow, OccurrenceRow
from inspections.outcomes import NotExplained, excuse, explain_missed, sign_missed
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.sweep import sweep
from rules.faults import InputInvalid
from rules.text import Text
from tests.inspections.poured import pour

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
FOUND = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)  # 16:20 in Shanghai
LATER = FOUND + timedelta(minutes=30)


@pytest.fixture
def school(session, campus, rulebook):
    def make(session):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 31)}
        plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)

    return pour(session, "campus in March", make)


def _occurrence(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).first()


def _failed(session, rulebook, rule, by, **answers):
    occurrence = _occurrence(session, rule)
    clock = server_clock(FOUND)
    inspection = start_inspection(
        session,
        rulebook,
        inspection_id="6d1f6f0e-0000-4000-8000-000000000001",
        occurrence_id=occurrence.id,
        by=by,
        clock=clock,
    ).id
    given = {item: AnswerGiven(value) for item, value in answers.items()}
    record_answers(session, rulebook, inspection_id=inspection, answers=given, clock=clock)
    return finish_inspection(session, rulebook, inspection_id=inspection, clock=clock).findings[0]


@pytest.fixture
def alarm_fault(school, rulebook):
    """A fire-alarm fault found at 16:20; the fitter maintains the system."""
    return _failed(school, rulebook, "alarm-monthly", "officer", rings="fail")


def test_a_fault_of_the_alarm_is_due_the_same_day(school, alarm_fault):
    finding = school.get_one(FindingRow, alarm_fault)

    assert datetime(2026, 3, 2, 9, 0, tzinfo=UTC) == finding.due_at
    assert ("severe", "fitter", "alarm") == (finding.severity, finding.owner, finding.asset)


def test_who_put_it_right_does_not_confirm_it(school, alarm_fault):
    submit_rectification(school, finding_id=alarm_fault, by="officer", now=LATER, note="reset")

    with pytest.raises(SamePerson) as refusal:
        confirm(school, finding_id=alarm_fault, by="officer", now=LATER)

    assert "请由另一人复查" in refusal.value.text.zh
    assert "awaiting_verification" == school.get_one(FindingRow, alarm_fault).state


def test_the_maintainer_does_not_confirm_even_what_another_put_right(school, alarm_fault):
    submit_rectification(school, finding_id=alarm_fault, by="officer", now=LATER, note="reset")

    with pytest.raises(MaintainerConfirms):
        confirm(school, finding_id=alarm_fault, by="fitter", now=LATER)


def test_another_person_closes_it(school, alarm_fault):
    submit_rectification(school, finding_id=alarm_fault, by="fitter", now=LATER, note="new horn")

    assert "closed" == confirm(school, finding_id=alarm_fault, by="officer", now=LATER)
    query = select(FindingEventRow.kind).order_by(FindingEventRow.id)
    assert ["opened", "started", "submitted", "confirmed"] == list(school.scalars(query))


def test_nothing_is_confirmed_before_it_is_submitted(school, alarm_fault):
    start_rectification(school, finding_id=alarm_fault, by="fitter", now=LATER)

    with pytest.raises(WrongState):
        confirm(school, finding_id=alarm_fault, by="officer", now=LATER)


def test_who_put_it_right_may_not_send_it_back_either(school, alarm_fault):
    submit_rectification(school, finding_id=alarm_fault, by="fitter", now=LATER, note="x")

    with pytest.raises(SamePerson):
        reject(school, finding_id=alarm_fault, by="fitter", now=LATER, note="no")


def test_a_rejected_rectification_begins_again(school, alarm_fault):
    submit_rectification(school, finding_id=alarm_fault, by="fitter", now=LATER, note="x")

    assert "open" == reject(school, finding_id=alarm_fault, by="officer", now=LATER, note="silent")
    submit_rectification(school, finding_id=alarm_fault, by="fitter", now=LATER, note="y")
    assert "closed" == confirm(school, finding_id=alarm_fault, by="head", now=LATER)
    assert "open" == reopen(school, finding_id=alarm_fault, by="head", now=LATER, note="again")


def test_naming_an_owner_escalating_and_marking_known_change_no_state(school, alarm_fault):
    given = {"finding_id": alarm_fault, "by": "head", "now": LATER}

    states = [
        assign_owner(school, owner="officer", **given),
        escalate(school, to="head", note="dear", **given),
        know_until(school, until=LATER + timedelta(days=9), note="part ordered", **given),
    ]

    assert ["open", "open", "open"] == states
    assert "officer" == school.get_one(FindingRow, alarm_fault).owner


def test_a_finding_is_not_confirmed_before_its_repeat_reading_passed(school, rulebook):
    finding = _failed(school, rulebook, "kitchen-temperature", "officer", reading=21.4)
    submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="turned down")
    task = school.scalars(select(FollowUpRow)).one().id
    given = {"follow_up_id": task, "by": "cook", "now": LATER}

    with pytest.raises(FollowUpOpen):
        confirm(school, finding_id=finding, by="cook", now=LATER)
    assert "fail" == finish_follow_up(school, reading=21.2, **given)
    with pytest.raises(FollowUpOpen):
        confirm(school, finding_id=finding, by="cook", now=LATER)
    assert "pass" == finish_follow_up(school, reading=20.6, **given)
    # This rule lets the same person confirm.
    assert "closed" == confirm(school, finding_id=finding, by="cook", now=LATER)


def test_a_repeat_reading_is_a_number(school, rulebook):
    _failed(school, rulebook, "kitchen-temperature", "officer", reading=21.4)
    task = school.scalars(select(FollowUpRow)).one().id

    with pytest.raises(InputInvalid):
        finish_follow_up(school, follow_up_id=task, by="cook", now=LATER)


def test_a_reported_finding_has_owner_deadline_and_those_who_may_not_confirm(school, rulebook):
    title = Text(zh="插座过载", en="Overloaded socket")
    report = FindingReport("campus", "main", title, "moderate", "guard", asset="alarm")

    finding = school.get_one(FindingRow, open_finding(school, rulebook, report, now=FOUND))

    assert ("fitter", ["fitter"]) == (finding.owner, finding.without)
    assert datetime(2026, 3, 5, 9, 0, tzinfo=UTC) == finding.due_at


def test_an_excuse_needs_to_come_before_it_closes(school):
    occurrence = _occurrence(school, "yard-daily")
    given = {"occurrence_id": occurrence.id, "reason": "storm", "approver": "head"}

    with pytest.raises(TooLate):
        excuse(school, now=occurrence.closes_at + timedelta(seconds=1), **given)
    assert "excused" == excuse(school, now=occurrence.closes_at, **given)
    assert occurrence.id not in sweep(school, now=occurrence.closes_at + timedelta(1)).missed


def test_a_missed_check_is_explained_then_signed_and_stays_missed(school):
    occurrence = _occurrence(school, "yard-daily")
    given = {"occurrence_id": occurrence.id, "by": "head", "now": LATER + timedelta(days=1)}
    sweep(school, now=given["now"])

    with pytest.raises(NotExplained):
        sign_missed(school, **given)
    assert "missed" == explain_missed(school, explanation="short of staff", **given)
    assert "missed" == sign_missed(school, **given)


def test_what_is_not_missed_is_not_explained(school):
    occurrence = _occurrence(school, "yard-daily")

    with pytest.raises(WrongState):
        explain_missed(school, occurrence_id=occurrence.id, explanation="x", by="head", now=LATER)
