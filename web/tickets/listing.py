"""The list of tickets, each with all its clocks."""

from flask import render_template, request, url_for

from inspections.queries.ticket_list import tickets_page
from inspections.ticket_desk import TICKET_ROLES
from web.authentication import roles, viewer
from web.database import now, session
from web.rulebook import rulebook
from web.tickets.blueprint import blueprint
from web.tickets.ticket_words import PRIORITIES, STATES, category, clock_tag


@blueprint.get("/")
@roles(*TICKET_ROLES)
def tickets() -> str:
    """Show open tickets, or those called back."""
    closed = request.args.get("show") == "closed"
    here = viewer()
    found = tickets_page(
        session(),
        rulebook(),
        organisation=here.organisation,
        scope=here.sites,
        closed=closed,
        number=request.args.get("page", 1, int),
        now=now(),
    )
    return render_template(
        "tickets/list.html",
        found=found,
        closed=closed,
        category=category,
        priorities=PRIORITIES,
        states=STATES,
        clock_tag=clock_tag,
        url=lambda page: url_for("tickets.tickets", show=request.args.get("show"), page=page),
    )
