"""Calendar links: the page where people make them, and the feeds that strangers' apps fetch."""

from flask import Flask

from web import navigation
from web.public.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages and the feeds."""
    from web.public import calendar, feed  # noqa: F401  (they register on the blueprint)

    app.register_blueprint(blueprint)
    navigation.add(app, calendar.ENTRIES)
