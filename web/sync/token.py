"""Greet the server: who is signed in, what time it is, and a token for what comes next."""

from datetime import UTC, datetime

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from inspections.sync.tablets import is_news, note_tablet
from inspections.sync.taking_in import in_turn
from web.access import for_programs
from web.authentication import viewer
from web.database import now, session, sessions
from web.sync.blueprint import blueprint
from web.sync.sender import seen, sender

_LONGEST = 80
_MOST_WAITING = 10**6


@blueprint.get("/token")
@for_programs
def token() -> Response:
    """
    Answer with a fresh token; it is fetched before each run of sending.

    A device may say of itself: `device` its id, `waiting` how many items it holds, `oldest` when
    the oldest was recorded.
    """
    here = viewer()
    _note()
    answer = jsonify(
        token=generate_csrf(),
        account=here.name,
        organisation=here.organisation,
        server_at=now().isoformat(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _note() -> None:
    device = request.args.get("device", "")
    if not 0 < len(device) <= _LONGEST:
        return
    waiting = request.args.get("waiting", type=int)
    told = seen(
        waiting=waiting if waiting is not None and 0 <= waiting <= _MOST_WAITING else None,
        oldest_at=_moment(request.args.get("oldest", "")),
    )
    who = sender(device)
    if is_news(session(), who, told):
        in_turn(sessions(), lambda opened: note_tablet(opened, who, told))


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
