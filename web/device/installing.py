"""What a browser needs to install the service and to open it without a network."""

import hashlib
import json
from pathlib import Path

from flask import Response, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from web.access import public
from web.assets import files_version, shell_addresses
from web.database import now
from web.device.blueprint import blueprint
from web.preferences import html_lang

_ICONS = ((192, "any"), (512, "any"), (512, "maskable"))


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """Serve the worker with the list of what it keeps; a new list makes a new worker."""
    script = Path(str(current_app.static_folder)) / "js" / "device" / "sw.js"
    text = f"{_shell()}\n{script.read_text(encoding='utf-8')}"
    response = Response(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _shell() -> str:
    """Return the constants that the worker begins with, as JavaScript."""
    notices = {name: url_for("device.notice", kind=name) for name in ("unseen", "unsent")}
    assets = [*shell_addresses(), url_for("device.manifest")]
    # The notices are part of the shell: a change of their words or language is a new version.
    words = [render_template("device/notice.html", kind=kind) for kind in notices]
    whole = json.dumps([assets, notices, words])
    version = hashlib.sha256(whole.encode()).hexdigest()[:12]
    shell = {
        "version": version,
        "base": url_for("home"),
        "today": url_for("inspector.today"),
        "signIn": url_for("account.sign_in"),
        "signOut": url_for("account.sign_out"),
        "notices": notices,
        "assets": assets,
        "files": files_version(),
    }
    return f"const SHELL = {json.dumps(shell)};"


@blueprint.get("/offline/<any(unseen, unsent):kind>")
@public
def notice(kind: str) -> str:
    """Say that a page is not on the device, or that a form was not sent."""
    return render_template("device/notice.html", kind=kind)


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """Say how the service is called and drawn once it is installed."""
    response = jsonify(
        id=url_for("home"),
        name=_("Xunjian"),
        short_name=_("Xunjian"),
        lang=html_lang(),
        start_url=url_for("home"),
        scope=url_for("home"),
        display="standalone",
        background_color="#F4F2ED",
        theme_color="#1D4289",
        icons=[_icon(size, purpose) for size, purpose in _ICONS],
    )
    response.mimetype = "application/manifest+json"
    return response


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"icons/{purpose}-{size}.png"
    source = url_for("static", filename=name)
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@blueprint.get("/sync/ping")
@public
def ping() -> Response:
    """Answer that the service is there, and what time it is."""
    response = jsonify(service="xunjian", server_at=now().isoformat())
    response.headers["Cache-Control"] = "no-store"
    return response
