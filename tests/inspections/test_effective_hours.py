"""Effective hours of a month, from checks done and rosters published."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from inspections.effective_hours import effective_hours
from inspections.models import AssignmentRow, InspectionRow, OccurrenceRow, PersonRow, ThresholdRow
from inspections.planning import plan
from tests.inspections.test_on_shift import NOW, _guarded

MARCH = date(2026, 3, 1)
LATER = datetime(2026, 3, 20, tzinfo=UTC)
SHIFTS = 14


def _checked(session, occurrence, by, *, minutes):
    started = occurrence.due_at - timedelta(hours=3)
    session.add(
        InspectionRow(
            id=f"check-{occurrence.id}",
            occurrence_id=occurrence.id,
            checklist={},
            started_at=started,
            finished_at=started + timedelta(minutes=minutes),
            device_at=started,
            server_at=started,
            offset_seconds=0.0,
            by=by,
        )
    )
    session.flush()


def _school_with_checks(session, campus, rulebook, *, minutes):
    """Publish a week's roster and let the first round take so many minutes."""
    school, span = _guarded(session, campus, rulebook)
    plan(session, rulebook, **span)
    query = (
        select(OccurrenceRow, PersonRow.key)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, AssignmentRow.person_id == PersonRow.id)
        .where(PersonRow.key.startswith("guard"))
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )
    occurrence, guard = session.execute(query).first()
    _checked(session, occurrence, guard, minutes=minutes)
    return school, guard


def _march(session, rulebook, school, *, now=LATER):
    return effective_hours(session, rulebook, school, month=date(2026, 3, 17), now=now)


def test_a_check_counts_and_the_rest_of_the_shifts_is_left_out(session, campus, rulebook):
    school, guard = _school_with_checks(session, campus, rulebook, minutes=2)

    found = _march(session, rulebook, school)
    soon = _march(session, rulebook, school, now=NOW + timedelta(days=2))
    unseen = _march(session, rulebook, school.model_copy(update={"people": ()}))

    assert (MARCH, 1, 2.0) == (found.month, found.total.checks, found.total.effective)
    assert SHIFTS * 12 * 60 == found.total.on_shift
    assert SHIFTS * 12 * 60 - 2.0 == found.total.rest
    assert guard == next(iter(found.people))
    assert found.total == found.posts[0].hours
    assert 0 < soon.total.on_shift < SHIFTS * 12 * 60  # Days to come are not counted.
    assert {} == unseen.people  # Nobody is shown whom the viewer does not see.


def test_a_check_that_was_left_open_counts_its_standard_time(session, campus, rulebook):
    school, _ = _school_with_checks(session, campus, rulebook, minutes=170)

    assert 0 < _march(session, rulebook, school).total.effective < 170


def test_a_post_below_the_standard_is_told_and_without_a_standard_none_is(
    session, campus, rulebook
):
    school, _ = _school_with_checks(session, campus, rulebook, minutes=2)
    before = _march(session, rulebook, school)
    session.add(
        ThresholdRow(
            organisation_id="campus", name="effective_share", since=MARCH, value=40.0,
            by="head", at=NOW,
        )
    )  # fmt: skip
    session.flush()

    found = _march(session, rulebook, school)

    assert (None, [0]) == (before.standard, [one.below for one in before.posts])
    assert (40.0, [1]) == (found.standard, [one.below for one in found.posts])
