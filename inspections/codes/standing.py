"""How a thing stands in the eyes of whoever stands before it: last check, next check, no names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from inspections.codes.statements import AnySelect
from inspections.models import (
    AnswerRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
)
from inspections.reactions.stops import active_stops, stops_on
from inspections.rounds.names import Target

Result = Literal["in-order", "being-put-right", "put-right"]


@dataclass(frozen=True)
class LastCheck:
    """
    The newest check.

    Attributes:
        result: `in-order`; else whether what it found is still `being-put-right` or `put-right`.
    """

    at: datetime
    result: Result


@dataclass(frozen=True)
class Standing:
    """
    What the open page tells.

    Attributes:
        last: Nothing where there was no check yet, or where the site keeps results to itself.
        next_due: Nothing where none is planned; random checks stay hidden until they open.
        stopped: Whether it may not be used now; that is told whatever the site chose.
    """

    last: LastCheck | None
    next_due: datetime | None
    stopped: bool


def standing(
    session: Session, on: Target, *, organisation: str, results: bool, now: datetime
) -> Standing:
    """Return how the target *on* stands at *now*; *results* says whether the last check shows."""
    last = _last(session, on) if results else None
    next_due = session.scalar(_next_due(on, now))
    stops = stops_on(active_stops(session, organisation), on)
    return Standing(last, next_due, bool(stops))


def _at(query: AnySelect, on: Target) -> AnySelect:
    site, kind, key = on
    return query.where(DutyRow.site_id == site, DutyRow.target_kind == kind, DutyRow.target == key)


def _next_due(on: Target, now: datetime) -> AnySelect:
    query = select(func.min(OccurrenceRow.due_at)).join(
        DutyRow, DutyRow.id == OccurrenceRow.duty_id
    )
    return _at(query, on).where(
        OccurrenceRow.state.in_(("scheduled", "in_progress")),
        OccurrenceRow.due_at >= now,
        or_(OccurrenceRow.hidden_until.is_(None), OccurrenceRow.hidden_until <= now),
    )


def _last(session: Session, on: Target) -> LastCheck | None:
    query = (
        select(OccurrenceEventRow.at, OccurrenceEventRow.data)
        .join(OccurrenceRow, OccurrenceRow.id == OccurrenceEventRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
        .order_by(OccurrenceEventRow.at.desc(), OccurrenceEventRow.id.desc())
        .limit(1)
    )
    found = session.execute(_at(query, on)).first()
    if found is None:
        return None
    inspection = session.get(InspectionRow, (found.data or {}).get("inspection", ""))
    failed = inspection is not None and _failed(session, inspection.id)
    return LastCheck(found.at, _result(session, on, failed=failed))


def _failed(session: Session, inspection: str) -> bool:
    """Tell whether the last attempt at any item failed."""
    later = (
        select(AnswerRow.item, func.max(AnswerRow.attempt).label("attempt"))
        .where(AnswerRow.inspection_id == inspection)
        .group_by(AnswerRow.item)
        .subquery()
    )
    query = (
        select(AnswerRow.id)
        .join(later, (later.c.item == AnswerRow.item) & (later.c.attempt == AnswerRow.attempt))
        .where(AnswerRow.inspection_id == inspection, AnswerRow.verdict == "fail")
    )
    return bool(session.scalar(select(exists(query))))


def _result(session: Session, on: Target, *, failed: bool) -> Result:
    site, kind, key = on
    column = FindingRow.asset if kind == "asset" else FindingRow.place
    query = select(FindingRow.id).where(FindingRow.site_id == site, FindingRow.state != "closed")
    if kind != "site":
        query = query.where(column == key)
    else:
        query = query.where(FindingRow.asset.is_(None), FindingRow.place.is_(None))
    if kind == "place":
        query = query.where(FindingRow.asset.is_(None))
    if session.scalar(select(exists(query))):
        return "being-put-right"
    return "put-right" if failed else "in-order"
