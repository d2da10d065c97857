"""Take one photo: its bytes as they are, one request each."""

from uuid import UUID

from flask import Response, current_app, jsonify, request

from inspections.database import Session
from inspections.sync.pictures import (
    apply_waiting,
    checked_picture,
    is_waited_for,
    receive_picture,
)
from inspections.sync.receiving import Ack
from inspections.sync.taking_in import in_turn
from web.access import for_programs
from web.authentication import viewer
from web.database import now, release, sessions
from web.inspector.photos import store
from web.rulebook import rulebook_of
from web.sync.blueprint import blueprint
from web.sync.items import as_data
from web.sync.line import Line
from web.sync.sender import sender

LINE = "xunjian.photo_line"


@blueprint.put("/photos/<uuid:photo>")
@for_programs
def photo(photo: UUID) -> Response:
    """Store a photo when it is its tablet's turn; items that waited for it are recorded with it."""
    line: Line = current_app.extensions[LINE]
    with line.seat(viewer().name):
        return _taken_in(str(photo))


def _taken_in(id_: str) -> Response:
    told = request.headers.get("X-Content-SHA256", "")
    picture = checked_picture(id_, request.get_data(cache=False), told=told, now=now())
    if isinstance(picture, Ack):
        return jsonify(as_data(picture))
    kept, who = store(), sender(request.headers.get("X-Device", ""))
    release()

    def keep(opened: Session) -> tuple[Ack, bool]:
        ack = receive_picture(opened, kept, picture, sender=who, now=now())
        return ack, is_waited_for(opened, id_, sender=who)

    ack, waited_for = in_turn(sessions(), keep)
    if waited_for:
        book = rulebook_of(viewer().organisation)
        release()
        in_turn(sessions(), lambda opened: apply_waiting(opened, book, id_, sender=who, now=now()))
    return jsonify(as_data(ack))
