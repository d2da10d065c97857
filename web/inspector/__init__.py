"""Pages of the round: Today, an occurrence, running a checklist, findings."""

from flask import Blueprint, Flask

blueprint = Blueprint("inspector", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    """Register the pages and their navigation."""
    app.register_blueprint(blueprint)
