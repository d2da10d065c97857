"""A drill that was held performs every occurrence it serves."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DrillReportRow, DrillRow, DrillServesRow, OccurrenceRow
from inspections.occurrence_log import append, log_of

# What another check performed already is not performed twice.
_CLOSED = ("cancelled", "excused", "done", "late")


def perform(
    session: Session,
    drill: DrillRow,
    report: DrillReportRow,
    *,
    now: datetime,
    without: int | None = None,
) -> tuple[int, ...]:
    """
    Log the performance of what *drill* serves at the time it was held; return the occurrences.

    One held after a window is a make-up there, and missed stays missed. What was performed
    already (*without*) is left out.
    """
    query = (
        select(OccurrenceRow)
        .join(
            DrillServesRow,
            (DrillServesRow.duty_id == OccurrenceRow.duty_id)
            & (DrillServesRow.period == OccurrenceRow.period),
        )
        .where(DrillServesRow.drill_id == drill.id, OccurrenceRow.state.not_in(_CLOSED))
        .order_by(OccurrenceRow.id)
    )
    served = [row for row in session.scalars(query).all() if row.id != without]
    for row in served:
        _perform(session, drill, row, report, now)
    return tuple(row.id for row in served)


def _perform(
    session: Session, drill: DrillRow, row: OccurrenceRow, report: DrillReportRow, now: datetime
) -> None:
    at, data = report.started_at, {"drill": drill.id}
    log = log_of(session, row.id)
    row.hidden_until = None
    if at > row.closes_at:
        append(session, row, "made-up", at=at, recorded_at=now, by=report.by, data=data)
        return
    append(session, row, "performed", at=at, recorded_at=now, by=report.by, data=data)
    if any(entry.kind == "missed" for entry in log):
        append(session, row, "recovered", at=at, recorded_at=now, by=report.by, data=data)
