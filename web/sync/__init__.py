"""What the tablet's program calls: JSON in, JSON out, never a page and never a redirect."""

from flask import Flask

from web.sync import items, photos, token, trouble
from web.sync.blueprint import blueprint
from web.sync.line import Line

__all__ = ["init_app", "items", "photos", "token", "trouble"]


def init_app(app: Flask) -> None:
    """Register the addresses; photos stand in one line for the whole process."""
    app.extensions[photos.LINE] = Line()
    app.register_blueprint(blueprint)
