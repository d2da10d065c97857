"""Ways count against a day: on the board at once, and in the next plan."""

from sqlalchemy import select

from inspections.board.week import board_week
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow
from inspections.planning import plan
from rules.organisation.model import Way
from tests.inspections.board.conftest import LAST, MONDAY, NIGHT, WEEK, plan_school

WAY = Way.model_validate({"from": "yard", "to": "kitchen", "minutes": 6})


def _with_a_way(campus, limit):
    site = campus.sites[0].model_copy(update={"travel": (WAY,)})
    people = tuple(
        person.model_copy(update={"minutes_per_day": limit}) if person.id == "officer" else person
        for person in campus.people
    )
    return campus.model_copy(update={"sites": (site,), "people": people})


def _send_to_both(session):
    """Let the officer do a check of the yard and one of the kitchen on Monday."""
    officer = session.scalars(select(PersonRow.id).filter_by(key="officer")).one()
    for rule in ("yard-daily", "kitchen-temperature"):
        query = (
            select(AssignmentRow)
            .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .where(DutyRow.rule == rule, OccurrenceRow.planned_on == MONDAY)
            .order_by(OccurrenceRow.id)
        )
        session.scalars(query).first().person_id = officer
    session.flush()


def _monday(session, rulebook):
    week = board_week(session, rulebook, "campus", WEEK, now=NIGHT)
    return week.cell("officer", MONDAY)[1]


def _again(session, rulebook):
    days = {"since": MONDAY, "until": LAST, "now": NIGHT, "seconds": 5}
    plan(session, rulebook, organisation_id="campus", **days)


def test_a_day_with_a_way_is_longer_and_the_next_plan_leaves_room_for_it(session, campus, rulebook):
    plan_school(session, _with_a_way(campus, limit=17), rulebook)
    _send_to_both(session)

    before = _monday(session, rulebook)
    _again(session, rulebook)
    after = _monday(session, rulebook)

    work = sum(check.minutes for check in before.checks)
    assert (6, work + 6, 5) == (before.way, before.minutes, before.heat)
    assert work <= 17 < before.minutes
    assert after.minutes <= 17


def test_a_day_that_has_room_for_its_way_stays_as_it_is(session, campus, rulebook):
    plan_school(session, _with_a_way(campus, limit=60), rulebook)
    _send_to_both(session)
    before = _monday(session, rulebook)

    _again(session, rulebook)

    assert before == _monday(session, rulebook)
