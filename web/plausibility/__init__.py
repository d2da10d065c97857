"""Pages where officers look into patterns of the record, and set from when on they are listed."""

from flask import Flask

from web.plausibility import figures, listing
from web.plausibility.blueprint import blueprint

__all__ = ["figures", "listing"]


def init_app(app: Flask) -> None:
    """Register the pages; they stand beside the missed checks."""
    app.register_blueprint(blueprint)
