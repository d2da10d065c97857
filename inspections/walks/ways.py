"""The ways that an organisation knows: stated in its file, measured by officers, least figures."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import OrganisationRow, PlaceRow, SiteRow, WalkingTimeRow
from inspections.plausibility.limits import house_limits
from scheduler.walks.ways import Leg, Point, Ways


def known_ways(session: Session, organisation: str, *, sites: Collection[int], on: date) -> Ways:
    """
    Return the ways inside *sites* and between them; what was measured stands over what is stated.

    Where nothing is known, the least figures for another building or site hold that hold *on*
    that day.
    """
    rows = {row.id: row for row in session.scalars(select(SiteRow).where(SiteRow.id.in_(sites)))}
    places = _places(session, rows)
    limits = house_limits(session, organisation, on)
    return Ways(
        legs=(*_between_sites(session, organisation), *_inside(session, rows)),
        buildings={
            point: str(facts["place.building"])
            for point, facts in places.items()
            if facts.get("place.building")
        },
        between_buildings=limits["walk_buildings"],
        between_sites=limits["walk_sites"],
        order=dict(_order(rows.values())),
    )


def _places(session: Session, rows: Mapping[int, SiteRow]) -> dict[Point, dict[str, Any]]:
    query = select(PlaceRow.site_id, PlaceRow.key, PlaceRow.facts)
    found = session.execute(query.where(PlaceRow.site_id.in_(rows)))
    return {Point(rows[site].key, key): facts for site, key, facts in found}


def _between_sites(session: Session, organisation: str) -> Iterator[Leg]:
    for way in session.get_one(OrganisationRow, organisation).travel:
        yield Leg(Point(way["from"]), Point(way["to"]), way["minutes"])


def _inside(session: Session, rows: Mapping[int, SiteRow]) -> Iterator[Leg]:
    """Yield stated ways, then measured ones, the latest last: it is the one that holds."""
    for row in rows.values():
        for way in row.travel:
            yield _leg(row.key, way["from"], way["to"], way["minutes"])
    measured = select(WalkingTimeRow).where(WalkingTimeRow.site_id.in_(rows))
    for one in session.scalars(measured.order_by(WalkingTimeRow.id)):
        yield _leg(rows[one.site_id].key, one.place, one.other, one.minutes)


def _leg(site: str, start: str, end: str, minutes: float) -> Leg:
    return Leg(Point(site, start), Point(site, end), minutes)


def _order(rows: Iterable[SiteRow]) -> Iterator[tuple[Point, int]]:
    """Number the places of every site that states an order, site after site."""
    stated = (
        Point(row.key, place)
        for row in sorted(rows, key=lambda row: row.position)
        for place in row.place_order
    )
    yield from ((point, number) for number, point in enumerate(stated))
