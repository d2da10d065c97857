"""Tasks that the record started, and what may not be used until it is verified."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.navigation import Entry
from web.tasks import listing, one, stopped, warnings
from web.tasks.blueprint import blueprint

__all__ = ["listing", "one", "stopped", "warnings"]


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["stops_here"] = stopped.stops_here
    entry = Entry("tasks.tasks", _("Tasks"), "pin", 32, section=("tasks.", "samples."))
    navigation.add(app, [entry])
