"""The same again: how many like findings and misses there were in the days before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, FindingRow, InspectionRow, OccurrenceRow

# The facts that reactions test are called repeats_30d; the span is in their name.
DAYS = 30


@dataclass(frozen=True)
class SameItem:
    """
    One item of one checklist at one target, whatever the rule that asked for the check.

    Attributes:
        checklist: Its id; items are unique only within it.
    """

    site_id: int
    target_kind: str
    target: str
    checklist: str
    item: str


def earlier_findings(session: Session, same: SameItem, *, at: datetime, zone: ZoneInfo) -> int:
    """
    Return how many findings of the item opened in the 30 days before the local day of *at*.

    The thirtieth day before counts, the thirty-first does not; what was found earlier on the very
    day counts too.
    """
    query = (
        select(FindingRow.found_at)
        .join(InspectionRow, InspectionRow.id == FindingRow.inspection_id)
        .join(OccurrenceRow, OccurrenceRow.id == FindingRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(FindingRow.site_id == same.site_id, FindingRow.item == same.item)
        .where(DutyRow.target_kind == same.target_kind, DutyRow.target == same.target)
        .where(InspectionRow.checklist["id"].as_string() == same.checklist)
        .where(FindingRow.found_at < at, FindingRow.found_at >= at - timedelta(days=DAYS + 1))
    )
    today = at.astimezone(zone).date()
    days = (found.astimezone(zone).date() for found in session.scalars(query))
    return sum((today - day).days <= DAYS for day in days)


def earlier_misses(session: Session, duty_id: int, *, at: datetime, zone: ZoneInfo) -> int:
    """Return how often the duty was missed in the 30 days before the local day of *at*."""
    first = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(func.count(OccurrenceRow.id)).where(
        OccurrenceRow.duty_id == duty_id,
        OccurrenceRow.state == "missed",
        OccurrenceRow.closes_at < at,
        OccurrenceRow.closes_at >= first - timedelta(days=DAYS),
    )
    return session.scalar(query) or 0
