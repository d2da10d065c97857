"""The bytes of photos and signatures: kept by hash as soon as they arrive, linked when named."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from inspections.errors import Refused
from inspections.evidence import EvidenceStore
from inspections.models import SyncItemRow
from inspections.photo_check import CheckedPhoto, checked_photo
from inspections.sync.outcomes import Damaged
from inspections.sync.receiving import Ack, Inbox, acknowledged, problem_of
from inspections.sync.sender import Sender
from inspections.sync.stored import PHOTO_BYTES, keys_waited_for, versions_of
from rules.rulebook import RuleBook


@dataclass(frozen=True)
class Picture:
    """Bytes under the id that the device gave them, checked to be a picture."""

    id: str
    content: bytes
    sha256: str
    checked: CheckedPhoto


def checked_picture(id_: str, content: bytes, *, told: str, now: datetime) -> Picture | Ack:
    """
    Return a picture that is whole, or what the device is told of one that is not kept.

    It takes the processor, not the record: call it before the transaction begins. What is not
    kept is acknowledged without its hash, so that the device does not let go of it.
    """
    actual = sha256(content).hexdigest()
    if actual != told.lower():
        return Ack(id_, "", "refused", now, problem_of(Damaged()))
    try:
        return Picture(id_, content, actual, checked_photo(content))
    except Refused as refusal:
        return Ack(id_, "", "refused", now, problem_of(refusal))


def receive_picture(
    session: Session, store: EvidenceStore, picture: Picture, *, sender: Sender, now: datetime
) -> Ack:
    """
    Keep a picture; what waited for it is applied by `apply_waiting`.

    Another picture under the same id is kept beside the first, for a person to choose.
    """
    versions = versions_of(session, sender.account.id, [picture.id]).get(picture.id, [])
    same = next((row for row in versions if row.sha256 == picture.sha256), None)
    if same is not None:
        return acknowledged(same, again=True)
    checked = picture.checked
    store.keep(session, picture.content, media_type=checked.media_type, now=now, look=checked.look)
    row = _row(picture, sender, now)
    if versions:
        row.state, row.against = "conflict", versions[0].number
    session.add(row)
    session.flush()
    return acknowledged(row)


def is_waited_for(session: Session, picture: str, *, sender: Sender) -> bool:
    """Tell whether something hangs on a picture."""
    return f"photo/{picture}" in keys_waited_for(session, sender.account.id)


def apply_waiting(
    session: Session, rulebook: RuleBook, picture: str, *, sender: Sender, now: datetime
) -> None:
    """Apply what waited for a picture that is here now."""
    Inbox(session, rulebook, sender, now).provide([f"photo/{picture}"])


def _row(picture: Picture, sender: Sender, now: datetime) -> SyncItemRow:
    checked = picture.checked
    about = {
        "type": checked.media_type,
        "width": checked.width,
        "height": checked.height,
        "size": len(picture.content),
    }
    return SyncItemRow(
        organisation_id=sender.account.organisation,
        account_id=sender.account.id,
        by=sender.person,
        device=sender.device,
        item=picture.id,
        sha256=picture.sha256,
        kind=PHOTO_BYTES,
        seq=0,
        subject=f"photo/{picture.id}",
        device_at=now,
        received_at=now,
        offset_seconds=0.0,
        body=json.dumps(about),
        state="applied",
        imported_by=sender.imported_by,
    )
