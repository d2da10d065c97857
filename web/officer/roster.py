"""The roster of a site for one week; officers solve it again and publish it."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from inspections.queries.roster_week import (
    ONE_WEEK,
    ShiftView,
    monday_of,
    roster_week,
    staffed_sites,
)
from inspections.rosters import publish_roster, solve_rosters
from web.authentication import OFFICERS, READERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.formatting import today
from web.navigation import Entry
from web.officer.blueprint import blueprint
from web.rulebook import rulebook, whole_rulebook

ENTRIES = [
    Entry(
        "officer.roster",
        lazy_gettext("Roster"),
        "roster",
        40,
        frozenset(READERS),
        ("officer.roster",),
    )
]
# Long enough for two weeks of some posts; a page may not keep somebody waiting longer.
SECONDS = 8.0
WEEKS_AT_ONCE = 2


@blueprint.get("/roster")
@roles(*READERS)
def roster() -> str:
    """Show one week of one site."""
    here = viewer()
    sites = staffed_sites(session(), here.organisation, here.sites)
    site = request.args.get("site") or (sites[0][0] if sites else "")
    monday = _monday(request.args.get("week", ""))
    if not site:
        return render_template("officer/roster_none.html")
    site_in_scope(site)
    week = roster_week(session(), rulebook(), here.organisation, site=site, monday=monday)
    return render_template(
        "officer/roster.html",
        week=week,
        sites=sites,
        earlier=monday - ONE_WEEK,
        later=monday + ONE_WEEK,
        may_change=here.role in OFFICERS,
        may_solve=monday + ONE_WEEK > today(),
        look_of=look_of,
        several=len({shift.post for shift in week.shifts}) > 1,
    )


@blueprint.post("/roster/solve")
@roles(*OFFICERS)
def roster_solve() -> Response:
    """Solve two weeks from the week shown, but not before today, as drafts."""
    monday = _monday(request.form.get("week", ""))
    since = max(monday, today())
    until = max(monday, monday_of(today())) + WEEKS_AT_ONCE * ONE_WEEK - timedelta(days=1)
    with transaction() as writing:
        solved = solve_rosters(
            writing,
            whole_rulebook(),
            organisation_id=viewer().organisation,
            since=since,
            until=until,
            now=now(),
            seconds=SECONDS,
        )
    missing = sum(one.missing for one in solved.roster.uncovered)
    if missing:
        flash(_("A draft is ready; %(count)s places are uncovered.", count=missing), "warn")
    else:
        flash(_("A draft is ready; every place is covered."), "ok")
    return _back(monday)


@blueprint.post("/roster/<int:run_id>/publish")
@roles(*OFFICERS)
def roster_publish(run_id: int) -> Response:
    """Publish a draft; refused with its reasons while a place is uncovered."""
    site_in_scope(request.form.get("site", ""))
    with transaction() as writing:
        publish_roster(writing, run_id, by=viewer().person, now=now())
    flash(_("The roster is published; calendars show it from now on."), "ok")
    return _back(_monday(request.form.get("week", "")))


def look_of(shift: ShiftView) -> str:
    """Return how a shift is drawn: early, late or night."""
    if shift.until <= shift.since or shift.since.hour >= 20:
        return "nt"
    return "am" if shift.since.hour < 12 else "pm"


def _monday(value: str) -> date:
    try:
        return monday_of(date.fromisoformat(value))
    except ValueError:
        return monday_of(today())


def _back(monday: date) -> Response:
    site = request.form.get("site", "")
    return redirect(url_for("officer.roster", site=site, week=monday.isoformat()))
