"""Pages about being told: choices of people, the outbox, group robots."""

from flask import Flask

from web.messages.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages; the account page leads to the choice, the alerts lead to the outbox."""
    from web.messages import choice_page, outbox_page, robots_page  # noqa: F401  (they register)

    app.register_blueprint(blueprint)
