"""Wishes for duty rosters: one's own, and those of a site."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.duty_wishes import mine, of_site
from web.duty_wishes.blueprint import blueprint
from web.navigation import Entry

__all__ = ["mine", "of_site"]


def init_app(app: Flask) -> None:
    """Register the pages; the roster and the page Me lead to them."""
    app.register_blueprint(blueprint)
    entry = Entry("duty_wishes.mine", _("My duty wishes"), "calendar", 48, tab=False)
    navigation.add(app, [entry])
