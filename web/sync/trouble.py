"""Errors as the tablet's program reads them; whatever it is, the device keeps its items."""

from math import ceil

from flask import Response, current_app, g, jsonify, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from inspections.errors import Refused
from rules.text import Text
from web.errors import status_of
from web.sync.blueprint import blueprint
from web.sync.line import NotYet

_SIGN_IN = Text(
    zh="登录已过期。内容都在设备上，请重新登录后同步。",
    en="The sign-in has expired. Everything is still on the device; sign in to send it.",
)
_WORDS = {
    "csrf": Text(
        zh="安全令牌已过期，将重新获取。", en="The token has expired; a new one is fetched."
    ),
    "signed-out": _SIGN_IN,
    "forbidden": Text(zh="该账号无权同步。", en="This account may not sync."),
    "too-large": Text(
        zh="单次发送的内容过大。请减小照片后重试。",
        en="It is too large for one request. Make the photo smaller.",
    ),
    "unreadable-batch": Text(
        zh="请求内容无法识别，未保存。请更新应用后重试。",
        en="The request cannot be read and nothing was kept. Reload the app and try again.",
    ),
    "turn": Text(
        zh="服务器正在接收其他平板的照片，轮到后自动上传。",
        en="The server takes photos of other tablets; this one goes when its turn comes.",
    ),
    "unexpected": Text(
        zh="服务器出错，未保存。稍后自动重试。",
        en="The server failed and kept nothing. It is tried again in a moment.",
    ),
}
_CODES = {401: "signed-out", 403: "forbidden", 413: "too-large"}

Answer = tuple[Response, int]


def told(code: str, status: int, words: Text | None = None, **more: float) -> Answer:
    """Return an error with its stable code, words in both languages, and *more* figures."""
    g.refusal = code
    said = words or _WORDS.get(code) or Text(zh=code, en=code)
    answer = jsonify(code=code, zh=said.zh, en=said.en, **more)
    answer.headers["Cache-Control"] = "no-store"
    return answer, status


@blueprint.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Answer:
    """Let the device fetch a fresh token, or know that nobody is signed in."""
    if not current_user.is_authenticated:
        return told("signed-out", 401)
    return told("csrf", 400)


@blueprint.errorhandler(HTTPException)
def refused_request(error: HTTPException) -> Answer | HTTPException:
    """Name the status; a redirect stays one."""
    status = error.code or 500
    return told(_CODES.get(status, f"http-{status}"), status) if status >= 400 else error


@blueprint.errorhandler(NotYet)
def not_yet(told_of: NotYet) -> Answer:
    """Say when it is this tablet's turn; nothing failed."""
    answer, status = told("turn", 503, retry_in=round(told_of.seconds, 3))
    answer.headers["Retry-After"] = str(ceil(told_of.seconds))
    return answer, status


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> Answer:
    """Say what a use case refused."""
    return told(error.code, status_of(error), error.text)


@blueprint.errorhandler(Exception)
def broken(error: Exception) -> Answer:
    """Say that the fault is the server's, and keep it in the log."""
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("Unexpected error at %s", request.path, exc_info=error)
    return told("unexpected", 500)
