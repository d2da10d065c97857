"""Where the newest rosters have people, day by day, and which days they cover."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import RosterCellRow, RosterRunRow, SiteRow
from scheduler.roster.problem import Cell

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """
    Who stands where.

    Attributes:
        covered: Keys of sites and days that a roster covers.
        cells: What each person stands, by row id and day.
    """

    covered: frozenset[tuple[str, date]]
    cells: Mapping[tuple[int, date], tuple[Cell, ...]]


def standing(
    session: Session,
    organisation_id: str,
    span: tuple[date, date],
    sites: Collection[str],
    *,
    published: bool,
) -> Standing:
    """
    Return what the rosters of *sites* say of the days of *span*, both ends included.

    Args:
        session: Of the record.
        organisation_id: Whose sites.
        span: First and last day.
        sites: Keys.
        published: Whether drafts are left aside; else the newest roster holds, a draft or not.
    """
    first, last = span
    order = (RosterRunRow.published_at, RosterRunRow.id) if published else (RosterRunRow.id,)
    query = (
        select(RosterRunRow, SiteRow.key)
        .join(SiteRow, RosterRunRow.site_id == SiteRow.id)
        .where(RosterRunRow.organisation_id == organisation_id, SiteRow.key.in_(sites))
        .where(RosterRunRow.since <= last, RosterRunRow.until >= first)
        .order_by(*order)
    )
    if published:
        query = query.where(RosterRunRow.published_at.is_not(None))
    holds: dict[tuple[str, date], int] = {}
    site_of: dict[int, str] = {}
    for run, site in session.execute(query):
        site_of[run.id] = site
        day = max(run.since, first)
        while day <= min(run.until, last):
            holds[site, day] = run.id
            day += _DAY
    cells = (
        select(RosterCellRow)
        .where(RosterCellRow.roster_run_id.in_(set(holds.values())))
        .where(RosterCellRow.day >= first, RosterCellRow.day <= last)
        .where(RosterCellRow.person_id.is_not(None))
    )
    found: dict[tuple[int, date], tuple[Cell, ...]] = defaultdict(tuple)
    for cell in session.scalars(cells):
        run_id, person = cell.roster_run_id, cell.person_id
        if person is not None and holds.get((site_of[run_id], cell.day)) == run_id:
            found[person, cell.day] += ((cell.post, cell.shift),)
    return Standing(frozenset(holds), dict(found))
