"""Rungs taken of the escalation ladder, for messages, alerts and lists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import FindingEventRow, FindingRow, SiteRow
from rules.text import Text


@dataclass(frozen=True)
class Escalation:
    """
    One finding brought before somebody higher: once for each rung and turn of the finding.

    Attributes:
        id: Of the event on the finding; rises with time, so that a reader can go on from it.
        to: Key of the person; nothing where nobody holds the role, and that is to be said.
        role: `owner`, `team-lead`, `safety-officer` or `responsible-person`; nothing where a
            person escalated by hand.
        rung: From 1; 0 where a person did it.
        days: Working days overdue when it was taken.
        text: How the days were counted.
        by: Who escalated: `sweep`, or the key of a person.
    """

    id: int
    finding_id: int
    number: str
    title: Text
    site: str
    severity: str
    state: str
    due_at: datetime
    at: datetime
    by: str
    to: str | None
    role: str | None
    rung: int
    rule: str | None
    days: int | None
    text: Text | None
    note: str | None


def escalations(session: Session, organisation_id: str, since: datetime) -> tuple[Escalation, ...]:
    """Return every escalation of the organisation from *since* on, included, in order of time."""
    query = (
        select(FindingEventRow, FindingRow, SiteRow.key)
        .join(FindingRow, FindingRow.id == FindingEventRow.finding_id)
        .join(SiteRow, SiteRow.id == FindingRow.site_id)
        .where(FindingRow.organisation_id == organisation_id)
        .where(FindingEventRow.kind == "escalated", FindingEventRow.at >= since)
        .order_by(FindingEventRow.at, FindingEventRow.id)
    )
    return tuple(_escalation(*row) for row in session.execute(query))


def _escalation(event: FindingEventRow, finding: FindingRow, site: str) -> Escalation:
    data = event.data or {}
    text = data.get("text")
    return Escalation(
        id=event.id,
        finding_id=finding.id,
        number=finding.number,
        title=finding.title,
        site=site,
        severity=finding.severity,
        state=finding.state,
        due_at=finding.due_at,
        at=event.at,
        by=event.by,
        to=data.get("to"),
        role=data.get("role"),
        rung=int(data.get("rung", 0)),
        rule=data.get("rule"),
        days=data.get("days"),
        text=Text(**text) if text else None,
        note=event.note,
    )
