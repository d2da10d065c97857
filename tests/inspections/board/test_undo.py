from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspections.board.recent import board_change, recent_changes
from inspections.board.refusals import BoardNotUndoable
from inspections.board.steps import Away, Give
from inspections.board.undoing import undo_step
from inspections.errors import NotFound
from inspections.importing import load_from_record
from inspections.models import AuditRow
from tests.inspections.board.conftest import FRIDAY, MONDAY, TEN

ILL = Away("guard", MONDAY, FRIDAY, "病假")


@pytest.fixture
def undone(record, rulebook, desk):
    return lambda change, now=TEN: undo_step(record, rulebook, change, desk=desk, now=now)


def test_undo_lets_everything_stand_as_before(taken, undone, plan_now, record):
    before, organisation = plan_now(), load_from_record(record, "campus")
    change = taken(ILL)
    assert plan_now() != before

    row = undone(change)

    assert [] == row.kept
    assert before == plan_now()
    assert organisation == load_from_record(record, "campus")
    assert 1 == len(record.scalars(select(AuditRow).filter_by(action="board.undone")).all())


def test_an_absence_that_was_there_before_comes_back(taken, undone, record):
    before = load_from_record(record, "campus")
    change = taken(Away("fitter", date(2026, 3, 9), date(2026, 3, 12), "培训"))

    undone(change)

    assert before == load_from_record(record, "campus")


def test_what_changed_since_is_left_as_it_is(taken, undone, plan_now, record, desk):
    change = taken(ILL)
    moved = board_change(record, change, desk=desk).results
    id_ = next(one["id"] for one in moved if plan_now()[one["id"]].people == ("officer",))
    taken(Give(id_, ("officer",), plan_now()[id_].day))

    row = undone(change)

    assert [{"id": id_}] == row.kept
    assert plan_now()[id_].pinned


def test_a_step_is_undone_once_and_within_a_day(taken, undone):
    change = taken(ILL)
    with pytest.raises(BoardNotUndoable):
        undone(change, TEN + timedelta(hours=25))

    undone(change)

    with pytest.raises(BoardNotUndoable):
        undone(change)


def test_steps_of_others_are_seen_by_who_plans_everywhere_only(taken, record, desk):
    change = taken(ILL)
    lead = replace(desk, by="head", role="team-lead", sites=("main",))

    assert [change] == [row.id for row in recent_changes(record, desk=desk, most=5)]
    assert [] == list(recent_changes(record, desk=lead, most=5))
    with pytest.raises(NotFound):
        board_change(record, change, desk=lead)
