"""The audit log: who changed what, when, from where, before and after."""

from flask import Flask
from flask_babel import lazy_gettext as _

from inspections.queries.audit_log import READERS
from web import navigation
from web.audit import export, log
from web.audit.blueprint import blueprint
from web.authentication import ADMINISTRATOR
from web.navigation import Entry

__all__ = ["export", "log"]


def init_app(app: Flask) -> None:
    """Register the pages and their entry."""
    app.register_blueprint(blueprint)
    # Administrators come to it from the facts.
    others = READERS - {ADMINISTRATOR}
    navigation.add(app, [Entry("audit.log", _("Audit log"), "book", 82, others, ("audit.",))])
