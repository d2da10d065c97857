"""The drill planner: the year, each drill with its script and report, and the notice board."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.authentication import READERS
from web.drills import board, drill, moving, planning, reporting, scripts, year
from web.drills.blueprint import blueprint
from web.navigation import Entry

__all__ = ["board", "drill", "moving", "planning", "reporting", "scripts", "year"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    entry = Entry("drills.year", _("Drills"), "drill", 42, frozenset(READERS), ("drills.",))
    navigation.add(app, [entry])
