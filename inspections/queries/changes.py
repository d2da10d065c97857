"""The log of who changed what, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import AuditRow
from inspections.queries.organisation_lists import ListPage
from rules.text import Text

FACTS_CHANGED = "facts.changed"
SHOWN = (FACTS_CHANGED, "plan.applied", "organisation.imported")


@dataclass(frozen=True)
class Change:
    """One entry of the log."""

    id: int
    at: datetime
    by: str
    action: str
    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


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
    rows = tuple(_change(row) for row in session.scalars(query))
    return ListPage(rows, number, total)


def change_of_facts(session: Session, organisation_id: str, entry: int) -> Change:
    """
    Return the entry of the log with this id.

    Raises:
        NotFound: If the organisation has no such entry, or it is none about facts.
    """
    row = session.get(AuditRow, entry)
    if row is None or (row.organisation_id, row.action) != (organisation_id, FACTS_CHANGED):
        raise NotFound(Text(zh="改动", en="change"), entry)
    return _change(row)


def _change(row: AuditRow) -> Change:
    before, after = row.before or {}, row.after or {}
    return Change(row.id, row.at, row.by, row.action, row.subject, before, after)
