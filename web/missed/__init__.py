"""Pages where officers answer for missed checks and excuse open ones."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.authentication import OFFICERS
from web.missed import listing, one
from web.missed.blueprint import blueprint
from web.navigation import Entry

__all__ = ["listing", "one"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    section = ("missed.", "plausibility.")
    entry = Entry("missed.missed", _("Missed"), "occurrence-missed", 20, OFFICERS, section)
    navigation.add(app, [entry])
