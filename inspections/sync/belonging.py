"""What an item belongs to in the record, and when it was."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.device_clock import DeviceClock
from inspections.errors import NotFound
from inspections.models import InspectionRow, SyncItemRow
from inspections.sync.outcomes import Waits
from rules.text import Text


def item_clock(row: SyncItemRow, at: datetime | None = None) -> DeviceClock:
    """Return the clocks of an item, or of another instant that its device told."""
    return DeviceClock(
        device_at=at or row.device_at,
        server_at=row.received_at,
        offset_seconds=row.offset_seconds,
    )


def inspection_of(session: Session, row: SyncItemRow, inspection_id: str) -> InspectionRow:
    """
    Return the inspection that an item speaks of, begun by the same person.

    Raises:
        Waits: If nothing of it has arrived.
        NotFound: If it is another person's.
    """
    inspection = session.get(InspectionRow, inspection_id)
    if inspection is None:
        raise Waits(f"inspection/{inspection_id}")
    if inspection.by != row.by:
        raise NotFound(Text(zh="检查记录", en="record"), inspection_id)
    return inspection


def finding_of(session: Session, account_id: int, uuid: str) -> int | None:
    """Return the id of the finding that a device calls *uuid*."""
    mine = {"account_id": account_id, "subject": f"finding/{uuid}", "kind": "finding"}
    query = select(SyncItemRow).filter_by(**mine).where(SyncItemRow.outcome.is_not(None))
    row = session.scalars(query.order_by(SyncItemRow.number).limit(1)).one_or_none()
    return row.outcome.get("finding") if row and row.outcome else None
