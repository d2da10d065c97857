"""Pages of officers on tablets: what each still holds, what needs a decision, files to import."""

from flask import Flask

from web.tablets import file_page, items, overview
from web.tablets.blueprint import blueprint

__all__ = ["file_page", "init_app", "items", "overview"]


def init_app(app: Flask) -> None:
    """Register the pages; they stand among the facts."""
    app.register_blueprint(blueprint)
