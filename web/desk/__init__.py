"""The officer's desk: the register of findings, actions on many, letters, the overdue wall."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.authentication import READERS
from web.desk import actions, export, letters, register, wall
from web.desk.blueprint import blueprint
from web.navigation import Entry

__all__ = ["actions", "export", "letters", "register", "wall"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    label, section = _("Findings"), ("desk.", "inspector.finding")
    navigation.add(app, [Entry("desk.register", label, "finding-open", 30, READERS, section)])
