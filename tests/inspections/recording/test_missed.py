"""The sweep marks what nobody did, and records that come after it."""

from datetime import timedelta

from sqlalchemy import select

from inspections.device_clock import DeviceClock, server_clock
from inspections.models import (
    InspectionRow,
    OccurrenceEventRow,
)
from inspections.recording import finish_inspection
from inspections.sweep import sweep
from tests.inspections.recording.a_school import (
    MONDAY_0900,
    answer,
    nth_occurrence,
    start,
)


def test_the_sweep_marks_missed_what_nobody_did_and_may_run_again(school):
    occurrence = nth_occurrence(school, "yard-daily")
    still_open = sweep(school, now=occurrence.closes_at)
    first = sweep(school, now=occurrence.closes_at + timedelta(seconds=1))

    again = sweep(school, now=occurrence.closes_at + timedelta(seconds=1))

    assert occurrence.id not in still_open.missed
    assert occurrence.id in first.missed
    assert () == again.missed
    school.refresh(occurrence)
    assert "missed" == occurrence.state


def test_a_started_check_that_nobody_finished_is_missed(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    start(school, rulebook, occurrence)

    sweep(school, now=occurrence.closes_at + timedelta(minutes=1))

    school.refresh(occurrence)
    assert "missed" == occurrence.state


def test_a_record_that_arrives_after_the_sweep_recovers(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)
    answer(school, rulebook, inspection, surface="pass", gate="locked")
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
    occurrence = nth_occurrence(school, "yard-daily")
    after = occurrence.closes_at + timedelta(hours=3)
    sweep(school, now=after)
    inspection = start(school, rulebook, occurrence, at=after)
    answer(school, rulebook, inspection, at=after, surface="fail", gate="locked")

    finished = finish_inspection(
        school, rulebook, inspection_id=inspection, clock=server_clock(after)
    )

    assert "missed" == finished.occurrence_state
    assert school.get_one(InspectionRow, inspection).make_up
    assert 1 == len(finished.findings)
