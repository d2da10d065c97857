"""Pages on which an organisation writes rules of its own: list, editor, history."""

from flask import Flask

from web.authoring.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages; the rules browser leads to them."""
    from web.authoring import editor, history, live, packs  # noqa: F401  (they register)

    app.register_blueprint(blueprint)
