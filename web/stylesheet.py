"""
One style sheet for every page: Bootstrap from its package and then our own sheets, in order.

Over a slow network two dozen sheets are asked for one after the other before anything is drawn.
"""

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, url_for

from web.access import public

SHEETS = (
    "tokens",
    "ground",
    "components",
    "forms",
    "account",
    "field",
    "device",
    "run",
    "run_device",
    "codes",
    "desk",
    "manage",
    "dense",
    "officer",
    "board",
    "story",
    "authoring",
    "drills",
    "register",
    "wall",
    "chart",
    "widths",
    "print",
)
_KEY = "xunjian.stylesheet"
_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Join the sheets and serve them; Bootstrap is there already."""
    bootstrap = Path(str(app.blueprints["bootstrap"].static_folder)) / "css" / "bootstrap.min.css"
    own = (Path(str(app.static_folder)) / "css" / f"{name}.css" for name in SHEETS)
    whole = b"\n".join(path.read_bytes() for path in (bootstrap, *own))
    app.extensions[_KEY] = (hashlib.sha256(whole).hexdigest()[:10], whole)
    app.add_url_rule(
        "/static/sheet-<string(length=10):version>.css",
        "stylesheet",
        public(_stylesheet),
        methods=["GET"],
    )
    app.jinja_env.globals["stylesheet"] = stylesheet


def stylesheet() -> str:
    """Return the URL of the sheet, with a hash of what stands in it."""
    version, _ = current_app.extensions[_KEY]
    return url_for("stylesheet", version=version)


def _stylesheet(version: str) -> Response:
    """Serve the sheet; an old page of an older version gets the present one, but not for long."""
    present, whole = current_app.extensions[_KEY]
    response = Response(whole, mimetype="text/css")
    response.set_etag(present)
    if version == present:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
