"""What makes a tablet work without a network: the worker, what it keeps, and the page on it."""

from flask import Flask
from flask_babel import lazy_gettext as _

from web import navigation
from web.device import bundle, installing, keeping, state
from web.device.blueprint import blueprint
from web.navigation import FIELD_ROLES, Entry

__all__ = ["bundle", "installing", "state"]


def init_app(app: Flask) -> None:
    """Register the pages, mark what may be kept, and add the entry of the tab bar."""
    app.register_blueprint(blueprint)
    keeping.init_app(app)
    navigation.add(app, [Entry("device.state", _("Sync"), "cloud-up", 40, FIELD_ROLES)])
