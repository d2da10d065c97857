"""The page of effective hours: what became of a month's time, by post and by person."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.effective_hours import effective_hours
from inspections.importing import load_from_record
from inspections.post_names import post_names
from inspections.whatif import within
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session
from web.formatting import today
from web.rulebook import rulebook
from web.sites_shown import SitesShown, sites_shown
from web.staffing.blueprint import blueprint

LEADERS = OFFICERS | {"team-lead", "responsible-person"}
_DAY = timedelta(days=1)


@blueprint.get("/hours")
@roles(*LEADERS)
def hours() -> str | tuple[str, int]:
    """Show the effective hours of a month."""
    here, sites = viewer(), sites_shown(request.args)
    keys = sites.keys if sites.is_large else here.sites
    organisation = within(load_from_record(session(), here.organisation, sites=keys), keys)
    month, fault = _month(request.args.get("month", ""))
    found = effective_hours(session(), rulebook(), organisation, month=month, now=now())
    html = render_template(
        "staffing/hours.html",
        found=found,
        fault=fault,
        names={person.id: person.name for person in organisation.people},
        posts=post_names(organisation),
        earlier=(found.month - _DAY).replace(day=1),
        later=(found.month + 31 * _DAY).replace(day=1),
        sites=sites,
        page_url=_page_of(sites, found.month),
        may_set=here.role in OFFICERS and not here.sites,
    )
    return (html, 422) if fault else html


def _page_of(sites: SitesShown, month: date) -> Callable[[int], str]:
    said = f"{month:%Y-%m}"
    return lambda number: url_for("staffing.hours", month=said, **sites.query(number))


def _month(text: str) -> tuple[date, str]:
    this = today().replace(day=1)
    if not text:
        return this, ""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = None
    if month is None or not 2000 <= month.year <= this.year or month > this:
        return this, _("Write a month that has begun, like %(month)s.", month=f"{this:%Y-%m}")
    return month, ""
