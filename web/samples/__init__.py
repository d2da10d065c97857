"""Food samples: the meals of a day, a sample of each dish, and their clear-out."""

from flask import Flask

from web.samples import page, steps
from web.samples.blueprint import blueprint

__all__ = ["page", "steps"]


def init_app(app: Flask) -> None:
    """Register the pages; Today leads to them where a site has a kitchen."""
    app.register_blueprint(blueprint)
