"""Records: started by whom and when, finished in time or late, closed after that."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspections.device_clock import DeviceClock, server_clock
from inspections.errors import ExcludedPerson, NotFound, NotYetOpen, RecordClosed
from inspections.models import (
    InspectionRow,
    OccurrenceEventRow,
)
from inspections.recording import finish_inspection
from rules.faults import InputInvalid
from tests.inspections.recording.a_school import MONDAY_0900, answer, count, nth_occurrence, start


def test_a_round_without_faults_is_done(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)
    answer(school, rulebook, inspection, surface="pass", gate="locked")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
    )

    assert ("done", ()) == (finished.occurrence_state, finished.findings)
    kinds = school.scalars(select(OccurrenceEventRow.kind).order_by(OccurrenceEventRow.id)).all()
    assert ["started", "performed"] == list(kinds)


def test_performed_in_the_grace_is_late(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)
    answer(school, rulebook, inspection, surface="pass", gate="locked")
    late = server_clock(occurrence.due_at + timedelta(minutes=1))

    assert (
        "late"
        == finish_inspection(
            school, rulebook, inspection_id=inspection, clock=late
        ).occurrence_state
    )


def test_the_offset_of_the_device_decides_between_done_and_late(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)
    answer(school, rulebook, inspection, surface="pass", gate="locked")
    shown = occurrence.due_at - timedelta(minutes=2)
    slow = DeviceClock(shown, shown + timedelta(hours=1), offset_seconds=300)

    assert (
        "late"
        == finish_inspection(
            school, rulebook, inspection_id=inspection, clock=slow
        ).occurrence_state
    )


def test_a_device_set_forward_does_not_carry_a_record_past_its_receipt(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)
    answer(school, rulebook, inspection, surface="pass", gate="locked")
    fast = DeviceClock(MONDAY_0900 + timedelta(days=1), MONDAY_0900)

    finish_inspection(school, rulebook, inspection_id=inspection, clock=fast)

    assert MONDAY_0900 == school.get_one(InspectionRow, inspection).finished_at


def test_a_check_cannot_start_before_its_window(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")

    with pytest.raises(NotYetOpen) as refusal:
        start(school, rulebook, occurrence, at=occurrence.opens_at - timedelta(seconds=1))

    assert "2026-03-02 08:00（当地时间）" in refusal.value.text.zh


def test_a_record_with_an_open_item_cannot_be_submitted(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    answer(school, rulebook, inspection, surface="pass")

    with pytest.raises(InputInvalid) as refusal:
        finish_inspection(
            school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
        )

    assert ["gate"] == [fault.field for fault in refusal.value.faults]
    assert school.get_one(InspectionRow, inspection).finished_at is None


def test_finishing_twice_gives_the_same_digest_and_one_entry(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    answer(school, rulebook, inspection, surface="pass", gate="locked")
    clock = server_clock(MONDAY_0900)
    first = finish_inspection(school, rulebook, inspection_id=inspection, clock=clock)

    again = finish_inspection(school, rulebook, inspection_id=inspection, clock=clock)

    assert first == again
    assert 2 == count(school, OccurrenceEventRow)


def test_a_submitted_record_does_not_change(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    answer(school, rulebook, inspection, surface="pass", gate="locked")
    finish_inspection(school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900))

    answer(school, rulebook, inspection, surface="pass")
    with pytest.raises(RecordClosed):
        answer(school, rulebook, inspection, surface="fail")


def test_a_rule_without_a_checklist_asks_whether_it_is_met(school, rulebook):
    occurrence = nth_occurrence(school, "fridge-weekly")
    inspection = start(school, rulebook, occurrence, by="cook")
    answer(school, rulebook, inspection, requirement="pass")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(MONDAY_0900)
    )

    assert "done" == finished.occurrence_state


def test_the_maintainer_does_not_confirm_what_he_maintains(school, rulebook):
    occurrence = nth_occurrence(school, "alarm-monthly")

    with pytest.raises(ExcludedPerson) as refusal:
        start(school, rulebook, occurrence, by="fitter")

    assert "维护人" in refusal.value.text.zh
    assert 0 == count(school, InspectionRow)


def test_nobody_unknown_records_anything(school, rulebook):
    with pytest.raises(NotFound):
        start(school, rulebook, nth_occurrence(school, "yard-daily"), by="nobody")


def test_an_id_is_never_used_for_two_inspections(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    again = start(school, rulebook, nth_occurrence(school, "yard-daily"), id=inspection)
    tomorrow = nth_occurrence(school, "yard-daily", 1)

    with pytest.raises(RecordClosed):
        start(school, rulebook, tomorrow, id=inspection, at=tomorrow.opens_at)

    assert inspection == again
    assert 1 == count(school, InspectionRow)
