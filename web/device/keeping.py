"""Which pages a device may keep, and whose they are."""

from urllib.parse import quote

from flask import Flask, Response, request
from flask_login import current_user

from web.assets import files_version

# Pages that work without a network, as last seen.
KEPT_ENDPOINTS = frozenset(
    {
        "account.show",
        "codes.scan",
        "device.state",
        "drills.drill",
        "inspector.finding",
        "inspector.findings",
        "inspector.new_finding",
        "inspector.occurrence",
        "inspector.run",
        "inspector.today",
    }
)
# The worker asks for pages with this header; messages to the person are not for it.
REFRESH = "X-Xunjian-Refresh"


def init_app(app: Flask) -> None:
    """Tell the worker of each page whose it is, and with which files it may be kept."""
    app.after_request(_mark)
    app.jinja_env.globals["is_refresh"] = is_refresh


def is_refresh() -> bool:
    """Return whether a device asks for the page to keep it, and nobody looks at it now."""
    return REFRESH in request.headers


def account_mark(name: str) -> str:
    """Return an account's name as it may stand in a header; scripts write it the same way."""
    return quote(name, safe="!'()*")


def _mark(response: Response) -> Response:
    if response.mimetype != "text/html" or not current_user.is_authenticated:
        return response
    response.headers["X-Xunjian-Account"] = account_mark(current_user.name)
    if request.method == "GET" and response.status_code == 200 and _may_be_kept():
        response.headers["X-Xunjian-Keep"] = files_version()
    return response


def _may_be_kept() -> bool:
    return request.endpoint in KEPT_ENDPOINTS
