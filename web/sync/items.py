"""Take a batch of items and acknowledge each by its hash."""

from typing import Any

from flask import Response, jsonify, request
from pydantic import ValidationError

from inspections.sync.receiving import Ack
from inspections.sync.taking_in import take_in
from inspections.sync.wire import Batch
from web.access import for_programs
from web.authentication import viewer
from web.database import now, release, sessions
from web.rulebook import rulebook_of
from web.sync.blueprint import blueprint
from web.sync.sender import seen, sender
from web.sync.trouble import told


@blueprint.post("/items")
@for_programs
def items() -> Response | tuple[Response, int]:
    """Store what was sent and say of each item what became of it."""
    try:
        batch = Batch.model_validate(request.get_json(silent=True))
    except ValidationError:
        return told("unreadable-batch", 400)
    about = seen(
        waiting=batch.waiting, oldest_at=batch.oldest_at, offset_seconds=batch.offset_seconds
    )
    who, book = sender(batch.device), rulebook_of(viewer().organisation)
    release()
    acks = take_in(sessions(), book, batch, sender=who, seen=about)
    return jsonify(server_at=now().isoformat(), answers=[as_data(ack) for ack in acks])


def as_data(ack: Ack) -> dict[str, Any]:
    """Return an acknowledgement as the device reads it."""
    data: dict[str, Any] = {
        "id": ack.id,
        "sha256": ack.sha256,
        "status": ack.status,
        "received_at": ack.received_at.isoformat(),
    }
    if ack.problem is not None:
        words = ack.problem.text
        data["problem"] = {"code": ack.problem.code, "zh": words.zh, "en": words.en}
    return data
