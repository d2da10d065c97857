"""Staffing: the least staff that keeps the law, and what hangs on one person or one paper."""

from flask import Flask
from flask_babel import lazy_gettext

from web import navigation
from web.authentication import READERS
from web.navigation import Entry
from web.staffing.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages; the roster leads to them."""
    from web.staffing import export, hours, pages  # noqa: F401  (they register)

    app.register_blueprint(blueprint)
    label = lazy_gettext("Staffing")
    entry = Entry("staffing.truths", label, "person", 45, READERS, ("staffing.",), tab=False)
    navigation.add(app, [entry])
