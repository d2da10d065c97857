"""Mark as missed what closed with nothing performed; running it again changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from inspections.models import DutyRow, OccurrenceEventRow, OccurrenceRow
from inspections.states import Happening, Window, occurrence_state

_TABLE: Any = OccurrenceRow.__table__
_EVENTS: Any = OccurrenceEventRow.__table__
_AT_ONCE = 5_000


@dataclass(frozen=True)
class SweepResult:
    """
    What a sweep found.

    Attributes:
        missed: Ids of the occurrences that it marked.
        checked: How many had closed and were still open.
    """

    missed: tuple[int, ...]
    checked: int


def sweep(session: Session, *, now: datetime, organisation_id: str | None = None) -> SweepResult:
    """
    Write `missed` for every open occurrence that closed before *now*.

    The state is computed from the log, so an entry that came meanwhile is respected.
    """
    rows = _closed_and_open(session, now, organisation_id)
    logs = _logs(session, [row.id for row in rows])
    states = {
        row.id: occurrence_state(
            Window(row.opens_at, row.due_at, row.closes_at),
            [*logs.get(row.id, ()), Happening("missed", row.closes_at)],
        )
        for row in rows
    }
    missed = [row for row in rows if states[row.id] == "missed"]
    _write(session, missed, states, now)
    return SweepResult(tuple(row.id for row in missed), len(rows))


def _closed_and_open(session: Session, now: datetime, organisation_id: str | None) -> list[Any]:
    query = (
        select(_TABLE)
        .where(_TABLE.c.state.in_(("scheduled", "in_progress")))
        .where(_TABLE.c.closes_at < now)
        .order_by(_TABLE.c.closes_at, _TABLE.c.id)
        # A tablet that syncs at this moment is waited for: its log is read after this.
        .with_for_update()
    )
    if organisation_id is not None:
        mine = select(DutyRow.id).filter_by(organisation_id=organisation_id)
        query = query.where(_TABLE.c.duty_id.in_(mine))
    return list(session.execute(query))


def _logs(session: Session, ids: list[int]) -> dict[int, list[Happening]]:
    logs: dict[int, list[Happening]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        query = select(_EVENTS.c.occurrence_id, _EVENTS.c.kind, _EVENTS.c.at)
        query = query.where(_EVENTS.c.occurrence_id.in_(some)).order_by(_EVENTS.c.id)
        for row in session.execute(query):
            logs.setdefault(row.occurrence_id, []).append(Happening(row.kind, row.at))
    return logs


def _write(session: Session, missed: list[Any], states: Mapping[int, str], now: datetime) -> None:
    events = [
        {
            "occurrence_id": row.id,
            "kind": "missed",
            "at": row.closes_at,
            "recorded_at": now,
            "by": "sweep",
        }
        for row in missed
    ]
    changed = [{"row_id": id_, "new_state": state} for id_, state in states.items()]
    state = update(_TABLE).where(_TABLE.c.id == bindparam("row_id"))
    state = state.values(state=bindparam("new_state"))
    for statement, rows in ((insert(_EVENTS), events), (state, changed)):
        if rows:
            session.connection().execute(statement, rows)
    session.expire_all()
