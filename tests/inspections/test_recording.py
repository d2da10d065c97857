from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from inspections.answers import AnswerGiven
from inspections.device_clock import DeviceClock, server_clock
from inspections.errors import ExcludedPerson, NotFound, NotYetOpen, RecordClosed
from inspections.importing import import_organisation
from inspections.models import (
    AnswerRow,
    DutyRow,
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
)
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.sweep import sweep
from rules.faults import InputInvalid

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY_0900 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def school(session, campus, rulebook):
    """The record of the school with its plan for March."""
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 31)}
    plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)
    session.commit()
    return session


def _occurrence(session, rule, nth=0):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).all()[nth]


def _start(session, rulebook, occurrence, *, by="officer", at=MONDAY_0900, clock=None, id=None):
    return start_inspection(
        session,
        rulebook,
        inspection_id=id or str(uuid4()),
        occurrence_id=occurrence.id,
        by=by,
        clock=clock or server_clock(at),
    ).id


def _answer(session, rulebook, inspection, at=MONDAY_0900, **answers):
    given = {item: AnswerGiven(value) for item, value in answers.items()}
    return record_answers(
        session, rulebook, inspection_id=inspection, answers=given, clock=server_clock(at)
    )


def _count(session, row_type):
    return session.scalar(select(func.count()).select_from(row_type))


def test_a_round_without_faults_is_done(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)
    _answer(school, rulebook, inspection, surface="pass", gate="locked")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
    )

    assert ("done", ()) == (finished.occurrence_state, finished.findings)
    kinds = school.scalars(select(OccurrenceEventRow.kind).order_by(OccurrenceEventRow.id)).all()
    assert ["started", "performed"] == list(kinds)


