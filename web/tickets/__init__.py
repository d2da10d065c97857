"""Pages of repair tickets: the list with its clocks, one ticket, a new one."""

from flask import Flask
from flask_babel import lazy_gettext as _

from inspections.ticket_desk import TICKET_ROLES
from web import navigation
from web.navigation import Entry
from web.tickets import listing, new, one
from web.tickets.blueprint import blueprint

__all__ = ["listing", "new", "one"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    entry = Entry("tickets.tickets", _("Tickets"), "swap", 64, TICKET_ROLES, ("tickets.",))
    navigation.add(app, [entry])
