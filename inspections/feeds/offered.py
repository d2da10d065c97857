"""What somebody may put on a calendar: posts and teams of the sites in scope."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PersonRow, PostRow, SiteRow
from inspections.rounds.names import joined
from rules.text import Text


def offered_posts(
    session: Session, organisation: str, sites: Iterable[str]
) -> list[tuple[str, str, Text]]:
    """Return site, key and name of every post of *sites*, in file order."""
    query = (
        select(SiteRow.key.label("site"), SiteRow.name.label("home"), PostRow.key, PostRow.name)
        .join(PostRow, PostRow.site_id == SiteRow.id)
        .where(SiteRow.organisation_id == organisation, SiteRow.key.in_(tuple(sites)))
        .where(PostRow.ended_on.is_(None))
        .order_by(SiteRow.position, PostRow.position)
    )
    return [(row.site, row.key, joined(row.home, row.name)) for row in session.execute(query)]


def offered_teams(session: Session, organisation: str, sites: Iterable[str] = ()) -> list[str]:
    """Return the teams with members who work only at *sites*; of everybody where none is named."""
    query = select(PersonRow.team, PersonRow.sites).filter_by(
        organisation_id=organisation, ended_on=None
    )
    rows = list(session.execute(query.where(PersonRow.team.is_not(None))))
    within = frozenset(sites)
    beyond = {row.team for row in rows if within and not (row.sites and within >= set(row.sites))}
    return sorted({row.team for row in rows} - beyond)
