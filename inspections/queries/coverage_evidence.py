"""The evidence behind one cell of the coverage map: records, missed ones and open findings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import FindingRow, InspectionRow, OccurrenceRow
from inspections.queries.coverage_log import LOOK_BACK
from inspections.reported import reported_done
from inspections.rounds.names import people_names, person_text
from rules.text import Text

MOST = 3


@dataclass(frozen=True, slots=True)
class Record:
    """A finished inspection."""

    id: str
    at: datetime
    by: Text
    make_up: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """A missed occurrence."""

    id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """An occurrence that is said to be done, with nothing to show for it."""

    id: int
    at: datetime
    by: Text


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is not closed."""

    id: int
    number: str
    title: Text
    state: str
    due_at: datetime


@dataclass(frozen=True)
class Evidence:
    """The newest records, what is only said to be done, what was missed, what is still wrong."""

    records: tuple[Record, ...]
    missed: tuple[Missed, ...]
    findings: tuple[OpenFinding, ...]
    said: tuple[Said, ...] = ()


def evidence_of(
    session: Session, organisation: str, duties: Collection[int], *, now: datetime
) -> Evidence:
    """Return the evidence of some duties, at most `MOST` of each kind, newest first."""
    return Evidence(
        _records(session, organisation, duties),
        _missed(session, duties, now),
        _findings(session, duties),
        _said(session, organisation, duties, now),
    )


def _said(
    session: Session, organisation: str, duties: Collection[int], now: datetime
) -> tuple[Said, ...]:
    query = (
        select(OccurrenceRow.id)
        .where(OccurrenceRow.duty_id.in_(duties), OccurrenceRow.due_at >= now - LOOK_BACK)
        .where(OccurrenceRow.state.in_(("scheduled", "in_progress", "missed")))
    )
    found = reported_done(session, session.scalars(query).all())
    names = people_names(session, organisation) if found else {}
    newest = sorted(found.items(), key=lambda one: one[1].at, reverse=True)[:MOST]
    return tuple(Said(key, one.at, person_text(names, one.by)) for key, one in newest)


def _records(session: Session, organisation: str, duties: Collection[int]) -> tuple[Record, ...]:
    query = (
        select(InspectionRow)
        .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .where(OccurrenceRow.duty_id.in_(duties), InspectionRow.finished_at.is_not(None))
        .order_by(InspectionRow.finished_at.desc())
        .limit(MOST)
    )
    rows = session.scalars(query).all()
    names = people_names(session, organisation) if rows else {}
    return tuple(
        Record(row.id, row.finished_at, person_text(names, row.by), row.make_up)
        for row in rows
        if row.finished_at is not None
    )


def _missed(session: Session, duties: Collection[int], now: datetime) -> tuple[Missed, ...]:
    query = (
        select(OccurrenceRow.id, OccurrenceRow.due_at)
        .where(OccurrenceRow.duty_id.in_(duties), OccurrenceRow.state == "missed")
        .where(OccurrenceRow.due_at >= now - LOOK_BACK)
        .order_by(OccurrenceRow.due_at.desc())
        .limit(MOST)
    )
    return tuple(Missed(*row) for row in session.execute(query))


def _findings(session: Session, duties: Collection[int]) -> tuple[OpenFinding, ...]:
    query = (
        select(
            FindingRow.id,
            FindingRow.number,
            FindingRow.title,
            FindingRow.state,
            FindingRow.due_at,
        )
        .join(OccurrenceRow, OccurrenceRow.id == FindingRow.occurrence_id)
        .where(OccurrenceRow.duty_id.in_(duties), FindingRow.state != "closed")
        .order_by(FindingRow.due_at)
        .limit(MOST)
    )
    return tuple(OpenFinding(*row) for row in session.execute(query))
