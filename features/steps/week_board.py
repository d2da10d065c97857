"""The week board: steps on it, what they change, and taking them back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from pytest_bdd import parsers, then, when

from features.steps.moments import MOMENT, ZONE, moment_of
from features.steps.world import World
from inspections.board.standing import Days, standing
from inspections.board.stands import Stands, stands
from inspections.board.steps import Away, Give, Step
from inspections.board.trying import Outcome, take_step, try_step
from inspections.board.undoing import undo_step
from inspections.editing import Editor
from inspections.errors import Refused
from inspections.importing import load_from_record

_ROLES = {"安全管理员": "safety-officer", "查看者": "viewer"}
_WHO = rf"(?P<role>安全管理员|查看者)(?P<who>[^于]+)于(?P<at>{MOMENT})"
_FAR = timedelta(days=60)


@dataclass
class Taken:
    """
    The last step on the board.

    Attributes:
        before: How everything open stood before it.
    """

    change: str = ""
    person: str = ""
    day: date = date.min
    now: datetime = datetime(2026, 11, 23, tzinfo=ZONE)
    before: Stands | None = None
    outcome: Outcome | None = None


@pytest.fixture
def taken() -> Taken:
    """What the steps of one scenario share about the board."""
    return Taken()


@when(parsers.re(rf"{_WHO}登记(?P<person>.+)当天病假"))
def falls_ill(world: World, taken: Taken, role, who, at, person) -> None:
    """Note that somebody is ill from now on today."""
    now, key = moment_of(at), world.person(person)
    taken.person, taken.day, taken.now = key, now.astimezone(ZONE).date(), now
    taken.before = _stands(world, now)
    _take(world, taken, Away(key, taken.day, taken.day, "病假"), _desk(world, role, who))


@when(parsers.re(rf"{_WHO}把(?P<person>.+)的一项检查改派给(?P<other>.+)"))
def is_given(world: World, taken: Taken, role, who, at, person, other) -> None:
    """Give one of somebody's open checks of the day to somebody else."""
    taken.now = moment_of(at)
    organisation = load_from_record(world.session, world.organisation)
    day = taken.now.astimezone(ZONE).date()
    days = Days(day, day, hidden=True)
    found = standing(world.session, organisation, world.rulebook, days, now=taken.now)
    key = world.person(person)
    check = next(one for one in found.checks if key in one.people and one.is_open)
    step = Give(check.id, (world.person(other),), day)
    _take(world, taken, step, _desk(world, role, who))


@when(parsers.re(rf"{_WHO}撤销这一步"))
def is_taken_back(world: World, taken: Taken, role, who, at) -> None:
    """Take the last step back."""
    desk = _desk(world, role, who)
    undo_step(world.session, world.rulebook, taken.change, desk=desk, now=moment_of(at))


@then(parsers.re("(?P<person>.+)当天再没有检查"))
def has_nothing(world: World, taken: Taken, person) -> None:
    """See that nothing open of today is left with the person."""
    key = world.person(person)
    mine = [one for one in _stands(world, taken.now).values() if key in one.people]

    assert [] == [one for one in mine if one.day == taken.day]
    assert taken.before
    assert any(key in one.people and one.day == taken.day for one in taken.before.values())


@then(parsers.re("换人的检查都是(?P<person>.+)的，或原定日期已过的"))
def only_theirs(world: World, taken: Taken, person) -> None:
    """See that nobody else's checks of days to come changed."""
    key = world.person(person)
    assert taken.outcome

    others = [one for one in taken.outcome.moved if key not in one.before.people]

    assert [] == [one for one in others if one.before.day >= taken.day]


@then("已证明改动最少")
def is_least(taken: Taken) -> None:
    """See that the number of changes is proved to be the least."""
    assert taken.outcome
    assert taken.outcome.is_least


@then("每项检查都和原来一样")
def as_before(world: World, taken: Taken) -> None:
    """Compare how everything stands with how it stood."""
    assert taken.before == _stands(world, taken.now)


def _take(world: World, taken: Taken, step: Step, desk: Editor) -> None:
    session, book, now = world.session, world.rulebook, taken.now
    world.refusal = None
    try:
        taken.outcome = try_step(session, book, step, desk=desk, now=now)
        seen = taken.outcome.digest
        taken.change = take_step(session, book, step, desk=desk, seen=seen, now=now)
    except Refused as refusal:
        world.refusal = refusal


def _stands(world: World, now: datetime) -> Stands:
    return stands(world.session, world.organisation, now=now, before=now + _FAR)


def _desk(world: World, role: str, who: str) -> Editor:
    return Editor(world.organisation, world.person(who), _ROLES[role])
