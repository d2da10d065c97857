"""Static files: our own sheets and Bootstrap from its package, hashed in the URL, kept for long."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for
from flask_bootstrap import Bootstrap5

SHEETS = (
    "tokens",
    "ground",
    "components",
    "forms",
    "account",
    "field",
    "run",
    "desk",
    "manage",
    "dense",
    "officer",
    "story",
    "chart",
    "widths",
    "print",
)
_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Serve Bootstrap from its package and add a content hash to every static URL."""
    Bootstrap5(app)
    folders = {"static": Path(str(app.static_folder))}
    bootstrap = app.blueprints["bootstrap"]
    folders["bootstrap.static"] = Path(str(bootstrap.static_folder))

    @app.url_defaults
    def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint in folders and "filename" in values and "v" not in values:
            values["v"] = _digest(folders[endpoint] / values["filename"])

    app.after_request(_keep_long)
    app.jinja_env.globals["stylesheets"] = stylesheets


def stylesheets() -> list[str]:
    """Return the URLs of every sheet, Bootstrap first, in the order they cascade."""
    bootstrap = url_for("bootstrap.static", filename="css/bootstrap.min.css")
    return [bootstrap, *(url_for("static", filename=f"css/{name}.css") for name in SHEETS)]


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "missing"


def _keep_long(response: Response) -> Response:
    if request.endpoint in {"static", "bootstrap.static"} and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
