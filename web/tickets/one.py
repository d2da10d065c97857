"""One ticket: its clocks with their arithmetic, its log, and the next step."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspections.errors import Refused
from inspections.queries.ticket_list import Ticket
from inspections.queries.ticket_list import ticket as find_ticket
from inspections.ticket_desk import TICKET_ROLES, reclassify, step
from inspections.tickets import Step
from rules.text import Text
from web.authentication import roles
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import today
from web.manage.fields import FormReader
from web.manage.flow import Page, editor
from web.missed.listing import rule_clause
from web.rulebook import rulebook
from web.tickets.blueprint import blueprint
from web.tickets.ticket_words import (
    CATEGORIES,
    EVENTS,
    PRIORITIES,
    STATES,
    category,
    clock_tag,
    event_detail,
)

_NEEDS_NOTE = frozenset({"promised", "reopened", "noted"})
_STEPS = frozenset({"answered", "promised", "completed", "called-back", "reopened", "noted"})


@blueprint.route("/<int:ticket_id>", methods=["GET", "POST"])
@roles(*TICKET_ROLES)
def ticket(ticket_id: int) -> Page:
    """Show the ticket; take a step or a new class."""
    shown = find_ticket(session(), rulebook(), ticket_id, editor=editor(), now=now())
    if request.method != "POST":
        return _page(shown)
    reader = FormReader(request.form)
    kind = request.form.get("step", "")
    try:
        with transaction() as opened:
            if kind == "reclassify":
                chosen = _class(reader)
                if not reader.faults:
                    reclassify(opened, ticket_id, **chosen, editor=editor(), now=now())
            elif kind in _STEPS:
                note, day = _said(reader, kind)
                if not reader.faults:
                    step(
                        opened,
                        ticket_id,
                        kind=cast("Step", kind),
                        note=note,
                        promised_on=day,
                        editor=editor(),
                        now=now(),
                    )
    except Refused as refusal:
        return _page(shown, {}, refusal.text), status_of(refusal)
    if reader.faults:
        return _page(shown, reader.faults), 422
    flash(_("Written down."), "ok")
    return redirect(url_for("tickets.ticket", ticket_id=ticket_id))


def _class(reader: FormReader) -> dict[str, str]:
    return {
        "category": reader.one("category", _("Kind"), CATEGORIES) or "",
        "priority": reader.one("priority", _("Priority"), PRIORITIES) or "",
    }


def _said(reader: FormReader, kind: str) -> tuple[str | None, date | None]:
    note = reader.text("note", _("What is said"), required=kind in _NEEDS_NOTE)
    day = reader.day("promised_on", _("Promised day")) if kind == "promised" else None
    if day is not None and day < today():
        reader.faults["promised_on"] = _("Promised day: it lies in the past. Enter a later one.")
    return note, day


def _page(
    shown: Ticket, faults: Mapping[str, str] | None = None, refusal: Text | None = None
) -> str:
    return render_template(
        "tickets/ticket.html",
        shown=shown,
        faults=faults or {},
        refusal=refusal,
        typed=request.form,
        category=category,
        categories=[(k, str(v)) for k, v in CATEGORIES.items()],
        priorities=PRIORITIES,
        priority_options=[(k, str(v)) for k, v in PRIORITIES.items()],
        states=STATES,
        events=EVENTS,
        clock_tag=clock_tag,
        clause=rule_clause,
        event_detail=event_detail,
    )
