"""Where most was missed of late: of very many sites, those to look at first."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import OccurrenceRow, SiteRow
from rules.text import Text


def most_missed(
    session: Session,
    organisation_id: str,
    *,
    since: datetime,
    scope: Collection[str] = (),
    most: int = 8,
) -> tuple[tuple[str, Text, int], ...]:
    """Return key, name and number of missed checks of the sites with most of them, at *most*."""
    count = func.count(OccurrenceRow.id).label("missed")
    query = (
        select(SiteRow.key, SiteRow.name, count)
        .join(OccurrenceRow, OccurrenceRow.site_id == SiteRow.id)
        .where(SiteRow.organisation_id == organisation_id, SiteRow.ended_on.is_(None))
        .where(OccurrenceRow.state == "missed", OccurrenceRow.closes_at >= since)
        .group_by(SiteRow.id, SiteRow.key, SiteRow.name, SiteRow.position)
        .order_by(count.desc(), SiteRow.position)
        .limit(most)
    )
    if scope:
        query = query.where(SiteRow.key.in_(scope))
    return tuple((key, name, missed) for key, name, missed in session.execute(query))
