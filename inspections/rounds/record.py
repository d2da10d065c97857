"""One inspection with its checklist, every attempt at every item, and what it opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import answers_of, items_asked
from inspections.errors import NotFound
from inspections.models import (
    AnswerRow,
    DutyRow,
    EvidenceLinkRow,
    FindingEventRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    SignatureRow,
)
from inspections.record_digest import answers_digest
from inspections.rounds.names import people_names, person_text
from inspections.rounds.performed_with import Served, also_performed
from inspections.told import Told, told_from
from rules.checklist import Checklist
from rules.text import Text


@dataclass(frozen=True)
class Attempt:
    """One answer to an item; `told` is what was said of a failure beside the rules."""

    value: Any
    verdict: str
    note: str | None
    at: datetime
    told: Told


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
class Signature:
    """
    Somebody's signature under the answers.

    Attributes:
        sha256: Hash of the drawing.
        digest: Hash of the answers as the signer saw them.
        holds: Whether the last answers on record are those that were signed.
    """

    name: str
    sha256: str
    digest: str
    at: datetime
    holds: bool


@dataclass(frozen=True)
class InspectionDetail:
    """
    A record.

    Attributes:
        attempts: By item, the first one first.
        findings: By item.
        digest: SHA-256 of the finished record.
        also: Other occurrences that it performed.
        photos: Hashes of what is linked to each item, in the order of linking.
        known: By item, the finding of before in which a failure was noted: a known defect, or what
            the person named as the same.
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
    known: Mapping[str, OpenedFinding]
    photos: Mapping[str, tuple[str, ...]]
    signatures: tuple[Signature, ...]


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
        known=_known(session, row.id),
        photos=_photos(session, row.id),
        signatures=_signatures(session, row),
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
            Attempt(row.value, row.verdict, row.note, row.at, told_from(row.told)),
        )
    return found


def _signatures(session: Session, inspection: InspectionRow) -> tuple[Signature, ...]:
    query = select(SignatureRow).filter_by(inspection_id=inspection.id).order_by(SignatureRow.id)
    rows = list(session.scalars(query))
    if not rows:
        return ()
    answered = answers_of(session, inspection)
    asked = {item.id for item in items_asked(inspection, answered)}
    now = answers_digest({item: row for item, row in answered.items() if item in asked})
    return tuple(
        Signature(row.name, row.sha256, row.digest, row.at, row.digest == now) for row in rows
    )


def _photos(session: Session, inspection_id: str) -> dict[str, tuple[str, ...]]:
    query = select(EvidenceLinkRow.item, EvidenceLinkRow.sha256).filter_by(
        inspection_id=inspection_id
    )
    found: dict[str, tuple[str, ...]] = {}
    for item, digest in session.execute(query.order_by(EvidenceLinkRow.id)):
        if item is not None:
            found[item] = (*found.get(item, ()), digest)
    return found


def _known(session: Session, inspection_id: str) -> dict[str, OpenedFinding]:
    """Return findings of before that were seen again, by item; read from their own logs."""
    query = (
        select(FindingRow, FindingEventRow.data["item"].as_string())
        .join(FindingEventRow, FindingEventRow.finding_id == FindingRow.id)
        .where(FindingEventRow.kind == "noted")
        .where(FindingEventRow.data["seen"].as_string() == inspection_id)
    )
    return {str(item or row.item): _opened(row) for row, item in session.execute(query)}


def _opened(row: FindingRow) -> OpenedFinding:
    return OpenedFinding(row.id, row.number, row.severity, row.state, row.due_at, row.arithmetic)


def _findings(session: Session, inspection_id: str) -> dict[str, OpenedFinding]:
    query = select(FindingRow).filter_by(inspection_id=inspection_id)
    return {str(row.item): _opened(row) for row in session.scalars(query)}
