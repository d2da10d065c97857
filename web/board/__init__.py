"""The week board of inspection rounds: people by days, steps with preview and undo, publishing."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.authentication import READERS
from web.board import changes, export, load, publish, steps, week
from web.board.blueprint import blueprint
from web.navigation import Entry

__all__ = ["changes", "export", "load", "publish", "steps", "week"]


def init_app(app: Flask) -> None:
    """Register the pages; the rail leads to them through the roster."""
    app.register_blueprint(blueprint)
    entry = Entry("board.board", _("Week board"), "calendar", 42, READERS, ("board.",), tab=False)
    navigation.add(app, [entry])
