"""A drill that is moved, with what that breaks, and back."""

from dataclasses import dataclass
from datetime import date

import pytest
from pytest_bdd import parsers, then, when

from features.steps.drills import EVACUATION, Drills
from features.steps.world import World
from inspections.drills.programme import BreaksRules, drill_of, move, take_back_move, year_of
from inspections.drills.year import DrillView
from inspections.editing import Editor

_DAY = r"(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日"


@dataclass
class Moved:
    """The drill that is moved, as it stood, and why it was not."""

    stood: DrillView | None = None
    refused: BreaksRules | None = None


@pytest.fixture
def moved() -> Moved:
    """Return nothing moved yet."""
    return Moved()


def _planner(world: World, who: str) -> Editor:
    return Editor(world.organisation, world.person(who), "safety-officer")


def _now(world: World, moved: Moved) -> DrillView:
    by = Editor(world.organisation, "planner", "safety-officer")
    return drill_of(world.session, world.rulebook, moved.stood.id, by=by, now=world.now)


@when(parsers.re(rf"(?P<who>\w+?)(?P<knowing>明知而)?把第一次疏散演练改到{_DAY}"))
def move_first(world: World, drills: Drills, moved: Moved, who, knowing, year, month, day) -> None:
    """Move the first evacuation drill of the year."""
    by = _planner(world, who)
    here = world.session, world.rulebook
    shown = year_of(*here, world.organisation, drills.year, by=by, now=world.now)
    moved.stood = next(one for one in shown.drills if one.kind == EVACUATION)
    on = date(int(year), int(month), int(day))
    try:
        move(*here, moved.stood.id, on, by=by, now=world.now, despite=bool(knowing))
    except BreaksRules as refused:
        moved.refused = refused


@when(parsers.re("(?P<who>.+)撤回改期"))
def take_back(world: World, moved: Moved, who) -> None:
    """Take the move back."""
    by = _planner(world, who)
    take_back_move(world.session, world.rulebook, moved.stood.id, by=by, now=world.now)


@then(parsers.re("没有改期，说明“(?P<why>.+)”"))
def not_moved(world: World, moved: Moved, why) -> None:
    """See that it stands where it stood, and why."""
    assert why in moved.refused.text.zh
    assert moved.stood.on == _now(world, moved).on


@then(parsers.re(rf"该演练在{_DAY}，日期已定"))
def stands_on(world: World, moved: Moved, year, month, day) -> None:
    """See the drill on its new day, settled."""
    here = _now(world, moved)

    assert (date(int(year), int(month), int(day)), True) == (here.on, here.pinned)


@then("该演练回到原来的日期")
def stands_again(world: World, moved: Moved) -> None:
    """See the drill where it stood."""
    assert moved.stood.starts_at == _now(world, moved).starts_at
