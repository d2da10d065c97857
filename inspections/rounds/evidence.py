"""Stored evidence for people: whose it is decides who may look at it."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inspections.models import (
    DrillRow,
    EvidenceLinkRow,
    EvidenceRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    ProblemReportRow,
    SiteRow,
    TicketRow,
)


def evidence_media_type(
    session: Session,
    digest: str,
    *,
    organisation: str,
    sites: Collection[str] = (),
    owner: str | None = None,
) -> str | None:
    """
    Return the media type of stored evidence that a record of *organisation* links to.

    Only what is linked at one of *sites*, by key, is there; none named means all of them.
    With an *owner*, only what belongs to a finding of theirs is there.
    """
    site = func.coalesce(
        OccurrenceRow.site_id,
        FindingRow.site_id,
        TicketRow.site_id,
        ProblemReportRow.site_id,
        DrillRow.site_id,
    )
    query = (
        select(EvidenceRow.media_type)
        .join(EvidenceLinkRow, EvidenceLinkRow.sha256 == EvidenceRow.sha256)
        .outerjoin(InspectionRow, InspectionRow.id == EvidenceLinkRow.inspection_id)
        .outerjoin(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .outerjoin(FindingRow, FindingRow.id == EvidenceLinkRow.finding_id)
        .outerjoin(TicketRow, TicketRow.id == EvidenceLinkRow.ticket_id)
        .outerjoin(ProblemReportRow, ProblemReportRow.id == EvidenceLinkRow.report_id)
        .outerjoin(DrillRow, DrillRow.id == EvidenceLinkRow.drill_id)
        .join(SiteRow, SiteRow.id == site)
        .where(EvidenceRow.sha256 == digest, SiteRow.organisation_id == organisation)
    )
    if sites:
        query = query.where(SiteRow.key.in_(sites))
    if owner is not None:
        of_the_item = (FindingRow.inspection_id == EvidenceLinkRow.inspection_id) & (
            FindingRow.item == EvidenceLinkRow.item
        )
        of_a_finding = or_(FindingRow.id == EvidenceLinkRow.finding_id, of_the_item)
        mine = select(FindingRow.id).where(FindingRow.owner == owner, of_a_finding)
        query = query.where(mine.correlate(EvidenceLinkRow).exists())
    return session.scalars(query.limit(1)).one_or_none()
