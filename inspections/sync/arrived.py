"""How much of a record has arrived, and how it came: by which tablet, by which clock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.evidence import Owner, evidence_of
from inspections.models import FindingRow, SyncItemRow
from inspections.rounds.names import people_names, person_text
from rules.text import Text


@dataclass(frozen=True)
class PhotoCount:
    """How many photos are here, and how many the device said there are."""

    arrived: int
    expected: int

    @property
    def is_short(self) -> bool:
        """Whether some are still on the way."""
        return self.arrived < self.expected


@dataclass(frozen=True)
class CameFrom:
    """
    How a record came to the server.

    Attributes:
        device_at: What the device's clock said at the last item.
        received_at: When that item arrived.
        offset_seconds: Server time minus device time, as measured.
        held: How many of its items wait for something that is not here yet.
        imported_by: Who brought some of it in by a file.
    """

    device: str
    device_at: datetime
    received_at: datetime
    offset_seconds: float
    held: int
    imported_by: Text | None


def photos_of_record(session: Session, inspection_id: str) -> dict[str, PhotoCount]:
    """Return, by item, how many photos a tablet said belong to it, and how many are here."""
    return {
        part: PhotoCount(_here(session, Owner(inspection_id=inspection_id, item=part)), expected)
        for part, expected in _expected(session, inspection_id).items()
        if expected
    }


def photos_of_finding(session: Session, finding_id: int) -> PhotoCount | None:
    """Return how many photos of how a finding was found are here; nothing where none were taken."""
    row = session.get_one(FindingRow, finding_id)
    if row.inspection_id is not None:
        return photos_of_record(session, row.inspection_id).get(str(row.item))
    query = select(func.sum(SyncItemRow.photos_expected)).filter_by(
        kind="finding", part=str(finding_id), organisation_id=row.organisation_id
    )
    expected = session.scalar(query) or 0
    return PhotoCount(_taken_with(session, finding_id), expected) if expected else None


def came_from(session: Session, inspection_id: str) -> CameFrom | None:
    """Return how a record came; nothing where no tablet sent it."""
    query = select(SyncItemRow).filter_by(subject=f"inspection/{inspection_id}")
    rows = list(session.scalars(query.order_by(SyncItemRow.device_at, SyncItemRow.number)))
    if not rows:
        return None
    last = rows[-1]
    names = people_names(session, last.organisation_id)
    brought = next((row.imported_by for row in reversed(rows) if row.imported_by), None)
    return CameFrom(
        device=last.device,
        device_at=last.device_at,
        received_at=last.received_at,
        offset_seconds=last.offset_seconds,
        held=sum(row.state == "held" for row in rows),
        imported_by=person_text(names, brought) if brought else None,
    )


def _expected(session: Session, inspection_id: str) -> dict[str, int]:
    """Return what the last answer to each item said; an earlier one knew of fewer photos."""
    query = select(SyncItemRow.part, SyncItemRow.photos_expected).filter_by(
        subject=f"inspection/{inspection_id}", kind="answer"
    )
    rows = session.execute(query.order_by(SyncItemRow.seq, SyncItemRow.number))
    return {str(part): expected for part, expected in rows}


def _here(session: Session, owner: Owner) -> int:
    return len(set(evidence_of(session, owner)))


def _taken_with(session: Session, finding_id: int) -> int:
    """Count the photos that tablets sent with a finding, not those that prove its rectification."""
    query = select(SyncItemRow.item).where(
        SyncItemRow.kind == "photo",
        SyncItemRow.state == "applied",
        SyncItemRow.part == str(finding_id),
    )
    return len(set(session.scalars(query)))
