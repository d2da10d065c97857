"""Whether the service answers and reaches its record, for whoever watches it."""

from flask import Flask, jsonify
from werkzeug.wrappers import Response

from inspections.importing import organisations
from web.access import public
from web.database import session


def init_app(app: Flask) -> None:
    """Serve `/health`."""
    app.add_url_rule("/health", "health", public(health))


def health() -> Response:
    """Answer 200 with the number of organisations; a record out of reach is a 500."""
    return jsonify(status="ok", organisations=len(organisations(session())))
