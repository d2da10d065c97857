"""One person's day on the roster: why, who else could, and what if the person is away."""

from datetime import date

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import NotFound
from inspections.queries.roster_week import monday_of
from inspections.roster_looks import RosterLook, roster_look, with_neighbours
from rules.text import Text
from scheduler.roster.away import Away, without_person
from scheduler.roster.explain.cell import place_of
from scheduler.roster.explain.cell_telling import cell_lines
from scheduler.roster.explain.wanted import wanted_lines
from scheduler.roster.problem import Cell
from web.authentication import OFFICERS, READERS, roles, site_in_scope, viewer
from web.database import now, session
from web.formatting import today
from web.officer.blueprint import blueprint
from web.officer.roster import to_roster
from web.officer.roster_leave import USUAL_REASON, carried
from web.preferences import words
from web.rulebook import rulebook

# A page may not keep somebody waiting longer; a week of a site's posts takes a second or two.
_SECONDS = 6.0


@blueprint.get("/roster/cell")
@roles(*READERS)
def roster_cell() -> str | Response:
    """Say why the person stands there; with a last day, what changes without them until then."""
    site, person = request.args.get("site", ""), request.args.get("person", "")
    if not site or not person:
        return to_roster()
    day = _day(request.args.get("day", "")) or today()
    site_in_scope(site)
    here = viewer()
    look = roster_look(
        session(), rulebook(), organisation_id=here.organisation, site=site, day=day, now=now()
    )
    name = next((one.name for one in look.problem.people if one.id == person), None)
    if name is None:
        raise NotFound(Text(zh="人员", en="person"), person)
    place = place_of(look.problem, look.cells, person, day)
    head, *lines = cell_lines(look.problem, person, place)
    # The first line after the head says what would be without the person; then come the others.
    able = 1 + sum(1 for one in place.others if one.how != "no") if place else 0
    until = _day(request.args.get("until", ""))
    fault = _fault(look, day, until, given="until" in request.args)
    away, around = None, look
    if until and not fault:
        span = (day, until)
        around = with_neighbours(
            session(), rulebook(), look, organisation_id=here.organisation, now=now()
        )
        away = without_person(around.problem, around.cells, person, span, seconds=_SECONDS)
    return render_template(
        "officer/roster_cell.html",
        site=site,
        person=person,
        name=name,
        day=day,
        week=monday_of(day),
        head=head,
        wanted=list(wanted_lines(look.problem, look.cells, person, day)),
        could=lines[:able],
        cannot=lines[able:],
        until=until or day,
        latest=look.problem.until,
        fault=fault,
        away=away,
        told=_told(around, away),
        usual_reason=USUAL_REASON,
        token=carried(look, away, person, (day, until or day), site) if away else "",
        may_change=here.role in OFFICERS and day >= today(),
    )


def _told(look: RosterLook, away: Away | None) -> list[tuple[str, date, str, str]]:
    """Return each change in words: who, when, before, after."""
    if away is None:
        return []
    names = {one.id: words(one.name) for one in look.problem.people}
    shifts: dict[Cell, str] = {
        (post.id, shift.code): f"{words(post.name)} {words(shift.name)}"
        for post in look.problem.posts
        for shift in post.shifts
    }

    def said(cell: Cell | None) -> str:
        return shifts[cell] if cell else _("off")

    return [(names[c.person], c.day, said(c.before), said(c.after)) for c in away.changes]


def _fault(look: RosterLook, day: date, until: date | None, *, given: bool) -> str:
    if not given or (until and day <= until <= look.problem.until):
        return ""
    days = {"first": day.isoformat(), "last": look.problem.until.isoformat()}
    return str(_("Please choose a day from %(first)s to %(last)s.", **days))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
