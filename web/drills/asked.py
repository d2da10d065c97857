"""What the address of a page asks for: which year, which sites, which month; and who asks."""

from dataclasses import dataclass

from flask import abort, request

from inspections.drills.programme import year_of
from inspections.drills.year import DrillYear
from inspections.queries.coverage import site_choices
from rules.text import Text
from web.authentication import viewer
from web.database import now, session
from web.formatting import today
from web.manage.flow import editor
from web.rulebook import rulebook

SITES_AT_ONCE = 20
# A programme is made for the year that runs, the next ones, and read for the past.
FIRST, LAST = 2000, 2100


@dataclass(frozen=True)
class Asked:
    """
    What is looked at.

    Attributes:
        month: Of the list below the strip, from 1.
        site: Key of the one site; empty for all in scope.
        sites: All sites in scope, for the choice.
        page: Of the sites, from 1.
    """

    year: int
    month: int
    site: str
    sites: tuple[tuple[str, Text], ...]
    page: int

    @property
    def pages(self) -> int:
        """How many pages of sites there are."""
        return 1 if self.site else max(1, -(-len(self.sites) // SITES_AT_ONCE))

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the sites on this page."""
        if self.site:
            return (self.site,)
        start = (self.page - 1) * SITES_AT_ONCE
        return tuple(key for key, _ in self.sites[start : start + SITES_AT_ONCE])


def asked() -> Asked:
    """Return what the address asks for; 404 for a site that is not in scope."""
    here = viewer()
    sites = tuple(site_choices(session(), here.organisation, here.sites))
    site = request.values.get("site", "")
    if site and site not in dict(sites):
        abort(404)
    year = asked_year()
    month = _number("month", today().month if year == today().year else 1, 1, 12)
    found = Asked(year, month, site, sites, 1)
    return Asked(year, month, site, sites, _number("page", 1, 1, found.pages))


def asked_year() -> int:
    """Return the year that the address or the form names, else the present one."""
    return _number("year", today().year, FIRST, LAST)


def looked_at(wanted: Asked, *, whole: bool = False) -> DrillYear:
    """Return the year as the viewer may see it: of the sites of a page, or of all asked for."""
    return year_of(
        session(),
        rulebook(),
        viewer().organisation,
        wanted.year,
        by=editor(),
        now=now(),
        sites=((wanted.site,) if wanted.site else ()) if whole else wanted.shown,
    )


def _number(name: str, otherwise: int, least: int, most: int) -> int:
    raw = request.values.get(name, "")
    return min(max(int(raw), least), most) if raw.isdecimal() and len(raw) < 7 else otherwise
