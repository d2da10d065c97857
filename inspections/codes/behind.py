"""What stands behind a code, also long after it is gone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import AssetRow, OrganisationRow, PlaceRow, ShortCodeRow, SiteRow
from inspections.rounds.names import Target
from rules.text import Text


@dataclass(frozen=True)
class Behind:
    """
    A site, place or asset with its code.

    Attributes:
        on: Site id, kind and key.
        site: Key of the site.
        place: Name of the place that an asset stands in.
        place_key: Its key.
        place_code: Its code, while the place is there.
        facts: What is known of it.
        ended_on: Day from which it is no longer there; nothing while it is.
        shows_results: Whether strangers see how the last check came out.
    """

    code: str
    organisation: str
    organisation_name: Text
    time_zone: str
    on: Target
    site: str
    site_name: Text
    name: Text
    facts: dict[str, Any]
    ended_on: date | None
    shows_results: bool
    place: Text | None = None
    place_key: str | None = None
    place_code: str | None = None

    @property
    def kind(self) -> str:
        """`site`, `place` or `asset`."""
        return self.on[1]


def behind(session: Session, code: str) -> Behind:
    """
    Return what *code* is on.

    Raises:
        NotFound: If no organisation of the record has this code.
    """
    row = session.get(ShortCodeRow, code)
    if row is None:
        raise NotFound(Text(zh="编码", en="code"), code)
    site = session.get_one(SiteRow, row.site_id)
    organisation = session.get_one(OrganisationRow, row.organisation_id)
    thing = _thing(session, row, site)
    place = _place_of(session, site, thing)
    return Behind(
        code=row.code,
        organisation=organisation.id,
        organisation_name=organisation.name,
        time_zone=organisation.time_zone,
        on=(site.id, row.target_kind, row.target),
        site=site.key,
        site_name=site.name,
        name=thing.name,
        facts=thing.facts,
        ended_on=thing.ended_on or site.ended_on,
        shows_results=site.shows_results,
        place=place.name if place else None,
        place_key=place.key if place else None,
        place_code=_code_of_place(session, place) if place else None,
    )


def _thing(session: Session, row: ShortCodeRow, site: SiteRow) -> Any:
    if row.target_kind == "site":
        return site
    table: Any = PlaceRow if row.target_kind == "place" else AssetRow
    return session.scalars(select(table).filter_by(site_id=site.id, key=row.target)).one()


def _place_of(session: Session, site: SiteRow, thing: Any) -> PlaceRow | None:
    if not isinstance(thing, AssetRow) or thing.place is None:
        return None
    return session.scalars(
        select(PlaceRow).filter_by(site_id=site.id, key=thing.place)
    ).one_or_none()


def _code_of_place(session: Session, place: PlaceRow) -> str | None:
    mine = {"site_id": place.site_id, "target_kind": "place", "target": place.key}
    if place.ended_on is not None:
        return None
    return session.scalars(select(ShortCodeRow.code).filter_by(**mine)).one_or_none()
