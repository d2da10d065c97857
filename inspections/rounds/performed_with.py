"""Which occurrences one record performed, and which record performed an occurrence."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from inspections.models import DutyRow, InspectionRow, OccurrenceEventRow, OccurrenceRow

PERFORMED = ("performed", "made-up")


@dataclass(frozen=True)
class Served:
    """An occurrence that a record of another one performed too."""

    id: int
    rule: str
    due_at: datetime
    state: str


def also_performed(session: Session, inspection: InspectionRow) -> tuple[Served, ...]:
    """Return the other occurrences that the finished *inspection* performed, by due time."""
    own, its_duty = aliased(OccurrenceRow), aliased(DutyRow)
    query = (
        select(OccurrenceRow, DutyRow.rule, OccurrenceEventRow.data)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(OccurrenceEventRow, OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
        .join(own, own.id == inspection.occurrence_id)
        .join(its_duty, its_duty.id == own.duty_id)
        # Always the same target, so that only its own events are read.
        .where(DutyRow.site_id == its_duty.site_id, DutyRow.target == its_duty.target)
        .where(DutyRow.target_kind == its_duty.target_kind, OccurrenceRow.id != own.id)
        .where(OccurrenceEventRow.kind.in_(PERFORMED), OccurrenceEventRow.by == inspection.by)
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )
    return tuple(
        Served(row.id, rule, row.due_at, row.state)
        for row, rule, data in session.execute(query)
        if (data or {}).get("inspection") == inspection.id
    )


def performing_records(session: Session, occurrence_id: int) -> frozenset[str]:
    """Return the ids of the inspections that performed the occurrence, also those of others."""
    query = select(OccurrenceEventRow.data).where(
        OccurrenceEventRow.occurrence_id == occurrence_id, OccurrenceEventRow.kind.in_(PERFORMED)
    )
    found = (data.get("inspection") for data in session.scalars(query) if data)
    return frozenset(one for one in found if one is not None)