def test_performed_in_the_grace_is_late(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    late = server_clock(occurrence.due_at + timedelta(minutes=1))

    assert (
        "late"
        == finish_inspection(
            school, rulebook, inspection_id=inspection, clock=late
        ).occurrence_state
    )


def test_the_offset_of_the_device_decides_between_done_and_late(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    shown = occurrence.due_at - timedelta(minutes=2)
    slow = DeviceClock(shown, shown + timedelta(hours=1), offset_seconds=300)

    assert (
        "late"
        == finish_inspection(
            school, rulebook, inspection_id=inspection, clock=slow
        ).occurrence_state
    )


def test_a_device_set_forward_does_not_carry_a_record_past_its_receipt(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    fast = DeviceClock(MONDAY_0900 + timedelta(days=1), MONDAY_0900)

    finish_inspection(school, rulebook, inspection_id=inspection, clock=fast)

    assert MONDAY_0900 == school.get_one(InspectionRow, inspection).finished_at


def test_a_check_cannot_start_before_its_window(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")

    with pytest.raises(NotYetOpen) as refusal:
        _start(school, rulebook, occurrence, at=occurrence.opens_at - timedelta(seconds=1))

    assert "2026-03-02 08:00（当地时间）" in refusal.value.text.zh


def test_a_failed_item_opens_a_finding_with_the_deadline_of_the_house(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)

    _answer(school, rulebook, inspection, surface="fail")

    finding = school.scalars(select(FindingRow)).one()
    assert ("minor", "open", "yard", "F-2026-00001") == (
        finding.severity,
        finding.state,
        finding.place,
        finding.number,
    )
    assert datetime(2026, 3, 9, 9, 0, tzinfo=UTC) == finding.due_at  # 5 working days, at closing
    assert "test_deadline_minor" == finding.arithmetic["source"]
    assert "5 working days after Mon 2 Mar = Mon 9 Mar" in finding.arithmetic["text"]["en"]


def test_a_severity_without_a_parameter_takes_the_proposed_default(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))

    _answer(school, rulebook, inspection, gate="open")

    finding = school.scalars(select(FindingRow)).one()
    assert ("moderate", "proposed") == (finding.severity, finding.arithmetic["source"])
    assert datetime(2026, 3, 5, 9, 0, tzinfo=UTC) == finding.due_at


def test_a_reading_out_of_range_opens_a_task_and_a_repeat_reading(school, rulebook):
    occurrence = _occurrence(school, "kitchen-temperature")
    inspection = _start(school, rulebook, occurrence, by="cook")

    judged = _answer(school, rulebook, inspection, reading=21.4)

    finding = school.scalars(select(FindingRow)).one()
    task = school.scalars(select(FollowUpRow)).one()
    assert "fail" == judged[0].verdict
    assert "相差 1.4" in finding.why.zh
    assert "1.4 off" in finding.why.en
    assert MONDAY_0900 + timedelta(hours=4) == finding.due_at
    assert "kitchen-temperature" == finding.deadline_from
    assert ("repeat-reading", MONDAY_0900 + timedelta(hours=2)) == (task.key, task.due_at)


def test_the_same_answer_sent_twice_is_one_answer_and_one_finding(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    _answer(school, rulebook, inspection, surface="fail")

    again = _answer(school, rulebook, inspection, surface="fail")

    assert not again[0].is_new
    assert (1, 1) == (_count(school, AnswerRow), _count(school, FindingRow))


def test_a_changed_answer_is_a_further_attempt_and_noted_on_its_finding(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    _answer(school, rulebook, inspection, surface="fail")

    judged = _answer(school, rulebook, inspection, surface="pass")

    assert (2, "pass") == (judged[0].attempt, judged[0].verdict)
    kinds = school.scalars(select(FindingEventRow.kind).order_by(FindingEventRow.id)).all()
    assert ["opened", "noted"] == list(kinds)
    assert "open" == school.scalars(select(FindingRow.state)).one()


def test_one_wrong_answer_writes_none_of_them(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))

    with pytest.raises(InputInvalid) as refusal:
        _answer(school, rulebook, inspection, surface="fail", gate="ajar", colour="red")

    assert ["gate", "colour"] == [fault.field for fault in refusal.value.faults]
    assert all(fault.remedy.zh for fault in refusal.value.faults)
    assert (0, 0) == (_count(school, AnswerRow), _count(school, FindingRow))


def test_a_record_with_an_open_item_cannot_be_submitted(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    _answer(school, rulebook, inspection, surface="pass")

    with pytest.raises(InputInvalid) as refusal:
        finish_inspection(
            school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
        )

    assert ["gate"] == [fault.field for fault in refusal.value.faults]
    assert school.get_one(InspectionRow, inspection).finished_at is None


def test_finishing_twice_gives_the_same_digest_and_one_entry(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    clock = server_clock(MONDAY_0900)
    first = finish_inspection(school, rulebook, inspection_id=inspection, clock=clock)

    again = finish_inspection(school, rulebook, inspection_id=inspection, clock=clock)

    assert first == again
    assert 2 == _count(school, OccurrenceEventRow)


def test_a_submitted_record_does_not_change(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    finish_inspection(school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900))

    _answer(school, rulebook, inspection, surface="pass")
    with pytest.raises(RecordClosed):
        _answer(school, rulebook, inspection, surface="fail")


def test_a_rule_without_a_checklist_asks_whether_it_is_met(school, rulebook):
    occurrence = _occurrence(school, "fridge-weekly")
    inspection = _start(school, rulebook, occurrence, by="cook")
    _answer(school, rulebook, inspection, requirement="pass")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
    )

    assert "done" == finished.occurrence_state


def test_the_maintainer_does_not_confirm_what_he_maintains(school, rulebook):
    occurrence = _occurrence(school, "alarm-monthly")

    with pytest.raises(ExcludedPerson) as refusal:
        _start(school, rulebook, occurrence, by="fitter")

    assert "维护人" in refusal.value.text.zh
    assert 0 == _count(school, InspectionRow)


def test_nobody_unknown_records_anything(school, rulebook):
    with pytest.raises(NotFound):
        _start(school, rulebook, _occurrence(school, "yard-daily"), by="nobody")


def test_an_id_is_never_used_for_two_inspections(school, rulebook):
    inspection = _start(school, rulebook, _occurrence(school, "yard-daily"))
    again = _start(school, rulebook, _occurrence(school, "yard-daily"), id=inspection)
    tomorrow = _occurrence(school, "yard-daily", 1)

    with pytest.raises(RecordClosed):
        _start(school, rulebook, tomorrow, id=inspection, at=tomorrow.opens_at)

    assert inspection == again
    assert 1 == _count(school, InspectionRow)


def test_the_sweep_marks_missed_what_nobody_did_and_may_run_again(school):
    occurrence = _occurrence(school, "yard-daily")
    still_open = sweep(school, now=occurrence.closes_at)
    first = sweep(school, now=occurrence.closes_at + timedelta(seconds=1))

    again = sweep(school, now=occurrence.closes_at + timedelta(seconds=1))

    assert occurrence.id not in still_open.missed
    assert occurrence.id in first.missed
    assert () == again.missed
    school.refresh(occurrence)
    assert "missed" == occurrence.state


def test_a_started_check_that_nobody_finished_is_missed(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    _start(school, rulebook, occurrence)

    sweep(school, now=occurrence.closes_at + timedelta(minutes=1))

    school.refresh(occurrence)
    assert "missed" == occurrence.state


def test_a_record_that_arrives_after_the_sweep_recovers(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    inspection = _start(school, rulebook, occurrence)
    _answer(school, rulebook, inspection, surface="pass", gate="locked")
    night = occurrence.closes_at + timedelta(hours=6)
    sweep(school, now=night)

    offline = DeviceClock(MONDAY_0900, night)
    finished = finish_inspection(school, rulebook, inspection_id=inspection, clock=offline)

    assert "done" == finished.occurrence_state
    query = select(OccurrenceEventRow.kind).filter_by(occurrence_id=occurrence.id)
    kinds = school.scalars(query.order_by(OccurrenceEventRow.id)).all()
    assert ["started", "missed", "performed", "recovered"] == list(kinds)
    assert () == sweep(school, now=night).missed


def test_a_make_up_check_leaves_it_missed(school, rulebook):
    occurrence = _occurrence(school, "yard-daily")
    after = occurrence.closes_at + timedelta(hours=3)
    sweep(school, now=after)
    inspection = _start(school, rulebook, occurrence, at=after)
    _answer(school, rulebook, inspection, at=after, surface="fail", gate="locked")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(after)
    )

    assert "missed" == finished.occurrence_state
    assert school.get_one(InspectionRow, inspection).make_up
    assert 1 == len(finished.findings)
