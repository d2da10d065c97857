"""
The door for a CalDAV bridge: a person's tasks, and a tick. Opened by an app password only.

The bridge is a program of its own (docs/adr/0016): it speaks to this door and to nothing else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, jsonify, request, url_for

from inspections.app_passwords import Caller, caller_with
from inspections.device_tasks import device_tasks, tick, untick
from inspections.errors import Refused
from web.access import public
from web.database import now, session, transaction
from web.devices.blueprint import blueprint
from web.devices.todo import entity_tag, todo
from web.errors import status_of
from web.messages.setup import public_address
from web.rulebook import rulebook_of

View = Callable[..., Any]


def by_app_password(view: View) -> View:
    """Call *view* with the caller; answers 401 to whoever has no app password."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        given = request.authorization
        if given is None or given.type != "basic" or not given.username:
            return _unknown()
        with transaction() as opened:
            caller = caller_with(
                opened,
                given.username,
                given.password or "",
                agent=request.headers.get("X-Device-Agent", request.user_agent.string),
                now=now(),
            )
        if caller is None:
            return _unknown()
        try:
            return view(caller, **values)
        except Refused as refusal:
            told = {"code": refusal.code, "text": refusal.text.in_language(_language(caller))}
            return jsonify(told), status_of(refusal)

    return guarded


@blueprint.get("/device/tasks")
@public
@by_app_password
def tasks(caller: Caller) -> Response:
    """Answer with the caller's tasks as VTODOs."""
    language = _language(caller)
    # The bridge may ask from beside the server; people open the pages elsewhere.
    address = public_address() or url_for("home", _external=True).rstrip("/")
    book = rulebook_of(caller.account.organisation)
    texts = {
        task.key: todo(
            task, language=language, zone=ZoneInfo(caller.account.time_zone), address=address
        )
        for task in device_tasks(session(), book, caller, now=now())
    }
    shown = [{"key": key, "etag": entity_tag(text), "ics": text} for key, text in texts.items()]
    return jsonify(name="巡检任务" if language == "zh" else "Xunjian tasks", tasks=shown)


@blueprint.post("/device/tasks/<key>/done")
@public
@by_app_password
def done(caller: Caller, key: str) -> Response:
    """Take a tick."""
    book = rulebook_of(caller.account.organisation)
    with transaction() as opened:
        outcome = tick(opened, book, caller, key, now=now())
    return jsonify(outcome=outcome)


@blueprint.post("/device/tasks/<key>/undone")
@public
@by_app_password
def undone(caller: Caller, key: str) -> Response:
    """Take a tick back."""
    with transaction() as opened:
        outcome = untick(opened, caller, key, now=now())
    return jsonify(outcome=outcome)


def _language(caller: Caller) -> Any:
    return "en" if caller.account.language == "en" else "zh"


def _unknown() -> Response:
    answer = jsonify(
        code="app-password", text="用户名或设备密码不正确。Name or app password is wrong."
    )
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = 'Basic realm="Xunjian"'
    return answer
