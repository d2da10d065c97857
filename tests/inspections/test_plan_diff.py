from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from inspections.editing import planned_horizon
from inspections.edits import (
    Absences,
    Answer,
    ClosedDays,
    PersonEdit,
    PersonLeaves,
    changed,
)
from inspections.errors import NotFound
from inspections.fact_edits import PieceFacts, SiteFacts
from inspections.importing import import_organisation, load_from_record
from inspections.models import AuditRow, Row
from inspections.plan_diff import Horizon, apply_change, preview
from inspections.planning import plan
from rules.faults import InputInvalid
from rules.organisation.happened import Decision
from rules.organisation.model import CalendarSpan, DateSpan, Person
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
HORIZON = Horizon(date(2026, 3, 2), date(2026, 3, 29), seconds=5)
BECAUSE = Text(zh="原因", en="reason")


@pytest.fixture
def planned(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)
    plan(
        session,
        rulebook,
        organisation_id="campus",
        since=HORIZON.since,
        until=HORIZON.until,
        now=NOW,
        seconds=5,
    )
    session.commit()
    return session


def _everything(session):
    # The calendar clock only tells feeds to look again; it ticks for what was undone as well.
    tables = [each for each in Row.metadata.sorted_tables if each.name != "calendar_clock"]
    return {
        table.name: session.execute(select(table).order_by(*table.primary_key)).all()
        for table in tables
    }


def _preview(session, rulebook, campus, *edits):
    return preview(session, rulebook, changed(campus, *edits), horizon=HORIZON, now=NOW)


def test_a_preview_saves_nothing(planned, rulebook, campus):
    before = _everything(planned)
    closed = (CalendarSpan(since=date(2026, 3, 9), until=date(2026, 3, 13), reason=BECAUSE),)

    diff = _preview(planned, rulebook, campus, ClosedDays("main", closed))

    planned.commit()
    assert not diff.is_empty
    assert before == _everything(planned)


def test_closed_days_remove_and_move_what_lies_on_them(planned, rulebook, campus):
    closed = (CalendarSpan(since=date(2026, 3, 13), until=date(2026, 3, 13), reason=BECAUSE),)

    diff = _preview(planned, rulebook, campus, ClosedDays("main", closed))

    assert {"yard-daily", "kitchen-temperature"} <= {each.duty.rule for each in diff.removed}
    moved = [each for each in diff.moved if each.duty.rule == "fridge-weekly"]
    assert [date(2026, 3, 12)] == [each.after.date() for each in moved]


def test_applying_does_what_the_preview_showed(planned, rulebook, campus):
    closed = (CalendarSpan(since=date(2026, 3, 9), until=date(2026, 3, 13), reason=BECAUSE),)
    edited = changed(campus, ClosedDays("main", closed))
    diff = preview(planned, rulebook, edited, horizon=HORIZON, now=NOW)

    result = apply_change(planned, rulebook, edited, horizon=HORIZON, now=NOW, by="admin")

    assert diff.counts == result.changes.counts
    assert edited == load_from_record(planned, "campus")
    note = planned.scalars(select(AuditRow).filter_by(action="plan.applied")).one()
    assert ("admin", diff.counts["removed"]) == (note.by, note.after["removed"])


def test_an_edit_that_changes_no_duty_gives_an_empty_diff(planned, rulebook, campus):
    diff = _preview(planned, rulebook, campus, SiteFacts("main", {"site.staff": 41}))

    assert diff.is_empty


def test_a_fact_that_ends_a_duty_shows_it_with_its_occurrences(planned, rulebook, campus):
    diff = _preview(
        planned, rulebook, campus, PieceFacts("main", "place", "yard", {"place.kind": "car-park"})
    )

    assert {"yard-daily", "yard-random"} == {duty.rule for duty in diff.duties_ended}
    assert 24 == diff.counts["removed"]


def test_an_unknown_fact_that_becomes_known_settles_a_duty(planned, rulebook, campus):
    unknown = changed(campus, PieceFacts("main", "asset", "alarm", {"asset.kind": None}))
    apply_change(planned, rulebook, unknown, horizon=HORIZON, now=NOW, by="admin")

    diff = preview(planned, rulebook, campus, horizon=HORIZON, now=NOW)

    assert ("alarm-monthly", "binds") in {(d.rule, d.status) for d in diff.duties_added}


def test_a_decision_against_a_duty_ends_it(planned, rulebook, campus):
    no = Decision(
        rule="fridge-weekly",
        site="main",
        applies=False,
        note=BECAUSE,
        by="head",
        on=date(2026, 3, 1),
    )

    diff = _preview(planned, rulebook, campus, Answer(no))

    assert ["fridge-weekly"] == [duty.rule for duty in diff.duties_ended]


def test_an_absence_shows_who_takes_over(planned, rulebook, campus):
    away = (DateSpan(since=date(2026, 3, 2), until=date(2026, 3, 8), reason=BECAUSE),)

    diff = _preview(planned, rulebook, campus, Absences("cook", away))

    assert diff.reassigned
    assert all("cook" in each.before and "cook" not in each.after for each in diff.reassigned)


def test_a_person_who_leaves_leaves_work_uncovered(planned, rulebook, campus):
    diff = _preview(planned, rulebook, campus, PersonLeaves("head"))

    assert diff.uncovered == 4


def test_an_edit_that_is_not_sound_is_refused_with_its_fields(campus):
    overlapping = (
        DateSpan(since=date(2026, 3, 2), until=date(2026, 3, 8), reason=BECAUSE),
        DateSpan(since=date(2026, 3, 5), until=date(2026, 3, 9), reason=BECAUSE),
    )
    stranger = Person(id="new", name=BECAUSE, sites=("elsewhere",))

    with pytest.raises(InputInvalid) as refusal:
        changed(campus, Absences("cook", overlapping), PersonEdit(stranger))

    fields = " ".join(fault.field for fault in refusal.value.faults)
    assert "absences" in fields
    assert "sites" in fields


def test_an_edit_of_something_that_is_not_there_is_refused(campus):
    with pytest.raises(NotFound):
        changed(campus, Absences("nobody", ()))
    with pytest.raises(NotFound):
        changed(campus, SiteFacts("nowhere", {}))


def test_a_new_person_is_saved_and_planned(planned, rulebook, campus):
    new = Person(id="deputy", name=BECAUSE, sites=("main",), roles=("safety-officer",))

    apply_change(
        planned, rulebook, changed(campus, PersonEdit(new)), horizon=HORIZON, now=NOW, by="admin"
    )

    assert new == load_from_record(planned, "campus").people[-1]
    assert planned.scalar(select(func.count()).select_from(AuditRow)) >= 2


def test_an_edit_is_planned_at_least_four_weeks_ahead(planned, campus):
    horizon = planned_horizon(planned, campus, now=datetime(2026, 3, 9, 16, 0, tzinfo=UTC))

    assert (date(2026, 3, 10), date(2026, 4, 6)) == (horizon.since, horizon.until)
