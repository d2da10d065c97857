"""The places of each site, to choose one."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PlaceRow, SiteRow
from rules.text import Text


def place_choices(
    session: Session, organisation_id: str, sites: Collection[str] | None = None
) -> dict[str, list[tuple[str, Text]]]:
    """Return key and name of the places of each site, or of *sites* only, by the site's key."""
    query = (
        select(SiteRow.key.label("site"), PlaceRow.key, PlaceRow.name)
        .join(PlaceRow, PlaceRow.site_id == SiteRow.id)
        .where(SiteRow.organisation_id == organisation_id)
        .where(SiteRow.ended_on.is_(None), PlaceRow.ended_on.is_(None))
        .order_by(SiteRow.position, PlaceRow.position)
    )
    if sites is not None:
        query = query.where(SiteRow.key.in_(sites))
    found: defaultdict[str, list[tuple[str, Text]]] = defaultdict(list)
    for row in session.execute(query):
        found[row.site].append((row.key, row.name))
    return found
