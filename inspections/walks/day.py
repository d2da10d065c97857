"""The route of one person's day, from the checks that are left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import AssetRow, DutyRow, InspectionRow, OccurrenceRow, PlaceRow, SiteRow
from inspections.rounds.names import Target
from inspections.rounds.scope import Scope
from inspections.walks.checks import Check
from inspections.walks.ways import known_ways
from rules.text import Text
from scheduler.walks.route import route
from scheduler.walks.timetable import Setting
from scheduler.walks.visits import Route, Visit
from scheduler.walks.ways import Point


@dataclass(frozen=True)
class DayRoute:
    """A route with the names of its places; the site's name where a check is bound to none."""

    route: Route
    names: Mapping[Point, Text]


def day_route(
    session: Session, scope: Scope, checks: Sequence[Check], *, now: datetime, since: datetime
) -> DayRoute:
    """
    Return the route through *checks* from where the person finished the last one.

    All of them belong to the organisation of *scope*. The local day begins at *since*.
    """
    sites = {check.on[0] for check in checks}
    keys, names = _sites(session, sites)
    inside, place_names = _places(session, sites)
    names |= {Point(keys[site], place): name for (site, place), name in place_names.items()}
    visits = [_visit(check, _point(check.on, keys, inside)) for check in checks]
    last = _last_target(session, scope, (since, now))
    here = _point(last, keys, inside) if last is not None and last[0] in keys else None
    ways = known_ways(session, scope.organisation, sites=sites, on=since.date())
    return DayRoute(route(visits, ways, Setting(_minute(now), here)), names)


def _visit(check: Check, at: Point) -> Visit:
    return Visit(
        id=str(check.id),
        at=at,
        opens=_minute(check.opens_at),
        due=_minute(check.due_at),
        minutes=check.minutes,
        apart=check.apart,
        duties=check.duties,
        priority=check.priority,
    )


def _minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


def _point(on: Target, keys: Mapping[int, str], inside: Mapping[tuple[int, str], str]) -> Point:
    """Return where a target is: a place, the place of an asset, else the site."""
    site, kind, key = on
    place = key if kind == "place" else inside.get((site, key), "") if kind == "asset" else ""
    return Point(keys[site], place)


def _sites(session: Session, sites: set[int]) -> tuple[dict[int, str], dict[Point, Text]]:
    query = select(SiteRow.id, SiteRow.key, SiteRow.name).where(SiteRow.id.in_(sites))
    rows = session.execute(query).all()
    return {row.id: row.key for row in rows}, {Point(row.key): row.name for row in rows}


def _places(
    session: Session, sites: set[int]
) -> tuple[dict[tuple[int, str], str], dict[tuple[int, str], Text]]:
    """Return the place of each asset, and the name of each place."""
    assets = select(AssetRow.site_id, AssetRow.key, AssetRow.place)
    places = select(PlaceRow.site_id, PlaceRow.key, PlaceRow.name)
    return (
        {
            (site, key): place or ""
            for site, key, place in session.execute(assets.where(AssetRow.site_id.in_(sites)))
        },
        {
            (site, key): name
            for site, key, name in session.execute(places.where(PlaceRow.site_id.in_(sites)))
        },
    )


def _last_target(session: Session, scope: Scope, span: tuple[datetime, datetime]) -> Target | None:
    """Return what the person checked last in *span*."""
    query = (
        select(DutyRow.site_id, DutyRow.target_kind, DutyRow.target)
        .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
        .join(InspectionRow, InspectionRow.occurrence_id == OccurrenceRow.id)
        .where(DutyRow.organisation_id == scope.organisation, InspectionRow.by == scope.person)
        .where(InspectionRow.finished_at >= span[0], InspectionRow.finished_at <= span[1])
        .order_by(InspectionRow.finished_at.desc(), InspectionRow.id)
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else (row.site_id, row.target_kind, row.target)
