from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspections.board.proved import proved
from inspections.board.refusals import BoardOutdated, BreaksRules, NotPlanner
from inspections.board.standing import standing
from inspections.board.steps import Again, Away, Give, Release
from inspections.board.trying import take_step
from inspections.board.week import board_week
from inspections.errors import NotFound, WrongState
from inspections.importing import import_organisation, load_from_record
from inspections.models import AuditRow, OccurrenceRow, PastAssignmentRow, Row
from inspections.planning import plan
from tests.inspections.board.conftest import FRIDAY, LAST, MONDAY, NIGHT, TEN, WEEK

ILL = Away("guard", MONDAY, FRIDAY, "病假")


@pytest.fixture
def on_board(planner):
    """Return the checks of a rule in the week, by due time."""

    def of(rule):
        found = standing(
            planner.session, planner.organisation, planner.rulebook, WEEK, now=planner.now
        )
        return [one for one in found.checks if one.rule == rule]

    return of


def _everything(session):
    tables = [one for one in Row.metadata.sorted_tables if one.name != "calendar_clock"]
    return {
        one.name: session.execute(select(one).order_by(*one.primary_key)).all() for one in tables
    }


def _guarded(on_board):
    """Return a round of the yard that the guard has."""
    return next(one for one in on_board("yard-daily") if "guard" in one.people and one.is_open)


def test_trying_saves_nothing(record, tried):
    before = _everything(record)

    outcome = tried(ILL)

    record.commit()
    assert outcome.moved
    assert before == _everything(record)


def test_somebody_ill_from_ten_loses_what_is_open_and_nobody_else_is_touched(
    taken, plan_now, planner
):
    before = plan_now()
    theirs = {id_ for id_, one in before.items() if "guard" in one.people and one.day <= FRIDAY}

    taken(ILL)

    after = plan_now()
    assert theirs
    assert {id_ for id_, one in before.items() if not one.is_like(after[id_])} == theirs
    assert not [one for one in after.values() if "guard" in one.people and one.day <= FRIDAY]
    person = next(
        one for one in load_from_record(planner.session, "campus").people if one.id == "guard"
    )
    assert [(MONDAY, FRIDAY)] == [(span.since, span.until) for span in person.absences]


def test_who_loses_a_check_keeps_a_trace_for_the_calendar(taken, record):
    taken(ILL)

    lost = record.scalars(select(PastAssignmentRow)).all()

    assert lost
    assert {TEN} == {one.ended_at for one in lost}


def test_a_check_that_was_given_stays_with_its_person_when_planned_again(
    taken, on_board, plan_now, record, rulebook
):
    check = _guarded(on_board)

    taken(Give(check.id, ("officer",), check.day))
    plan(record, rulebook, organisation_id="campus", since=MONDAY, until=LAST, now=TEN, seconds=5)

    stand = plan_now()[check.id]
    assert (("officer",), True) == (stand.people, stand.pinned)


def test_what_is_released_is_no_longer_fixed(taken, on_board, plan_now):
    check = _guarded(on_board)
    taken(Give(check.id, ("officer",), check.day))

    taken(Release(check.id))

    assert not plan_now()[check.id].pinned


def test_a_check_moves_to_another_day_of_its_window(taken, on_board, plan_now):
    check = on_board("fridge-weekly")[0]
    other = next(day for day in check.days if day != check.day)

    taken(Give(check.id, check.people, other))

    assert other == plan_now()[check.id].day


@pytest.mark.parametrize(
    ("people", "days", "said"),
    [
        (("cook",), 0, "not in the role"),
        (("guard", "officer"), 0, "needs 1 people"),
        (("guard",), 40, "may be planned on opening days"),
    ],
)
def test_a_step_that_breaks_a_hard_rule_is_refused_with_its_reason(
    people, days, said, taken, on_board
):
    check = _guarded(on_board)
    step = Give(check.id, people, check.day + timedelta(days=days))

    with pytest.raises(BreaksRules, match=said):
        taken(step)


