"""Where an administrator looks after the accounts of an organisation and its tablets."""

from flask import Flask

from web.accounts import fresh, listing, one, tablets
from web.accounts.blueprint import blueprint

__all__ = ["fresh", "listing", "one", "tablets"]


def init_app(app: Flask) -> None:
    """Register the pages; those of the facts lead to them."""
    app.register_blueprint(blueprint)
