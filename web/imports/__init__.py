"""Pages where officers bring in term calendars and shift patterns from files."""

from flask import Flask

from web.imports.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages; the pages of facts lead to them."""
    from web.imports import (  # noqa: F401  (they register)
        calendar_pages,
        shift_pages,
        start,
        templates_to_fill,
    )

    app.register_blueprint(blueprint)
