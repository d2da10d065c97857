"""Photos and signatures: linked to what they prove as soon as their bytes are here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.evidence import Owner, link_evidence
from inspections.models import SignatureRow, SyncItemRow
from inspections.sync.belonging import finding_of, inspection_of, item_clock
from inspections.sync.outcomes import Unreadable, Waits
from inspections.sync.stored import bytes_here
from inspections.sync.wire import PhotoBody, SignatureBody


def apply_photo(session: Session, row: SyncItemRow, body: PhotoBody) -> Mapping[str, Any]:
    """Link a photo to the item of the inspection, or to the finding, that it belongs to."""
    if not bytes_here(session, row.account_id, body.photo, body.sha256):
        raise Waits(f"photo/{body.photo}")
    owner = _owner(session, row, body)
    at = item_clock(row, body.taken_at).at
    if owner.finding_id is not None:
        row.part = str(owner.finding_id)
    link_evidence(session, body.sha256, owner, by=row.by, now=at, caption=body.caption or None)
    return {"sha256": body.sha256}


def apply_signature(session: Session, row: SyncItemRow, body: SignatureBody) -> Mapping[str, Any]:
    """Put a signature under the record, bound to the answers that were signed."""
    if not bytes_here(session, row.account_id, body.photo, body.sha256):
        raise Waits(f"photo/{body.photo}")
    inspection = inspection_of(session, row, body.inspection)
    mine = {"inspection_id": inspection.id, "sha256": body.sha256, "digest": body.digest}
    if session.scalars(select(SignatureRow).filter_by(**mine)).first() is None:
        session.add(SignatureRow(name=body.name, by=row.by, at=item_clock(row).at, **mine))
    link_evidence(
        session,
        body.sha256,
        Owner(inspection_id=inspection.id),
        by=row.by,
        now=item_clock(row).at,
        caption=body.name,
    )
    return {"sha256": body.sha256, "digest": body.digest}


def link_second_picture(session: Session, first: SyncItemRow, second: SyncItemRow) -> int:
    """Link another picture under the same id to all that the first belongs to; return how many."""
    named = select(SyncItemRow).filter_by(account_id=first.account_id, kind="photo")
    photos = [
        (row, PhotoBody.model_validate_json(row.body))
        for row in session.scalars(named.where(SyncItemRow.body.contains(first.item)))
        if row.state in ("applied", "decided")
    ]
    mine = [(row, body) for row, body in photos if body.photo == first.item]
    for row, body in mine:
        owner, at = _owner(session, row, body), item_clock(second).at
        link_evidence(session, second.sha256, owner, by=second.by, now=at, caption=body.caption)
    return len(mine)


def _owner(session: Session, row: SyncItemRow, body: PhotoBody) -> Owner:
    if body.inspection is not None:
        inspection = inspection_of(session, row, body.inspection)
        return Owner(inspection_id=inspection.id, item=body.item)
    if body.finding is None:
        raise Unreadable
    found = finding_of(session, row.account_id, body.finding)
    if found is None:
        raise Waits(f"finding/{body.finding}")
    return Owner(finding_id=found)
