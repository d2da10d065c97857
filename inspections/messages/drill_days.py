"""When announced drills of the year's programme are held, and who leads them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DrillRow, DrillServesRow, OccurrenceRow


@dataclass(frozen=True)
class DrillDay:
    """
    A published drill that everybody may know of.

    Attributes:
        id: Of the drill, whose page has briefing and script.
        lead: The occurrence that speaks for all that the drill serves, so that nobody is invited
            to one drill several times.
        leader: Key of the warden who leads it.
    """

    id: int
    lead: int
    starts_at: datetime
    ends_at: datetime
    leader: str | None


def drill_days(session: Session, occurrences: Collection[int]) -> Mapping[int, DrillDay]:
    """Return the announced drill that serves each of *occurrences*, where one does."""
    query: Any = (
        select(DrillRow, OccurrenceRow.id)
        .join(DrillServesRow, DrillServesRow.drill_id == DrillRow.id)
        .join(
            OccurrenceRow,
            (OccurrenceRow.duty_id == DrillServesRow.duty_id)
            & (OccurrenceRow.period == DrillServesRow.period),
        )
        .where(OccurrenceRow.id.in_(occurrences))
        .where(DrillRow.state == "scheduled", DrillRow.hidden.is_(False))
        .order_by(OccurrenceRow.id)
    )
    serving: defaultdict[DrillRow, list[int]] = defaultdict(list)
    for drill, occurrence in session.execute(query):
        serving[drill].append(occurrence)
    return {
        occurrence: DrillDay(
            drill.id,
            served[0],
            drill.starts_at,
            drill.starts_at + timedelta(minutes=drill.minutes),
            drill.leader,
        )
        for drill, served in serving.items()
        for occurrence in served
    }
