"""
Bring published drills to the occurrences that they serve.

An announced drill is planned for its day, and one that was reported before its occurrences were
planned performs them. Of an unannounced one nothing is written before it starts: its occurrences
are only hidden until their window ends, which is no secret.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, select, true, update
from sqlalchemy.orm import Session

from inspections.drills.performing import perform
from inspections.models import (
    AssignmentRow,
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    OccurrenceRow,
    OrganisationRow,
)
from scheduler.local_clock import local_clock

_TABLE: Any = OccurrenceRow.__table__
_OPEN = ("scheduled", "in_progress")
_PAST_KEPT = timedelta(days=370)
_AT_ONCE = 5_000
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(
        planned_on=bindparam("new_day"),
        hidden_until=bindparam("new_hidden"),
        revision=_TABLE.c.revision + 1,
    )
)


def apply_drills(
    session: Session,
    organisation_id: str,
    *,
    now: datetime,
    sites: Collection[int] | None = None,
) -> int:
    """
    Write what has changed into the open occurrences of published drills; return how many.

    With *sites*, ids of rows, of drills at these alone.
    """
    here = true() if sites is None else DrillRow.site_id.in_(sites)
    if not _any_ahead(session, organisation_id, now, here):
        return 0
    published = _published(organisation_id, now).where(here)
    _perform_held(session, published, now)
    zone = _zone(session, organisation_id)
    changes, secret = [], []
    for drill, row in session.execute(published):
        hidden = drill.hidden and drill.starts_at > now
        secret += [row.id] if hidden else []
        day = row.due_at.astimezone(zone).date() if hidden else drill.on
        changes += _change(row, day, row.due_at if hidden else _own_hiding(row))
    for start in range(0, len(secret), _AT_ONCE):
        some = secret[start : start + _AT_ONCE]
        # Whoever was sent to it would know that it comes.
        session.execute(delete(AssignmentRow).where(AssignmentRow.occurrence_id.in_(some)))
    return _write(session, changes)


def _any_ahead(
    session: Session, organisation_id: str, now: datetime, here: ColumnElement[bool]
) -> bool:
    """Tell whether there are drills at all: from occurrences to drills the way is long."""
    query = (
        select(DrillRow.id)
        .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
        .where(DrillProgrammeRow.organisation_id == organisation_id, here)
        .where(DrillRow.state == "scheduled", DrillRow.starts_at >= now - _PAST_KEPT)
    )
    return session.scalars(query.limit(1)).one_or_none() is not None


def _perform_held(
    session: Session, published: Select[DrillRow, OccurrenceRow], now: datetime
) -> None:
    served = published.with_only_columns(DrillRow.id).order_by(None)
    query = (
        select(DrillRow, DrillReportRow)
        .join(DrillReportRow, DrillReportRow.drill_id == DrillRow.id)
        .where(DrillRow.id.in_(served))
        .order_by(DrillRow.id)
    )
    for drill, report in session.execute(query).all():
        perform(session, drill, report, now=now)


def release(
    session: Session, organisation_id: str, keys: Iterable[tuple[int, str]], *, now: datetime
) -> int:
    """Put occurrences that no drill serves any more back on their due day; return how many."""
    zone = _zone(session, organisation_id)
    wanted = set(keys)
    query = (
        select(OccurrenceRow)
        .where(OccurrenceRow.duty_id.in_({duty for duty, _ in wanted}))
        .where(OccurrenceRow.state.in_(_OPEN), OccurrenceRow.closes_at >= now)
    )
    changes = []
    for row in session.scalars(query):
        if (row.duty_id, row.period) in wanted:
            changes += _change(row, row.due_at.astimezone(zone).date(), _own_hiding(row))
    return _write(session, changes)


def announced_days(
    session: Session, organisation_id: str, *, now: datetime, sites: Collection[int]
) -> Mapping[int, date]:
    """
    Return the day of each open occurrence that an announced or begun drill serves.

    Only at *sites*, which are ids of rows.
    """
    there = select(DrillRow.id).where(DrillRow.site_id.in_(sites), DrillRow.state == "scheduled")
    # Asked for first: from occurrences to drills the way is long where there are many.
    drills = session.scalars(there).all()
    if not drills:
        return {}
    rows = session.execute(_published(organisation_id, now).where(DrillRow.id.in_(drills)))
    return {row.id: drill.on for drill, row in rows if not (drill.hidden and drill.starts_at > now)}


def _published(organisation_id: str, now: datetime) -> Select[DrillRow, OccurrenceRow]:
    return (
        select(DrillRow, OccurrenceRow)
        .join(DrillProgrammeRow, DrillProgrammeRow.id == DrillRow.programme_id)
        .join(DrillServesRow, DrillServesRow.drill_id == DrillRow.id)
        .join(
            OccurrenceRow,
            (OccurrenceRow.duty_id == DrillServesRow.duty_id)
            & (OccurrenceRow.period == DrillServesRow.period),
        )
        .where(DrillProgrammeRow.organisation_id == organisation_id)
        .where(DrillRow.state == "scheduled", DrillRow.starts_at >= now - _PAST_KEPT)
        .where(OccurrenceRow.state.in_(_OPEN), OccurrenceRow.closes_at >= now)
        .order_by(DrillRow.id, OccurrenceRow.id)
    )


def _own_hiding(row: OccurrenceRow) -> datetime | None:
    """Return until when its cadence hides it; hiding to the end of the window is a drill's."""
    return None if row.hidden_until == row.due_at else row.hidden_until


def _change(row: OccurrenceRow, day: date, hidden: datetime | None) -> list[dict[str, Any]]:
    if (row.planned_on, row.hidden_until) == (day, hidden):
        return []
    return [{"row_id": row.id, "new_day": day, "new_hidden": hidden}]


def _write(session: Session, changes: list[dict[str, Any]]) -> int:
    if changes:
        session.flush()
        session.connection().execute(_UPDATE, changes)
        session.expire_all()
    return len(changes)


def _zone(session: Session, organisation_id: str) -> Any:
    return local_clock(session.get_one(OrganisationRow, organisation_id).time_zone).zone
