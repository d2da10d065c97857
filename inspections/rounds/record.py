"""One inspection with its checklist, every attempt at every item, and what it opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import (
    AnswerRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
)
from inspections.rounds.names import people_names, person_text
from inspections.rounds.performed_with import Served, also_performed
from rules.checklist import Checklist
from rules.text import Text


@dataclass(frozen=True)
class Attempt:
    """One answer to an item."""

    value: Any
    verdict: str
    note: str | None
    at: datetime


@dataclass(frozen=True)
class OpenedFinding:
    """A finding that a failed item opened; `arithmetic` is how its deadline was counted."""

    id: int
    number: str
    severity: str
    state: str
    due_at: datetime
    arithmetic: Mapping[str, Any]


@dataclass(frozen=True)
class InspectionDetail:
    """
    A record.

    Attributes:
        attempts: By item, the first one first.
        findings: By item.
        digest: SHA-256 of the finished record.
        also: Other occurrences that it performed.
    """

    id: str
    occurrence_id: int
    checklist: Checklist
    started_at: datetime
    finished_at: datetime | None
    server_at: datetime
    by_key: str
    by: Text
    note: str | None
    make_up: bool
    digest: str | None
    attempts: Mapping[str, tuple[Attempt, ...]]
    findings: Mapping[str, OpenedFinding]
    also: tuple[Served, ...]


@dataclass(frozen=True)
class LastAnswer:
    """What an item was answered in the record before."""

    value: Any
    verdict: str
    at: datetime


def inspection_detail(
    session: Session, inspection_id: str, *, organisation: str
) -> InspectionDetail:
    """
    Return the record.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(InspectionRow, inspection_id)
    occurrence = session.get(OccurrenceRow, row.occurrence_id) if row else None
    duty = session.get(DutyRow, occurrence.duty_id) if occurrence else None
    if row is None or duty is None or duty.organisation_id != organisation:
        raise NotFound(Text(zh="检查记录", en="record"), inspection_id)
    return InspectionDetail(
        id=row.id,
        occurrence_id=row.occurrence_id,
        checklist=Checklist.model_validate(row.checklist),
        started_at=row.started_at,
        finished_at=row.finished_at,
        server_at=row.server_at,
        by_key=row.by,
        by=person_text(people_names(session, organisation), row.by),
        note=row.note,
        make_up=row.make_up,
        digest=row.digest,
        attempts=_attempts(session, row.id),
        findings=_findings(session, row.id),
        also=also_performed(session, row) if row.finished_at else (),
    )


def running_inspection(session: Session, occurrence_id: int, *, by: str) -> str | None:
    """Return the id of the inspection that *by* has begun and not finished, if there is one."""
    query = (
        select(InspectionRow.id)
        .filter_by(occurrence_id=occurrence_id, by=by, finished_at=None)
        .order_by(InspectionRow.started_at.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def last_answers(session: Session, occurrence_id: int) -> dict[str, LastAnswer]:
    """Return the answers of the last finished record of the same duty, by item."""
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    query = (
        select(InspectionRow)
        .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .where(OccurrenceRow.duty_id == occurrence.duty_id, OccurrenceRow.id != occurrence_id)
        .where(InspectionRow.finished_at.is_not(None))
        .order_by(InspectionRow.finished_at.desc())
    )
    before = session.scalars(query.limit(1)).one_or_none()
    if before is None:
        return {}
    return {
        item: LastAnswer(
            tries[-1].value, tries[-1].verdict, before.finished_at or before.started_at
        )
        for item, tries in _attempts(session, before.id).items()
    }


def _attempts(session: Session, inspection_id: str) -> dict[str, tuple[Attempt, ...]]:
    query = select(AnswerRow).filter_by(inspection_id=inspection_id).order_by(AnswerRow.attempt)
    found: dict[str, tuple[Attempt, ...]] = {}
    for row in session.scalars(query):
        found[row.item] = (
            *found.get(row.item, ()),
            Attempt(row.value, row.verdict, row.note, row.at),
        )
    return found


def _findings(session: Session, inspection_id: str) -> dict[str, OpenedFinding]:
    query = select(FindingRow).filter_by(inspection_id=inspection_id)
    return {
        str(row.item): OpenedFinding(
            row.id, row.number, row.severity, row.state, row.due_at, row.arithmetic
        )
        for row in session.scalars(query)
    }
