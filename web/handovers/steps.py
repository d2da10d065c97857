"""What is done with handovers: write the note of a shift, take the post over."""

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import NotFound, Refused
from inspections.handovers.shift_changes import ShiftChange
from inspections.handovers.writing import Countersign, Note, take_over, write_handover
from rules.faults import InputInvalid
from web.authentication import roles, viewer
from web.database import now, transaction
from web.errors import status_of
from web.handovers.blueprint import blueprint
from web.handovers.note import change_of, draw, site_of
from web.inspector.run import RECORDERS
from web.preferences import words

Answer = Response | tuple[str, int]


@blueprint.post("/<site>/<post>/<day>/<shift>")
@roles(*RECORDERS)
def write(site: str, post: str, day: str, shift: str) -> Answer:
    """Keep a note, or a further version of it."""
    change = change_of(site, post, day, shift)
    note = Note(_client_made(), request.form.get("notes", "").strip(), _number("keys"))
    try:
        with transaction() as opened:
            write_handover(opened, change, note, by=viewer().person, now=now())
    except (Refused, InputInvalid) as error:
        return _refused(change, error)
    flash(_("The note is kept. The relief signs for it."), "ok")
    return _back(change)


@blueprint.post("/<site>/<post>/<day>/<shift>/take")
@roles(*RECORDERS)
def take(site: str, post: str, day: str, shift: str) -> Answer:
    """Take the post over."""
    change = change_of(site, post, day, shift)
    said = Countersign(_number("counted"), request.form.get("differs", "").strip())
    asked = request.form.get("handover", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        abort(400)
    number = int(asked)
    try:
        with transaction() as opened:
            take_over(opened, change, said, handover_id=number, by=viewer().person, now=now())
    except (Refused, InputInvalid) as error:
        return _refused(change, error)
    flash(_("Taken over and signed."), "ok")
    return _back(change)


def _refused(change: ShiftChange, error: Refused | InputInvalid) -> Answer:
    if isinstance(error, InputInvalid):
        said = {one.field: f"{words(one.message)} {words(one.remedy)}" for one in error.faults}
        return draw(site_of(change.site), change, faults=said), 422
    if isinstance(error, NotFound):
        raise error
    return draw(site_of(change.site), change, refusal=error.text), status_of(error)


def _back(change: ShiftChange) -> Response:
    post, day, shift = change.key
    address = url_for(
        "handovers.note", site=change.site, post=post, day=day.isoformat(), shift=shift
    )
    return redirect(address)


def _number(name: str) -> int | None:
    """Return a count as people type it; nothing where nothing is, -1 for what is no number."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _client_made() -> str:
    try:
        return str(UUID(request.form.get("id", "")))
    except ValueError:
        abort(400)
