"""The inspections of a person's day as a route needs them."""

from dataclasses import dataclass
from datetime import datetime

from inspections.rounds.names import Target
from inspections.rounds.served import Walk

# Of a rule that left the rule book.
_USUAL_MINUTES = 15


@dataclass(frozen=True)
class Check:
    """
    One inspection that is left of a day.

    Attributes:
        id: Id of the occurrence that is opened for it.
        minutes: Its effort.
        apart: Minutes of the duties that it serves, each done on its own.
        duties: How many these are.
        priority: 0 mandatory by law, 1 recommended by law, 2 of the house.
    """

    id: int
    on: Target
    opens_at: datetime
    due_at: datetime
    minutes: int
    apart: int
    duties: int = 1
    priority: int = 0


def check_of(walk: Walk) -> Check:
    """Return the inspection that serves the rows of *walk*."""
    minutes = [found.version.minutes if found else _USUAL_MINUTES for _, found in walk.rows]
    return Check(
        id=walk.lead.id,
        on=walk.lead.on,
        opens_at=walk.opens_at,
        due_at=walk.rows[0][0].due_at,
        minutes=max(minutes),
        apart=sum(minutes),
        duties=len(walk.rows),
        priority=min(row.priority for row, _ in walk.rows),
    )
