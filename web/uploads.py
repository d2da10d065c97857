"""How much a request may send: a form from strangers, a form with photos from who signed in."""

from flask import Flask, current_app, request
from flask_login import current_user

from inspections.photo_check import MOST_BYTES


def init_app(app: Flask) -> None:
    """Set the limit of each request; to stand before whatever reads forms."""
    app.before_request(_limit)
    app.jinja_env.globals.update(most_upload=most_upload, most_photo=MOST_BYTES)


def most_upload() -> int:
    """Return how many bytes this request may hold."""
    limit = "MOST_UPLOAD" if current_user.is_authenticated else "MAX_CONTENT_LENGTH"
    return int(current_app.config[limit])


def _limit() -> None:
    request.max_content_length = most_upload()
