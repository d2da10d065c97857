"""The week board on both databases: a week is published, somebody falls ill, it is taken back."""

from inspections.board.applying import Planner
from inspections.board.publishing import publish_week, published
from inspections.board.stands import stands
from inspections.board.steps import Away, Give
from inspections.board.trying import take_step, try_step
from inspections.board.undoing import undo_step
from inspections.board.week import board_week
from inspections.editing import Editor
from inspections.importing import load_from_record
from tests.inspections.board.conftest import FAR, FRIDAY, MONDAY, TEN, WEEK, plan_school


def test_a_week_is_published_changed_and_taken_back(session, campus, rulebook):
    plan_school(session, campus, rulebook)
    desk = Editor("campus", "officer", "safety-officer")
    planner = Planner(session, load_from_record(session, "campus"), rulebook, desk, TEN)
    week = board_week(session, rulebook, "campus", WEEK, now=TEN)
    publish_week(planner, week, ("main",))
    before = stands(session, "campus", now=TEN, before=FAR)
    check = next(one for one in week.standing.checks if one.rule == "yard-daily" and one.is_open)
    other = next(one for one in ("guard", "officer") if one not in check.people)
    changes = []

    for step in (Give(check.id, (other,), check.day), Away("guard", MONDAY, FRIDAY, "病假")):
        seen = try_step(session, rulebook, step, desk=desk, now=TEN).digest
        changes.append(take_step(session, rulebook, step, desk=desk, seen=seen, now=TEN))
    session.commit()
    assert stands(session, "campus", now=TEN, before=FAR) != before
    for change in reversed(changes):
        undo_step(session, rulebook, change, desk=desk, now=TEN)
    session.commit()

    assert before == stands(session, "campus", now=TEN, before=FAR)
    assert TEN == published(session, "campus", week.days, ("main",)).at
