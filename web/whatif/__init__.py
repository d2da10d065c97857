"""What if: officers try out changes of rules, sites and people before anything is saved."""

from flask import Flask

from web.whatif.blueprint import blueprint


def init_app(app: Flask) -> None:
    """Register the pages; the rules browser leads to them."""
    from web.whatif import pages  # noqa: F401  (it registers)

    app.register_blueprint(blueprint)
