"""The roster of a site for one week; officers solve it again and publish it."""

from datetime import date, datetime, time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from inspections.kept_rosters import keep_roster
from inspections.lookup import person_name
from inspections.models import RosterRunRow
from inspections.queries.roster_view import ShiftView
from inspections.queries.roster_week import ONE_WEEK, monday_of, roster_week, staffed_sites
from inspections.reactions.staffing import StaffingNeed, staffing_needs
from inspections.roster_leave_undo import leave_of
from inspections.roster_scope import question_of_sites, rostered_together
from inspections.rosters import publish_roster, site_of_roster
from scheduler.roster.solver import solve
from web.authentication import OFFICERS, READERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.duty_wishes.form import PLANNERS
from web.fact_words import fact_in_words
from web.formatting import local, today
from web.navigation import Entry
from web.officer.blueprint import blueprint
from web.officer.roster_wishes import wish_marks
from web.preferences import words
from web.rulebook import rulebook

ENTRIES = [
    Entry(
        "officer.roster",
        lazy_gettext("Roster"),
        "roster",
        40,
        frozenset(READERS),
        ("officer.roster", "board.", "duty_wishes.of_site", "duty_bonds."),
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
    monday = asked_monday(request.args.get("week", ""))
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
        leave=_leave(week.run),
        wishes=wish_marks(site, week.days),
        plans=here.role in PLANNERS,
        may_solve=monday + ONE_WEEK > today(),
        look_of=look_of,
        several=len({shift.post for shift in week.shifts}) > 1,
        needs=_needs(site, monday),
        post_kind=lambda kind: fact_in_words("post.kind", kind).value,
    )


@blueprint.post("/roster/solve")
@roles(*OFFICERS)
def roster_solve() -> Response:
    """Solve two weeks from the week shown, but not before today, as drafts."""
    site = request.form.get("site", "")
    if not site:
        return _back(monday_of(today()))
    site_in_scope(site)
    monday = asked_monday(request.form.get("week", ""))
    since = max(monday, today())
    until = max(monday, monday_of(today())) + WEEKS_AT_ONCE * ONE_WEEK - timedelta(days=1)
    here = viewer().organisation
    sites = rostered_together(session(), here, site, scope=viewer().sites)
    problem = question_of_sites(
        session(), rulebook(), organisation_id=here, sites=sites, span=(since, until), now=now()
    )
    # Nothing is locked while it solves: tablets go on writing.
    roster = solve(problem, seconds=SECONDS)
    with transaction() as writing:
        keep_roster(writing, problem, roster, organisation_id=here, seed=0, now=now(), only=sites)
    missing = sum(one.missing for one in roster.uncovered)
    if missing:
        flash(_("A draft is ready; %(count)s places are uncovered.", count=missing), "warn")
    else:
        flash(_("A draft is ready; every place is covered."), "ok")
    return _back(monday)


@blueprint.post("/roster/<int:run_id>/publish")
@roles(*OFFICERS)
def roster_publish(run_id: int) -> Response:
    """Publish a draft; refused with its reasons while a place is uncovered."""
    site_in_scope(site_of_roster(session(), run_id, organisation_id=viewer().organisation))
    with transaction() as writing:
        publish_roster(writing, run_id, by=viewer().person, now=now())
    flash(_("The roster is published; calendars show it from now on."), "ok")
    return _back(asked_monday(request.form.get("week", "")))


def _leave(run: RosterRunRow | None) -> dict[str, object] | None:
    """Return whose leave the roster was made for, and its days; nothing where for none."""
    mark = leave_of(run) if run else None
    if mark is None:
        return None
    days = {name: date.fromisoformat(mark[name]) for name in ("since", "until")}
    name = words(person_name(session(), viewer().organisation, mark["person"]))
    return {"name": name, **days}


def _needs(site: str, monday: date) -> list[StaffingNeed]:
    """Return what events ask for beside the roster of a week."""
    here = viewer()
    start = datetime.combine(monday, time(), local(now()).tzinfo)
    end = start + ONE_WEEK
    found = staffing_needs(session(), rulebook(), here.organisation, since=start, until=end)
    return [need for need in found if need.site == site]


def look_of(shift: ShiftView) -> str:
    """Return how a shift is drawn: early, late or night."""
    if shift.until <= shift.since or shift.since.hour >= 20:
        return "nt"
    return "am" if shift.since.hour < 12 else "pm"


def asked_monday(value: str) -> date:
    """Return the Monday of the week of a day in an address, of today's where it is none."""
    try:
        return monday_of(date.fromisoformat(value))
    except ValueError:
        return monday_of(today())


def to_roster() -> Response:
    """Lead an address that names no site or person to the roster, which chooses one."""
    site, week = request.args.get("site", ""), request.args.get("week", "")
    return redirect(url_for("officer.roster", site=site, week=week))


def _back(monday: date) -> Response:
    site = request.form.get("site", "")
    return redirect(url_for("officer.roster", site=site, week=monday.isoformat()))
