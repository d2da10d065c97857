"""Report a ticket."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspections.one_piece import site_names
from inspections.queries.place_choices import place_choices
from inspections.ticket_desk import TICKET_ROLES, report
from inspections.tickets import TicketReport
from web.authentication import roles, viewer
from web.database import now, session, transaction
from web.manage.fields import FormReader
from web.manage.flow import Page, editor
from web.preferences import words
from web.tickets.blueprint import blueprint
from web.tickets.ticket_words import CATEGORIES, PRIORITIES


@blueprint.route("/new", methods=["GET", "POST"])
@roles(*TICKET_ROLES)
def new() -> Page:
    """Take what is broken, where, how urgent."""
    if request.method != "POST":
        return _form()
    reader = FormReader(request.form)
    places = dict(_places())
    where = reader.one("where", _("Place of the fault"), places)
    asked = {
        "title": reader.text("title", _("What is broken")) or "",
        "category": reader.one("category", _("Kind"), CATEGORIES) or "",
        "priority": reader.one("priority", _("Priority"), PRIORITIES) or "",
        "detail": reader.text("detail", _("More about it"), required=False),
        "contact": reader.text("contact", _("Whom to call"), required=False),
    }
    if reader.faults or where is None:
        return _form(reader.faults), 422
    site, _slash, place = where.partition("/")
    here = viewer()
    with transaction() as opened:
        ticket_id = report(
            opened,
            TicketReport(
                organisation=here.organisation,
                site=site,
                place=place or None,
                by=here.person,
                **asked,  # type: ignore[arg-type]  # every key is a field of text
            ),
            editor=editor(),
            now=now(),
        )
    flash(_("The ticket is open and its clocks run."), "ok")
    return redirect(url_for("tickets.ticket", ticket_id=ticket_id))


def _places() -> list[tuple[str, str]]:
    """Return sites and their places as choices: `site`, then `site/place`."""
    names = site_names(session(), viewer().organisation)
    inside = place_choices(session(), viewer().organisation)
    choices: list[tuple[str, str]] = []
    for key, name in names.items():
        if viewer().sees(key):
            choices.append((key, words(name)))
            choices += [
                (f"{key}/{place}", f"{words(name)} · {words(own)}")
                for place, own in inside.get(key, ())
            ]
    return choices


def _form(faults: Mapping[str, str] | None = None) -> str:
    return render_template(
        "tickets/new.html",
        places=[("", _("choose one")), *_places()],
        categories=[("", _("choose one")), *((k, str(v)) for k, v in CATEGORIES.items())],
        priorities=[(k, str(v)) for k, v in PRIORITIES.items()],
        faults=faults or {},
        typed=request.form,
    )
