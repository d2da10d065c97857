"""When the published rosters put people on shift, for the assignment of checks."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from inspections.lookup import site_ids
from inspections.rosters import published_cells
from rules.organisation.model import Organisation, Shift

Presence = Mapping[date, tuple[tuple[datetime, datetime], ...]]
_DAY = timedelta(days=1)


def on_shift(
    session: Session, organisation: Organisation, since: date, until: date
) -> dict[str, Presence]:
    """
    Return for each person with a shift the spans on shift, by the day on which they begin.

    Days from *since* to *until*, both included, at the sites that *organisation* has. People
    without any shift are left out: the rosters say nothing about them.
    """
    zone = ZoneInfo(organisation.time_zone)
    shifts = {
        (post.id, shift.code): shift
        for site in organisation.sites
        for post in site.posts
        for shift in post.shifts
    }
    found: dict[str, dict[date, tuple[tuple[datetime, datetime], ...]]] = defaultdict(dict)
    sites = site_ids(session, organisation)
    cells = published_cells(session, organisation.id, since, until, sites=sites)
    for (person, day), cell in cells.items():
        if cell is not None and cell in shifts:
            found[person][day] = (_span(shifts[cell], day, zone),)
    return dict(found)


def _span(shift: Shift, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last = day if shift.until > shift.since else day + _DAY
    return datetime.combine(day, shift.since, zone), datetime.combine(last, shift.until, zone)