def test_nobody_is_given_more_than_the_minutes_of_a_day(record, campus, tried, on_board, planner):
    check = _guarded(on_board)
    people = tuple(
        one.model_copy(update={"minutes_per_day": 5}) if one.id == "officer" else one
        for one in campus.people
    )
    import_organisation(record, campus.model_copy(update={"people": people}), now=TEN)

    outcome = tried(Give(check.id, ("officer",), check.day))

    assert any("more than 5" in one.en for one in outcome.breaches)


def test_what_was_seen_must_still_be_what_happens(planner, tried, taken, on_board):
    seen = tried(ILL).digest
    check = _guarded(on_board)
    taken(Give(check.id, ("officer",), check.day))

    with pytest.raises(BoardOutdated):
        take_step(
            planner.session, planner.rulebook, ILL, desk=planner.desk, seen=seen, now=planner.now
        )


def test_every_step_is_written_down_with_before_and_after(taken, record, on_board):
    check = _guarded(on_board)

    change = taken(Give(check.id, ("officer",), check.day))

    row = record.scalars(select(AuditRow).filter_by(action="board.give")).one()
    mine = {"occurrence": check.id, "day": check.day.isoformat()}
    assert f"board-change/{change}" == row.subject
    assert {**mine, "people": ["guard"]} in row.before["plan"]
    assert {**mine, "people": ["officer"]} in row.after["plan"]


@pytest.mark.parametrize("role", ["inspector", "viewer", "responsible-person", "contractor"])
def test_who_does_not_plan_is_refused(role, tried, desk):
    with pytest.raises(NotPlanner):
        tried(Again(), replace(desk, role=role))


def test_team_leads_plan_at_their_sites_only(tried, desk, on_board):
    check = _guarded(on_board)
    lead = replace(desk, role="team-lead", sites=("elsewhere",))

    for step in (Give(check.id, ("officer",), check.day), ILL, Release(check.id)):
        with pytest.raises(NotFound):
            tried(step, lead)


def test_a_check_that_was_begun_is_not_given_away(record, tried, on_board):
    check = _guarded(on_board)
    record.get_one(OccurrenceRow, check.id).state = "in_progress"
    record.flush()

    with pytest.raises(WrongState):
        tried(Give(check.id, ("officer",), check.day))


def test_what_somebody_ill_had_begun_is_named(record, tried, on_board):
    check = _guarded(on_board)
    record.get_one(OccurrenceRow, check.id).state = "in_progress"
    record.flush()

    assert (check.id,) == tried(ILL).left


def test_what_no_longer_stands_is_not_found(tried):
    for step in (Give(10**6, ("guard",), MONDAY), Away("nobody", MONDAY, MONDAY, "x")):
        with pytest.raises(NotFound):
            tried(step)


def test_how_good_the_plan_is_stands_with_the_last_one_made_as_a_whole(record, planner, taken):
    whole = proved(record, "campus")

    taken(ILL)

    assert NIGHT == whole.at
    assert 0 <= whole.gap < 1
    assert whole == proved(record, "campus")


def test_planning_all_once_more_says_how_good_it_would_be(tried):
    assert 0 <= tried(Again()).gap < 1
    assert tried(ILL).gap is None


def test_random_checks_are_shown_to_their_planners_only(record, rulebook):
    def rules(*, hidden):
        days = replace(WEEK, hidden=hidden)
        # Before the week begins: by ten on Monday the drawn one may be known.
        week = board_week(record, rulebook, "campus", days, now=NIGHT)
        return {one.rule for one in week.standing.checks}

    assert rules(hidden=True) - rules(hidden=False) == {"yard-random"}


def test_the_board_adds_up_to_the_checks_that_people_have(record, rulebook):
    week = board_week(record, rulebook, "campus", WEEK, now=TEN)

    expected = sum(one.minutes * len(one.people) for one in week.standing.checks)
    assert week.minutes == expected > 0
    assert [date(2026, 3, 2 + n) for n in range(7)] == list(week.days)
