"""Devices of a person: passwords for task apps, and the small door that a CalDAV bridge uses."""

from flask import Flask

from web.devices.blueprint import blueprint
from web.security import csrf


def init_app(app: Flask) -> None:
    """Register the page and the door; calls through the door hold a password, not a cookie."""
    from web.devices import door, page  # noqa: F401  (they register on the blueprint)

    for view in (door.done, door.undone):
        csrf.exempt(view)
    app.register_blueprint(blueprint)
