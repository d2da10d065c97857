"""Pairings and separations of people on the duty rosters of a site."""

from flask import Flask

from web.duty_bonds import of_site
from web.duty_bonds.blueprint import blueprint

__all__ = ["of_site"]


def init_app(app: Flask) -> None:
    """Register the pages; the roster leads to them."""
    app.register_blueprint(blueprint)
