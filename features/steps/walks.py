"""The route of one person's day through the places of an organisation."""

import re
from datetime import datetime, time

import pytest
from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import MOMENT, ZONE, moment_of
from features.steps.world import World
from inspections.models import PersonRow, PlaceRow, SiteRow
from inspections.rounds.scope import Scope
from inspections.walks.checks import Check
from inspections.walks.day import DayRoute, day_route

_CHECK = re.compile(r"([^、（]+)（(\d+:\d+)至(\d+:\d+)）")
_MINUTES = 4


@pytest.fixture
def looked() -> list[DayRoute]:
    """What a person saw who looked at the route; the last one counts."""
    return []


@when(parsers.re(rf"(?P<who>\S+?)(?P<at>{MOMENT})看自己的路线，要查(?P<checks>.+)"))
def look(world: World, looked, who, at, checks) -> None:
    """Look at the route through checks of four minutes each."""
    now = moment_of(at)
    scope = Scope(world.organisation, _person(world, who))
    wanted = [
        _check(world, number, found, now) for number, found in enumerate(_CHECK.findall(checks), 1)
    ]
    since = datetime.combine(now.astimezone(ZONE).date(), time(), ZONE)
    looked.append(day_route(world.session, scope, wanted, now=now, since=since))


@then(parsers.re(r"路线分(?P<count>\d+)趟"))
def walks(looked, count) -> None:
    """Compare how often the person sets out."""
    assert int(count) == len(looked[-1].route.walks)


@then(parsers.re(r"第(?P<number>\d+)趟(?P<at>\d+:\d+)出发，依次到(?P<places>.+)"))
def walk(looked, number, at, places) -> None:
    """Compare the start and the places of a walk."""
    found = looked[-1]
    one = found.route.walks[int(number) - 1]
    begins = datetime.fromtimestamp(one.starts * 60, tz=ZONE)
    assert at == f"{begins:%H:%M}"
    assert places.split("、") == [found.names[stop.at].zh for stop in one.stops]


@then(parsers.re(r"路上共(?P<way>\d+)分钟，比按截止时间先后少走(?P<saved>\d+)分钟"))
def way(looked, way, saved) -> None:
    """Compare the minutes on the way, and those saved."""
    route = looked[-1].route
    assert (int(way), int(saved)) == (route.way, route.walked)


@then("没有来不及的检查")
def in_time(looked) -> None:
    """Nothing is late by the route."""
    assert not looked[-1].route.late


@then(parsers.re(r"来不及的是(?P<count>\d+)项检查"))
def late(looked, count) -> None:
    """Compare how many checks are late by the route."""
    assert int(count) == len(looked[-1].route.late)


def _person(world: World, name: str) -> str:
    people = world.session.scalars(select(PersonRow).filter_by(organisation_id=world.organisation))
    return next(row.key for row in people if row.name.zh == name)


def _check(world: World, number: int, found: tuple[str, str, str], now: datetime) -> Check:
    place, opens, due = found
    rows = world.session.execute(
        select(PlaceRow, SiteRow)
        .join(SiteRow, SiteRow.id == PlaceRow.site_id)
        .where(SiteRow.organisation_id == world.organisation)
        .order_by(SiteRow.position)
    )
    on = next((site.id, "place", row.key) for row, site in rows if row.name.zh == place)
    opens_at, due_at = (
        datetime.combine(now.astimezone(ZONE).date(), time.fromisoformat(clock.zfill(5)), ZONE)
        for clock in (opens, due)
    )
    return Check(number, on, opens_at, due_at, minutes=_MINUTES, apart=_MINUTES)
