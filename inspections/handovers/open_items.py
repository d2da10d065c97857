"""What is open at a site at the change of shifts: findings and what may not be used."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from inspections.models import FindingRow, SiteRow
from inspections.reactions.stops import active_stops

# Whoever takes over reads them all; a site with more has a list of findings of its own.
MOST_FINDINGS = 30
_WORST_FIRST = case({"severe": 0, "moderate": 1}, value=FindingRow.severity, else_=2)


def open_items(session: Session, site: SiteRow, *, now: datetime) -> list[dict[str, Any]]:
    """
    Return what is open at *now*: first what may not be used, then findings, the worst first.

    Each as plain data with `kind`, `id`, `number` and `title`; the last may be of kind `more`, with
    the `count` of findings beside these.
    """
    return [*_stops(session, site, now), *_findings(session, site, now)]


def _stops(session: Session, site: SiteRow, now: datetime) -> Iterator[dict[str, Any]]:
    for stop in active_stops(session, site.organisation_id, sites=(site.key,)):
        if stop.since > now:
            continue
        yield {
            "kind": "stop",
            "id": stop.finding_id,
            "number": stop.number,
            "title": stop.what.model_dump(),
        }


def _findings(session: Session, site: SiteRow, now: datetime) -> Iterator[dict[str, Any]]:
    there = FindingRow.state != "closed", FindingRow.found_at <= now
    mine = FindingRow.site_id == site.id, *there
    total = session.scalar(select(func.count(FindingRow.id)).where(*mine)) or 0
    query = select(FindingRow).where(*mine).order_by(_WORST_FIRST, FindingRow.due_at, FindingRow.id)
    for row in session.scalars(query.limit(MOST_FINDINGS)):
        yield {
            "kind": "finding",
            "id": row.id,
            "number": row.number,
            "title": row.title.model_dump(),
            "severity": row.severity,
        }
    if total > MOST_FINDINGS:
        yield {"kind": "more", "count": total - MOST_FINDINGS}
