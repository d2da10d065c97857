"""Handovers: the changes of shift of a site, their notes, and the countersign of the relief."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.handovers import listing, note, steps
from web.handovers.blueprint import blueprint
from web.navigation import Entry

__all__ = ["listing", "note", "steps"]


def init_app(app: Flask) -> None:
    """Register the pages; Today and the roster lead to them."""
    app.register_blueprint(blueprint)
    entry = Entry(
        "handovers.handovers", _("Handovers"), "swap", 47, section=("handovers.",), tab=False
    )
    navigation.add(app, [entry])
