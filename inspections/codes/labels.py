"""Labels to print, by place and asset."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.codes.behind import Behind
from inspections.codes.short_code import shown
from inspections.models import AssetRow, PlaceRow, ShortCodeRow, SiteRow
from inspections.rounds.names import Target
from rules.text import Text


@dataclass(frozen=True, slots=True)
class Label:
    """
    One label.

    Attributes:
        code: With its dash, as people read it.
        where: Name of the place for an asset, else of the site; nothing for a site itself.
    """

    code: str
    on: Target
    name: Text
    where: Text | None
    site_name: Text


@dataclass(frozen=True)
class Choice:
    """
    Which labels.

    Attributes:
        site: Key of the site.
        kinds: `site`, `place`, `asset`.
        places: Keys of places, for what stands in them; empty means the whole site.
        since: Only codes made from then on, for what was added after the last print.
    """

    site: str
    kinds: Collection[str]
    places: Collection[str] = ()
    since: datetime | None = None


def labels_of(session: Session, organisation: str, choice: Choice) -> tuple[Label, ...]:
    """Return the labels of what is there, place by place, each place before its assets."""
    site = session.scalars(
        select(SiteRow).filter_by(organisation_id=organisation, key=choice.site, ended_on=None)
    ).one_or_none()
    if site is None:
        return ()
    codes = _codes(session, site, choice.since)
    return tuple(
        Label(shown(codes[each.on]), each.on, each.name, each.where, site.name)
        for each in _in_order(session, site, choice.places)
        if each.on[1] in choice.kinds and each.on in codes
    )


def label_of(found: Behind) -> Label:
    """Return the label of one thing."""
    where = found.place or (None if found.kind == "site" else found.site_name)
    return Label(shown(found.code), found.on, found.name, where, found.site_name)


@dataclass(frozen=True, slots=True)
class _Thing:
    on: Target
    name: Text
    where: Text | None


def _in_order(session: Session, site: SiteRow, chosen: Collection[str]) -> Iterator[_Thing]:
    """Yield the site, each place with what stands in it, then what stands in no place."""
    places = _places(session, site)
    inside: defaultdict[str | None, list[AssetRow]] = defaultdict(list)
    known = {place.key for place in places}
    for asset in _assets(session, site):
        inside[asset.place if asset.place in known else None].append(asset)
    if not chosen:
        yield _Thing((site.id, "site", site.key), site.name, None)
    for place in places:
        if not chosen or place.key in chosen:
            yield _Thing((site.id, "place", place.key), place.name, site.name)
            yield from _standing(inside[place.key], place.name)
    if not chosen:
        yield from _standing(inside[None], site.name)


def _standing(assets: list[AssetRow], where: Text) -> Iterator[_Thing]:
    return (_Thing((each.site_id, "asset", each.key), each.name, where) for each in assets)


def _codes(session: Session, site: SiteRow, since: datetime | None) -> dict[Target, str]:
    query = select(ShortCodeRow).filter_by(site_id=site.id)
    return {
        (row.site_id, row.target_kind, row.target): row.code
        for row in session.scalars(query)
        if since is None or row.made_at >= since
    }


def _places(session: Session, site: SiteRow) -> list[PlaceRow]:
    query = select(PlaceRow).filter_by(site_id=site.id, ended_on=None)
    return list(session.scalars(query.order_by(PlaceRow.position)))


def _assets(session: Session, site: SiteRow) -> list[AssetRow]:
    query = select(AssetRow).filter_by(site_id=site.id, ended_on=None)
    return list(session.scalars(query.order_by(AssetRow.position)))
