"""Append to the event log of an occurrence and keep its cached state true."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import OccurrenceEventRow, OccurrenceRow
from inspections.states import Happening, OccurrenceEvent, OccurrenceState, Window, occurrence_state


def window_of(occurrence: OccurrenceRow) -> Window:
    """Return the window of *occurrence*."""
    return Window(occurrence.opens_at, occurrence.due_at, occurrence.closes_at)


def log_of(session: Session, occurrence_id: int) -> tuple[Happening, ...]:
    """Return the event log, in the order in which it was written."""
    query = select(OccurrenceEventRow).filter_by(occurrence_id=occurrence_id)
    rows = session.scalars(query.order_by(OccurrenceEventRow.id))
    return tuple(Happening(row.kind, row.at) for row in rows)


def append(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    occurrence: OccurrenceRow,
    kind: OccurrenceEvent,
    *,
    at: datetime,
    recorded_at: datetime,
    by: str,
    note: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> OccurrenceState:
    """Write one entry and return the state computed anew."""
    # Whoever writes to the same log at once waits: the state must be that of the whole log.
    session.refresh(occurrence, with_for_update=True)
    log = (*log_of(session, occurrence.id), Happening(kind, at))
    state = occurrence.state = occurrence_state(window_of(occurrence), log)
    session.add(
        OccurrenceEventRow(
            occurrence_id=occurrence.id,
            kind=kind,
            at=at,
            recorded_at=recorded_at,
            by=by,
            note=note,
            data=None if data is None else dict(data),
        )
    )
    session.flush()
    return state
