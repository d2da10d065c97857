"""Move a drill: what that would break is shown at once, and the move can be taken back."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.drills.programme import (
    BreaksRules,
    DrillBegun,
    YearChanged,
    cancel,
    check_move,
    check_moves,
    drill_of,
    move,
    pin,
    take_back_move,
)
from inspections.drills.year import DrillView
from inspections.errors import Refused
from web.authentication import OFFICERS, roles
from web.database import now, session, transaction
from web.drills.blueprint import blueprint
from web.drills.drill import drill_page
from web.drills.thought import Move, Near, time_of
from web.errors import status_of
from web.formatting import clock, day, today
from web.manage.fields import FormReader
from web.manage.flow import editor
from web.preferences import words
from web.rulebook import rulebook

# Days before and after its own that are looked at beside the one that was asked for.
_AROUND = (-1, 1, 2, 7)
Page = str | tuple[str, int] | Response


@blueprint.get("/<int:drill_id>/move")
@roles(*OFFICERS)
def check(drill_id: int) -> Page:
    """Show what a move would break; with `part` the panel alone, for the strip."""
    drill = drill_of(session(), rulebook(), drill_id, by=editor(), now=now())
    if "day" not in request.args:
        return redirect(url_for("drills.drill", drill_id=drill_id))
    if not drill.can_move:
        return drill_page(drill, refusal=words(DrillBegun().text)), 409
    thought, faults = _thought(drill)
    if request.args.get("part"):
        return render_template(
            "drills/move_panel.html",
            thought=thought,
            faults=faults,
            to_year=True,
            site=request.args.get("site", ""),
        )
    page = drill_page(drill, thought=thought, near=_near(drill), faults=faults)
    return page, 422 if faults else 200


@blueprint.post("/<int:drill_id>/move", endpoint="move")
@roles(*OFFICERS)
def do_move(drill_id: int) -> Page:
    """Move the drill; where rules would break only if the form says that this is known."""
    drill = drill_of(session(), rulebook(), drill_id, by=editor(), now=now())
    thought, faults = _thought(drill)
    if thought is None:
        return drill_page(drill, thought=thought, faults=faults), 422
    revision = request.form.get("revision", "")
    try:
        with transaction() as opened:
            moved = move(
                opened,
                rulebook(),
                drill_id,
                thought.on,
                by=editor(),
                now=now(),
                at=thought.at,
                despite=request.form.get("despite") == "1",
                revision=int(revision) if revision.isdecimal() else None,
            )
    except (BreaksRules, YearChanged) as refusal:
        return drill_page(drill, thought=thought, refusal=words(refusal.text)), status_of(refusal)
    when = f"{day(moved.on)} {clock(moved.starts_at)}"
    flash(_("Moved to %(when)s and settled there.", when=when), "ok")
    return redirect(_back(moved))


@blueprint.post("/<int:drill_id>/move-back", endpoint="move_back")
@roles(*OFFICERS)
def do_move_back(drill_id: int) -> Response:
    """Put the drill back where it stood before its last move."""
    try:
        with transaction() as opened:
            back = take_back_move(opened, rulebook(), drill_id, by=editor(), now=now())
    except Refused as refusal:
        if status_of(refusal) == 404:
            raise
        flash(words(refusal.text), "warn")
        return redirect(url_for("drills.drill", drill_id=drill_id))
    when = f"{day(back.on)} {clock(back.starts_at)}"
    flash(_("It stands on %(when)s again.", when=when), "ok")
    return redirect(_back(back))


@blueprint.post("/<int:drill_id>/pin", endpoint="pin")
@roles(*OFFICERS)
def do_pin(drill_id: int) -> Response:
    """Settle the day, or leave it to the planner again."""
    pinned = request.form.get("pinned") == "1"
    with transaction() as opened:
        pin(opened, rulebook(), drill_id, pinned=pinned, by=editor(), now=now())
    if pinned:
        flash(_("The day is settled; proposals leave it alone."), "ok")
    else:
        flash(_("The next proposal may choose another day."), "ok")
    return redirect(url_for("drills.drill", drill_id=drill_id))


@blueprint.post("/<int:drill_id>/cancel", endpoint="cancel")
@roles(*OFFICERS)
def do_cancel(drill_id: int) -> Page:
    """Cancel the drill; what it was to serve is open again."""
    reader = FormReader(request.form)
    why = reader.text("why", _("Why it is cancelled"))
    if not why or reader.faults:
        drill = drill_of(session(), rulebook(), drill_id, by=editor(), now=now())
        return drill_page(drill, faults=reader.faults), 422
    with transaction() as opened:
        cancel(opened, rulebook(), drill_id, why=why, by=editor(), now=now())
    flash(_("Cancelled. What it was to serve needs another drill."), "warn")
    return redirect(url_for("drills.drill", drill_id=drill_id))


def _thought(drill: DrillView) -> tuple[Move | None, dict[str, str]]:
    """Return the move that the form asks for; without a time the drill keeps its own."""
    reader = FormReader(request.values)
    on = reader.day("day", _("Day"))
    at = reader.clock("at", _("Time")) if request.values.get("at") else time_of(drill)
    if on is None or at is None:
        return None, reader.faults
    found = check_move(session(), rulebook(), drill.id, on, by=editor(), now=now(), at=at)
    return Move(drill, on, at, found), {}


def _near(drill: DrillView) -> Near:
    """Return the days around the drill's own that may still come, with what each would break."""
    days = [drill.on + timedelta(days=number) for number in _AROUND]
    ahead = [day for day in days if day > today() and day.year == drill.on.year]
    return check_moves(session(), rulebook(), drill.id, ahead, by=editor(), now=now())


def _back(drill: DrillView) -> str:
    """Lead back to the year, to the mark of the drill, or to its own page."""
    if request.form.get("to") == "year":
        site = request.form.get("site") or None
        moved = drill.id if drill.moved else None
        month = drill.on.month
        address = url_for("drills.year", year=drill.on.year, month=month, site=site, moved=moved)
        return f"{address}#drill-{drill.id}"
    return url_for("drills.drill", drill_id=drill.id)
