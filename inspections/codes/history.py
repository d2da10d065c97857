"""What happened to a thing, for officers who stand before its label: the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from inspections.codes.statements import AnySelect
from inspections.models import (
    DutyRow,
    FindingEventRow,
    FindingRow,
    OccurrenceEventRow,
    OccurrenceRow,
    ProblemReportRow,
    TicketRow,
)
from inspections.rounds.names import Target, people_names, person_text
from rules.text import Text

MOST = 20
Kind = Literal["checked", "missed", "finding", "closed", "ticket", "report"]


@dataclass(frozen=True)
class Happened:
    """
    One entry.

    Attributes:
        kind: `checked`, `missed`, `finding` (opened), `closed`, `ticket` or `report`.
        ref: Id of the inspection, occurrence, finding, ticket or report.
        rule: Rule behind a check.
        words: Number and title, or what was reported.
        by: Name of who did it, where somebody did.
    """

    kind: Kind
    at: datetime
    ref: int | str
    rule: str | None = None
    words: str | Text | None = None
    number: str | None = None
    by: Text | None = None


def history(
    session: Session, on: Target, *, organisation: str, code: str, before: datetime | None = None
) -> tuple[Happened, ...]:
    """Return up to `MOST` entries, the newest first; with *before*, those older than it."""
    names = people_names(session, organisation)
    found = [
        *_checks(session, on, names, before),
        *_findings(session, on, names, before),
        *_tickets(session, on, before),
        *_reports(session, code, before),
    ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True)[:MOST])


def _cut(query: AnySelect, at: Any, before: datetime | None) -> AnySelect:
    query = query.where(at < before) if before else query
    return query.order_by(at.desc()).limit(MOST)


def _checks(
    session: Session, on: Target, names: dict[str, Text], before: datetime | None
) -> Iterator[Happened]:
    site, kind, key = on
    query = (
        select(OccurrenceEventRow, DutyRow.rule)
        .join(OccurrenceRow, OccurrenceRow.id == OccurrenceEventRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(DutyRow.site_id == site, DutyRow.target_kind == kind, DutyRow.target == key)
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up", "missed")))
    )
    for row, rule in session.execute(_cut(query, OccurrenceEventRow.at, before)):
        record = (row.data or {}).get("inspection")
        if row.kind == "missed" or record is None:
            kind_: Kind = "missed" if row.kind == "missed" else "checked"
            yield Happened(kind_, row.at, row.occurrence_id, rule)
        else:
            yield Happened("checked", row.at, record, rule, by=person_text(names, row.by))


def _here(table: type[FindingRow | TicketRow], on: Target) -> ColumnElement[bool]:
    site, kind, key = on
    if kind == "site":
        return and_(table.site_id == site, table.asset.is_(None), table.place.is_(None))
    return and_(table.site_id == site, (table.asset if kind == "asset" else table.place) == key)


def _findings(
    session: Session, on: Target, names: dict[str, Text], before: datetime | None
) -> Iterator[Happened]:
    query = (
        select(FindingEventRow, FindingRow.number, FindingRow.title)
        .join(FindingRow, FindingRow.id == FindingEventRow.finding_id)
        .where(_here(FindingRow, on), FindingEventRow.kind.in_(("opened", "confirmed")))
    )
    for row, number, title in session.execute(_cut(query, FindingEventRow.at, before)):
        kind: Kind = "finding" if row.kind == "opened" else "closed"
        by = person_text(names, row.by)
        yield Happened(kind, row.at, row.finding_id, words=title, number=number, by=by)


def _tickets(session: Session, on: Target, before: datetime | None) -> Iterator[Happened]:
    query = select(TicketRow).where(_here(TicketRow, on))
    for row in session.scalars(_cut(query, TicketRow.reported_at, before)):
        yield Happened("ticket", row.reported_at, row.id, words=row.title, number=row.number)


def _reports(session: Session, code: str, before: datetime | None) -> Iterator[Happened]:
    query = select(ProblemReportRow).filter_by(code=code)
    for row in session.scalars(_cut(query, ProblemReportRow.reported_at, before)):
        yield Happened("report", row.reported_at, row.id, words=row.what, number=row.number)
