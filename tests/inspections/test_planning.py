from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from inspections.importing import import_organisation
from inspections.kept_inputs import kept_text
from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    PlanRunRow,
)
from inspections.planning import plan
from rules.organisation.model import CalendarSpan, DateSpan, Organisation
from rules.text import Text

SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 29)
NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight of 2 March in Shanghai


@pytest.fixture
def planned(session, campus, rulebook):
    import_organisation(session, campus, now=NOW)

    def run(**changes):
        given = {"organisation_id": "campus", "since": SINCE, "until": UNTIL, "now": NOW}
        return plan(session, rulebook, **{**given, "assign": False, **changes})

    return run


def _edit(session, campus, **changes):
    import_organisation(session, campus.model_copy(update=changes), now=NOW)


def _occurrences(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).all()


def _dump(session):
    table = OccurrenceRow.__table__
    return [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]


def _closed(campus, since, until):
    site = campus.sites[0]
    span = CalendarSpan(since=since, until=until, reason=Text(zh="停课", en="No lessons"))
    calendar = site.calendar.model_copy(update={"closed": (span,)})
    return (site.model_copy(update={"calendar": calendar}),)


def test_every_duty_of_the_horizon_gets_its_occurrences(session, planned):
    result = planned()

    rules = session.execute(
        select(DutyRow.rule, func.count()).join(OccurrenceRow).group_by(DutyRow.rule)
    )
    expected = {
        "yard-daily": 20,
        "kitchen-temperature": 40,
        "fridge-weekly": 4,
        "yard-random": 4,
    }
    assert expected == {row.rule: row.count for row in rules}
    assert sum(expected.values()) == result.occurrences
    assert result.may_apply == 0


def test_planning_again_changes_nothing(session, planned):
    planned()
    before = _dump(session)

    again = planned()

    assert before == _dump(session)
    assert {} == again.changes.counts


def test_a_rolling_horizon_adds_its_new_days_and_keeps_the_others(session, planned):
    planned()
    before = {(row.duty_id, row.period): row.id for row in session.scalars(select(OccurrenceRow))}
    week = timedelta(days=7)

    rolled = planned(since=SINCE + week, until=UNTIL + week, now=NOW + week)

    after = {(row.duty_id, row.period): row.id for row in session.scalars(select(OccurrenceRow))}
    assert before.items() <= after.items()
    assert set(rolled.changes.counts) == {"added"}


def test_a_closed_week_cancels_its_rounds_and_moves_the_weekly_duty(session, planned, campus):
    planned()
    _edit(session, campus, sites=_closed(campus, date(2026, 3, 12), date(2026, 3, 13)))

    result = planned()

    states = Counter(row.state for row in _occurrences(session, "yard-daily"))
    assert {"scheduled": 18, "cancelled": 2} == states
    assert result.changes.count("moved") >= 1
    moved = [row for row in _occurrences(session, "fridge-weekly") if row.revision == 1]
    assert [date(2026, 3, 11)] == [row.planned_on for row in moved]
    assert moved[0].moved_code == "moved-before"


def test_opening_again_brings_the_same_occurrences_back(session, planned, campus):
    planned()
    ids = [row.id for row in _occurrences(session, "yard-daily")]
    _edit(session, campus, sites=_closed(campus, date(2026, 3, 12), date(2026, 3, 13)))
    planned()
    _edit(session, campus)

    planned()

    rows = _occurrences(session, "yard-daily")
    assert ids == [row.id for row in rows]
    assert {"scheduled"} == {row.state for row in rows}
    kinds = session.scalars(select(OccurrenceEventRow.kind)).all()
    assert kinds.count("cancelled") == kinds.count("rescheduled")


def test_past_started_and_performed_occurrences_never_change(session, planned, campus):
    planned()
    rows = _occurrences(session, "yard-daily")
    for row, state in zip(rows, ["missed", "done", "in_progress"], strict=False):
        row.state = state
    session.commit()
    _edit(session, campus, sites=_closed(campus, SINCE, date(2026, 3, 6)))

    planned(now=NOW + timedelta(days=2))

    expected = ["missed", "done", "in_progress", "cancelled", "cancelled"]
    assert expected == [row.state for row in _occurrences(session, "yard-daily")[:5]]


