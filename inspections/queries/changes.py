"""The log of who changed what, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import AuditRow
from inspections.queries.organisation_lists import ListPage

SHOWN = ("facts.changed", "plan.applied", "organisation.imported")


@dataclass(frozen=True)
class Change:
    """One entry of the log."""

    at: datetime
    by: str
    action: str
    subject: str
    data: Mapping[str, Any]


def changes_page(session: Session, organisation_id: str, *, number: int) -> ListPage[Change]:
    """Return a page of the log, the latest entry first; imports only where a file was imported."""
    mine = (
        select(AuditRow)
        .where(AuditRow.organisation_id == organisation_id, AuditRow.action.in_(SHOWN))
        .where((AuditRow.action != "organisation.imported") | (AuditRow.by == "import"))
    )
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    size = ListPage.size
    number = min(max(1, number), max(1, -(-total // size)))
    query = mine.order_by(AuditRow.id.desc()).limit(size).offset((number - 1) * size)
    rows = tuple(
        Change(row.at, row.by, row.action, row.subject, row.data or {})
        for row in session.scalars(query)
    )
    return ListPage(rows, number, total)
