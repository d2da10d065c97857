"""Known defects: what is being put right until a day is not found anew at each round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import (
    DutyRow,
    FindingEventRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    SiteRow,
)


@dataclass(frozen=True)
class KnownDefect:
    """
    A finding that is known and being put right.

    Attributes:
        until: Last day on which it is known; the day after, the same fault is a finding again.
    """

    finding_id: int
    number: str
    severity: str
    item: str
    until: date
    note: str | None


def known_defects(
    session: Session, duty: DutyRow, checklist: str, *, at: datetime, zone: ZoneInfo
) -> dict[str, KnownDefect]:
    """Return what is known at the target of *duty* on the local day of *at*, by item."""
    query = (
        select(FindingRow)
        .join(InspectionRow, InspectionRow.id == FindingRow.inspection_id)
        .join(OccurrenceRow, OccurrenceRow.id == FindingRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(FindingRow.site_id == duty.site_id, FindingRow.state != "closed")
        .where(DutyRow.target_kind == duty.target_kind, DutyRow.target == duty.target)
        .where(InspectionRow.checklist["id"].as_string() == checklist)
        .where(FindingRow.id.in_(_marked()))
        .order_by(FindingRow.id)
    )
    rows = {row.id: row for row in session.scalars(query)}
    marks = known_marks(session, rows)
    today = at.astimezone(zone).date()
    return {
        str(row.item): KnownDefect(row.id, row.number, row.severity, str(row.item), until, note)
        for row in rows.values()
        for marked, note in [marks[row.id]]
        if (until := marked.astimezone(zone).date()) >= today
    }


def known_of_occurrence(
    session: Session, occurrence_id: int, checklist: str, *, at: datetime
) -> dict[str, KnownDefect]:
    """Return what is known at the target of an occurrence on the local day of *at*, by item."""
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    zone = work_calendar(session, session.get_one(SiteRow, duty.site_id)).zone
    return known_defects(session, duty, checklist, at=at, zone=zone)


def known_marks(
    session: Session, findings: Iterable[int]
) -> dict[int, tuple[datetime, str | None]]:
    """Return until when each finding was last marked as known, and why; only those marked."""
    query = (
        select(FindingEventRow)
        .where(FindingEventRow.finding_id.in_(list(findings)))
        .where(FindingEventRow.kind == "known-until")
        .order_by(FindingEventRow.id)
    )
    return {
        row.finding_id: (datetime.fromisoformat((row.data or {})["until"]), row.note)
        for row in session.scalars(query)
    }


def _marked() -> Select[int]:
    return select(FindingEventRow.finding_id).where(FindingEventRow.kind == "known-until")
