"""
Static files of ours and of Bootstrap's package, hashed in the URL, kept for long.

Scripts import each other by relative address, so their hash stands in the path and is that of all
of them: what one version imports is of that version, also where an older one is still open.
"""

import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request, send_file, url_for
from flask_bootstrap import Bootstrap5
from werkzeug.security import safe_join

from web.access import public
from web.stylesheet import stylesheet

_SCRIPTS = "js/"
_SHEETS = "css/"
# The worker stands at an address of its own.
_WORKER = "js/device/sw.js"
_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Serve Bootstrap from its package and add a content hash to every static URL."""
    Bootstrap5(app)
    folders = {"static": Path(str(app.static_folder))}
    bootstrap = app.blueprints["bootstrap"]
    folders["bootstrap.static"] = Path(str(bootstrap.static_folder))
    app.add_url_rule(
        "/static/at-<version>/<path:filename>", "scripts.static", public(_script), methods=["GET"]
    )

    @app.url_defaults
    def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint not in folders or "filename" not in values or "v" in values:
            return
        if endpoint == "static" and values["filename"].startswith(_SCRIPTS):
            values["filename"] = f"at-{scripts_version(folders[endpoint])}/{values['filename']}"
        else:
            values["v"] = _digest(folders[endpoint] / values["filename"])

    app.after_request(_keep_long)


def shell_addresses() -> list[str]:
    """Return the URL of every file that a page of ours may ask for, so that it opens offline."""
    folder = Path(str(current_app.static_folder))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    ours = [name for name in names if name != _WORKER and not name.startswith(_SHEETS)]
    return sorted([stylesheet(), *(url_for("static", filename=name) for name in ours)])


def files_version() -> str:
    """Return the version of all those files together: a page of another one has others."""
    folder = Path(str(current_app.static_folder))
    parts = (scripts_version(folder), stylesheet(), _others_version(folder))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:10]


@cache
def _others_version(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    others = [path for path in files if path.suffix not in {".js", ".css"}]
    return hashlib.sha256("".join(map(_digest, others)).encode()).hexdigest()


@cache
def scripts_version(folder: Path) -> str:
    """Return the hash of all scripts of *folder* together."""
    files = sorted((folder / _SCRIPTS).rglob("*.js"))
    texts = [path.relative_to(folder).as_posix().encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:10]


def _script(version: str, filename: str) -> Response:
    """Serve a script; an old page of an older version gets the present one, but not for long."""
    folder = Path(str(current_app.static_folder))
    path = safe_join(str(folder), filename)
    if path is None or not Path(path).is_file():
        abort(404)
    # Read whole: an answer that needs no body would leave an open file behind.
    response = send_file(BytesIO(Path(path).read_bytes()), mimetype="text/javascript")
    if version == scripts_version(folder):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "missing"


def _keep_long(response: Response) -> Response:
    if request.endpoint in {"static", "bootstrap.static"} and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
