"""Stored evidence for people: whose it is decides who may look at it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.models import (
    DutyRow,
    EvidenceLinkRow,
    EvidenceRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
)


def evidence_media_type(session: Session, digest: str, *, organisation: str) -> str | None:
    """Return the media type of stored evidence that a record of *organisation* links to."""
    query = (
        select(EvidenceRow.media_type)
        .join(EvidenceLinkRow, EvidenceLinkRow.sha256 == EvidenceRow.sha256)
        .outerjoin(InspectionRow, InspectionRow.id == EvidenceLinkRow.inspection_id)
        .outerjoin(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .outerjoin(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .outerjoin(FindingRow, FindingRow.id == EvidenceLinkRow.finding_id)
        .where(EvidenceRow.sha256 == digest)
        .where(
            or_(
                DutyRow.organisation_id == organisation,
                FindingRow.organisation_id == organisation,
            )
        )
    )
    return session.scalars(query.limit(1)).one_or_none()
