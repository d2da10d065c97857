"""What one wishes of the rosters oneself: enter it, see what became of it, withdraw it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.duty_wishes.entering import withdraw_wish
from inspections.duty_wishes.listing import wishes_of
from inspections.duty_wishes.shifts_offered import shifts_offered
from inspections.errors import NotFound
from inspections.lookup import person_by_key
from inspections.models import PersonRow
from web.authentication import roles, viewer
from web.database import now, session, transaction
from web.duty_wishes.blueprint import blueprint
from web.duty_wishes.form import editor, entered, kind_words, shift_options, shift_words
from web.formatting import today
from web.inspector.run import RECORDERS

# What became of a wish is still of interest for a while.
_BACK = timedelta(days=14)


@blueprint.get("/", endpoint="mine")
def show() -> str:
    """Show the wishes of the signed-in person, with a form for another one."""
    return _draw()


@blueprint.post("/")
@roles(*RECORDERS)
def enter() -> Response | tuple[str, int]:
    """Keep a wish of the signed-in person."""
    faults = entered(viewer().person)
    if faults:
        return _draw(faults), 422
    flash(_("The wish is kept. The next roster meets it where that costs nobody else."), "ok")
    return redirect(url_for("duty_wishes.mine"))


@blueprint.post("/<int:wish_id>/withdraw")
@roles(*RECORDERS)
def withdraw(wish_id: int) -> Response:
    """Let a wish count no more: one's own, or as an officer somebody else's."""
    with transaction() as opened:
        withdraw_wish(opened, wish_id, editor=editor(), now=now())
    flash(_("The wish is withdrawn. Rosters made already stay as they are."), "ok")
    site = request.form.get("site", "")
    if site:
        return redirect(url_for("duty_wishes.of_site", site=site))
    return redirect(url_for("duty_wishes.mine"))


def _draw(faults: Mapping[str, str] | None = None) -> str:
    person = _myself()
    shifts = shifts_offered(session(), viewer().organisation, person.sites if person else ())
    mine = [one for one in shifts if person and one.is_for(person)]
    return render_template(
        "duty_wishes/mine.html",
        lines=wishes_of(session(), person, today() - _BACK) if person else (),
        may_wish=bool(mine) and viewer().role in RECORDERS,
        shifts=shift_options(mine),
        kinds=kind_words(),
        shift_words=shift_words,
        faults=faults or {},
        typed=request.form,
        new_id=str(uuid4()),
    )


def _myself() -> PersonRow | None:
    """Return the signed-in person; nothing for an account that is nobody's."""
    here = viewer()
    try:
        return person_by_key(session(), here.organisation, here.person)
    except NotFound:
        return None
