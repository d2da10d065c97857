"""One action on many findings, what became of each, and taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.findings.bulk import KINDS, MOST, Bulk, Kind, act_on_many, batch
from inspections.findings.bulk_undo import is_undoable, undo_batch
from inspections.findings.letters import Post
from inspections.messages.smtp_settings import MailSettings
from inspections.models import FindingBatchRow
from inspections.queries.finding_register import register_ids
from inspections.rounds.names import people_names, person_text
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.desk.asked import wanted
from web.desk.blueprint import blueprint
from web.desk.register import register_html
from web.formatting import today
from web.manage.flow import editor
from web.messages.setup import DEFAULT_ADDRESS, public_address, read_setup
from web.rulebook import rulebook

_FIELDS: Mapping[Kind, Mapping[str, str]] = {
    "assign": {"to": "assign_to"},
    "escalate": {"to": "escalate_to", "note": "escalate_note"},
    "chase": {"note": "chase_note"},
    "ask": {"until": "ask_until", "note": "ask_note"},
}
_NEEDS_NOTE = frozenset({"escalate", "ask"})


@blueprint.post("/actions")
@roles(*OFFICERS)
def act() -> Response | tuple[str, int]:
    """Do it to the chosen findings; each is done or refused by itself."""
    bulk, faults = _asked()
    if faults or bulk is None:
        return register_html(faults), 422
    with transaction() as opened:
        done = act_on_many(opened, rulebook(), bulk, editor=editor(), post=post(), now=now())
    return redirect(url_for(".action", batch_id=done))


@blueprint.get("/actions/<uuid:batch_id>")
@roles(*OFFICERS)
def action(batch_id: Any) -> str:
    """Show what became of each finding of an action."""
    row = batch(session(), str(batch_id), editor=editor())
    names = people_names(session(), viewer().organisation)
    return render_template(
        "desk/action.html",
        shown=row,
        title=_titles()[cast("Kind", row.kind)],
        done=[one for one in row.results if "refused" not in one],
        refused=[one for one in row.results if "refused" in one],
        letters=_letters(row),
        undoable=is_undoable(row, now()),
        mailed=_mailed_words(),
        name=lambda key: person_text(names, key),
    )


@blueprint.post("/actions/<uuid:batch_id>/undo")
@roles(*OFFICERS)
def undo(batch_id: Any) -> Response:
    """Take an action back where nothing has happened since."""
    with transaction() as opened:
        undo_batch(opened, str(batch_id), editor=editor(), now=now())
    flash(_("Taken back, as far as nothing has happened since."), "ok")
    return redirect(url_for(".action", batch_id=batch_id))


def post() -> Post:
    """Return how letters go out from here."""
    try:
        has_mail = read_setup(session()).smtp is not None
    except MailSettings:
        has_mail = False
    return Post(public_address() or DEFAULT_ADDRESS, has_mail)


def _asked() -> tuple[Bulk | None, dict[str, str]]:
    kind = request.form.get("action", "")
    if kind not in KINDS:
        return None, {"finding": _("Choose what to do.")}
    fields = _FIELDS[kind]
    given = {name: request.form.get(field, "").strip() for name, field in fields.items()}
    faults: dict[str, str] = {}
    ids = _chosen()
    if not ids:
        faults["finding"] = _("Choose at least one finding in the list.")
    if "to" in fields and not given["to"]:
        faults[fields["to"]] = _("Choose a person.")
    if kind in _NEEDS_NOTE and not given["note"]:
        faults[fields["note"]] = _("Say in a sentence what was done or why.")
    until = _later_day(given.get("until", ""))
    if "until" in fields and until is None:
        faults[fields["until"]] = _("Choose a day after today.")
    note, to = given.get("note", "")[:2000], given.get("to") or None
    return Bulk(kind, ids, note, to, until), faults


def _chosen() -> tuple[int, ...]:
    if request.form.get("all"):
        return register_ids(session(), wanted(), now=now(), most=MOST)[0]
    return tuple(int(one) for one in request.form.getlist("finding") if one.isdecimal())[:MOST]


def _later_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day > today() else None


def _letters(row: FindingBatchRow) -> list[dict[str, Any]]:
    """Return the letters of a chase, each with how many findings it is about."""
    found: dict[int, dict[str, Any]] = {}
    for one in row.results:
        if "letter" in one:
            letter = found.setdefault(one["letter"], {**one, "count": 0})
            letter["count"] += 1
    return list(found.values())


def _titles() -> dict[Kind, str]:
    return {
        "assign": _("Name an owner"),
        "escalate": _("Escalate"),
        "chase": _("Chase by letter"),
        "ask": _("Ask for more time"),
    }


def _mailed_words() -> dict[str, str]:
    return {
        "put": _("waits in the outbox and goes out within a minute"),
        "no-mailbox": _("no mailbox, or wants no mail: print it"),
        "no-server": _("no mail server is set up: print it"),
    }
