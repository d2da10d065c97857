"""The changes of shift of a site over a week, each with how far its handover is."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from flask import abort, render_template, request

from inspections.handovers.listing import HandoverLine, handovers
from inspections.lookup import person_sites, site_by_key
from inspections.queries.roster_week import staffed_sites
from web.authentication import site_in_scope, viewer
from web.database import now, session
from web.formatting import local, today
from web.handovers.blueprint import blueprint
from web.preferences import words

_DAYS = timedelta(days=7)


@blueprint.get("/", endpoint="handovers")
def show() -> str:
    """Show the last seven days of a site, and what the next day brings; earlier ones by day."""
    here = viewer()
    sites = staffed_sites(session(), here.organisation, here.sites)
    if not sites:
        return render_template("handovers/list.html", sites=(), days=())
    key = request.args.get("site") or _own([key for key, _name in sites])
    site_in_scope(key)
    site = site_by_key(session(), here.organisation, key)
    last = _day(request.args.get("until", ""))
    end = datetime.combine(last + timedelta(days=1), time(), local(now()).tzinfo)
    found = handovers(session(), site, end - _DAYS, end - timedelta(microseconds=1), now=now())
    return render_template(
        "handovers/list.html",
        site=site,
        sites=[(one, words(name)) for one, name in sites],
        days=[(on, tuple(those)) for on, those in groupby(found, key=_ended_on)],
        missing=sum(one.state == "missing" for one in found),
        waiting=sum(one.state == "waiting" for one in found),
        last=last,
        earlier=last - _DAYS,
        later=last + _DAYS if last < today() + timedelta(days=1) else None,
    )


def _ended_on(line: HandoverLine) -> date:
    return local(line.change.at).date()


def _own(keys: list[str]) -> str:
    """Return the first site at which the person works, else the first of all."""
    here = viewer()
    mine = person_sites(session(), here.organisation, here.person)
    return next((key for key in mine if key in keys), keys[0])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today() + timedelta(days=1)
    except ValueError:
        abort(400)
