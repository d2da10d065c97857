"""The items that arrived, as rows: found, and written exactly as they came."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import SyncItemRow
from inspections.sync.outcomes import Unreadable
from inspections.sync.sender import Sender
from inspections.sync.wire import BODIES, AnswerBody, Body, FindingBody, SentItem, subject_of

PHOTO_BYTES = "photo-bytes"
# Of an item that reached its end; a photo or signature that waits keeps nobody else waiting.
_KEEPS_NOBODY = ("photo", "signature", PHOTO_BYTES)


def versions_of(
    session: Session, account_id: int, items: Collection[str]
) -> dict[str, list[SyncItemRow]]:
    """Return every version of some items, the first one first."""
    query = select(SyncItemRow).filter_by(account_id=account_id)
    found: dict[str, list[SyncItemRow]] = {}
    wanted = query.where(SyncItemRow.item.in_(tuple(items))).order_by(SyncItemRow.number)
    for row in session.scalars(wanted):
        found.setdefault(row.item, []).append(row)
    return found


def item_as_it_came(
    sender: Sender, sent: SentItem, *, offset_seconds: float, now: datetime
) -> SyncItemRow:
    """Return an item as it came; what it comes to is decided next, and then it is written."""
    body = body_of(sent.kind, sent.body)
    return SyncItemRow(
        organisation_id=sender.account.organisation,
        account_id=sender.account.id,
        by=sender.person,
        device=sender.device,
        item=sent.id,
        sha256=sent.actual_sha256,
        kind=sent.kind,
        seq=sent.seq,
        after=sent.after,
        subject=subject_of(body) if body else None,
        part=_part(body),
        photos_expected=_photos_expected(body),
        device_at=sent.device_at,
        received_at=now,
        offset_seconds=offset_seconds if sent.offset_seconds is None else sent.offset_seconds,
        body=_storable(sent.body),
        state="held",
        imported_by=sender.imported_by,
    )


def body_of(kind: str, text: str) -> Body | None:
    """Return what the body of an item says; nothing where it cannot be read."""
    model = BODIES.get(kind)
    if model is None or "\\u0000" in text or "\x00" in text:
        return None
    try:
        data = json.loads(text, parse_constant=_no_number)
        # Half a surrogate pair is no text: no database takes it.
        json.dumps(data, ensure_ascii=False).encode()
        return model.model_validate(data)
    except (ValidationError, ValueError, RecursionError):
        return None


def read_body(row: SyncItemRow) -> Body:
    """
    Return what a stored item says.

    Raises:
        Unreadable: If it says nothing that this version knows.
    """
    body = body_of(row.kind, row.body)
    if body is None:
        raise Unreadable
    return body


def bytes_here(session: Session, account_id: int, photo: str, sha256: str) -> bool:
    """Tell whether the bytes of a photo have arrived."""
    mine = {"account_id": account_id, "item": photo, "sha256": sha256, "kind": PHOTO_BYTES}
    return session.scalars(select(SyncItemRow.number).filter_by(**mine)).first() is not None


def is_settled(versions: Iterable[SyncItemRow]) -> bool:
    """Tell whether an item, of which these are the versions, no longer keeps others waiting."""
    return any(row.state != "held" or row.kind in _KEEPS_NOBODY for row in versions)


def keys_waited_for(session: Session, account_id: int) -> set[str]:
    """Return everything that something of an account waits for."""
    query = select(SyncItemRow.waits_for).filter_by(account_id=account_id, state="held").distinct()
    return {key for key in session.scalars(query) if key is not None}


def count_answers(session: Session, account_id: int, subject: str) -> int:
    """Return how many different answers of an inspection reached their end."""
    query = (
        select(SyncItemRow.item)
        .filter_by(account_id=account_id, subject=subject, kind="answer")
        .where(SyncItemRow.state != "held")
        .distinct()
    )
    return len(session.scalars(query).all())


def held_for(session: Session, account_id: int, keys: Iterable[str]) -> list[SyncItemRow]:
    """Return what waits for one of *keys*, in the order of the device."""
    query = (
        select(SyncItemRow)
        .filter_by(account_id=account_id, state="held")
        .where(SyncItemRow.waits_for.in_(tuple(keys)))
    )
    return list(session.scalars(query.order_by(SyncItemRow.seq, SyncItemRow.number)))


def applied_item(session: Session, subject: str, kind: str) -> SyncItemRow | None:
    """Return the item of a kind that was applied for *subject*, the first one."""
    query = select(SyncItemRow).filter_by(subject=subject, kind=kind, state="applied")
    return session.scalars(query.order_by(SyncItemRow.number).limit(1)).one_or_none()


def _part(body: Body | None) -> str | None:
    item: Any = getattr(body, "item", None)
    return item if isinstance(item, str) else None


def _photos_expected(body: Body | None) -> int:
    return (body.photos_expected or 0) if isinstance(body, AnswerBody | FindingBody) else 0


def _no_number(name: str) -> Any:
    raise ValueError(f"Expected a number, got {name}.")


def _storable(text: str) -> str:
    """Return the text as every database takes it; only what is no JSON anyway is changed."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
