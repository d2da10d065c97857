"""Tell the security log of every request that was refused: who asked for what, from where."""

from flask import Flask, Response, g, request
from flask_login import current_user

from inspections.security_log import note_refusal

# 404 counts where an address of ours names something that is not there for whoever asks: that is
# what trying out ids looks like.
_REFUSALS = {
    400: "bad-request",
    401: "wrong-password",
    403: "not-allowed",
    404: "not-there",
    413: "too-large",
    429: "too-often",
}
_LONGEST_PATH = 300
_SECRET = frozenset({"token", "secret"})


def init_app(app: Flask) -> None:
    """Look at every answer."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    event = _REFUSALS.get(response.status_code)
    if event == "wrong-password" and g.get("refusal") == "signed-out":
        # A tablet whose sign-in ran out asks again and again; nobody guessed anything.
        event = "signed-out"
    if event is not None and (response.status_code != 404 or request.view_args):
        note_refusal(
            event,
            code=g.get("refusal"),
            status=response.status_code,
            account=getattr(current_user, "id", None),
            address=request.remote_addr,
            method=request.method,
            path=_path(),
        )
    return response


def _path() -> str:
    """Return the path without what only the holder of a link may know."""
    path = request.path
    for name, value in (request.view_args or {}).items():
        if name in _SECRET:
            path = path.replace(str(value), "…")
    return path[:_LONGEST_PATH]