def test_a_duty_that_ends_cancels_what_lies_ahead_only(session, planned, campus):
    planned()
    site = campus.sites[0]
    gone = site.model_copy(update={"places": tuple(p for p in site.places if p.id != "yard")})
    import_organisation(session, campus.model_copy(update={"sites": (gone,)}), now=NOW)
    monday = date(2026, 3, 16)

    result = planned(since=monday, now=NOW + timedelta(days=14))

    duty = session.scalars(select(DutyRow).filter_by(rule="yard-daily")).one()
    assert date(2026, 3, 15) == duty.valid_until
    states = Counter(row.state for row in _occurrences(session, "yard-daily"))
    assert {"scheduled": 10, "cancelled": 10} == states
    assert result.changes.count("duties_ended") == 2


def test_what_was_over_before_the_first_plan_is_not_demanded(session, planned):
    planned(now=NOW + timedelta(hours=17))  # Monday 17:00, after the round fell due

    assert len(_occurrences(session, "yard-daily")) == 19


def test_a_duty_that_may_apply_has_no_occurrences_until_it_is_decided(session, planned, campus):
    _edit(session, campus, decisions=())

    result = planned()

    duty = session.scalars(select(DutyRow).filter_by(rule="fridge-weekly")).one()
    assert ("may-apply", ["place.area_m2"]) == (duty.status, duty.waits_for)
    assert result.may_apply == 1
    assert [] == _occurrences(session, "fridge-weekly")


def test_a_random_check_is_hidden_until_it_opens(session, planned):
    planned()

    hidden = [row.hidden_until for row in _occurrences(session, "yard-random")]

    assert all(until is not None for until in hidden)


def test_the_inputs_of_a_run_are_kept_and_give_the_organisation_back(session, planned, campus):
    run_id = planned(seed=7).run_id

    run = session.get_one(PlanRunRow, run_id)
    kept = Organisation.model_validate_json(kept_text(session, run.inputs_digest))

    assert campus == kept
    assert "yard-daily" in kept_text(session, run.packs[0])
    assert (7, 68) == (run.seed, run.result["occurrences"])


def test_people_are_assigned_by_role_with_a_reason(session, planned):
    result = planned(assign=True, seconds=5)

    assert 0 == result.settled
    assert result.occurrences == result.assigned + len(result.uncovered)
    query = select(PersonRow.key, func.count()).join(AssignmentRow).group_by(PersonRow.key)
    people = {row.key: row.count for row in session.execute(query)}
    assert "fitter" not in people
    assert people["cook"] >= 4
    assert all(row.reason.zh for row in session.scalars(select(AssignmentRow)))


def test_what_is_over_counts_neither_as_assigned_nor_as_uncovered(session, planned):
    planned(assign=True, seconds=5)

    later = planned(assign=True, seconds=5, now=NOW + timedelta(days=5))

    assert later.settled > 0
    assert later.occurrences == later.settled + later.assigned + len(later.uncovered)


def test_what_nobody_can_do_is_listed_with_the_reason(session, planned, campus):
    _edit(session, campus, people=tuple(p for p in campus.people if p.id != "head"))

    result = planned(assign=True, seconds=5)

    rows = _occurrences(session, "yard-random")
    assert {row.id for row in rows} == {each.occurrence_id for each in result.uncovered}
    assert {"no-role"} == {row.uncovered_code for row in rows}
    assert all(row.uncovered.zh for row in rows)


def test_planning_again_keeps_everybody_where_they_are(session, planned):
    first = planned(assign=True, seconds=5)

    again = planned(assign=True, seconds=5)

    assert first.assigned == again.assigned
    assert again.changes.count("reassigned") == 0


def test_an_absence_reassigns_the_days_of_that_person_only(session, planned, campus):
    planned(assign=True, seconds=5)
    away = DateSpan(since=SINCE, until=UNTIL, reason=Text(zh="病假", en="Ill"))
    people = tuple(
        p.model_copy(update={"absences": (away,)}) if p.id == "cook" else p for p in campus.people
    )
    _edit(session, campus, people=people)

    result = planned(assign=True, seconds=5)

    assert result.changes.count("reassigned") > 0
    assert all("cook" in each.before for each in result.changes.reassigned)
    assert "no-role" not in {each.code for each in result.uncovered}
    assert len(_occurrences(session, "fridge-weekly")) == len(
        [each for each in result.uncovered if each.code == "absent"]
    )
