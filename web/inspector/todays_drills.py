"""The drills that somebody takes part in or leads on a day."""

from datetime import datetime, timedelta

from inspections.drills.serving import ServingDrill, drills_of_day
from inspections.rounds.today import PersonsDay
from web.authentication import viewer
from web.database import now, session
from web.rulebook import rulebook

_DAY = timedelta(days=1)


def todays_drills(
    found: PersonsDay, *, person: str | None, start: datetime
) -> tuple[ServingDrill, ...]:
    """Return the drills of the local day that begins at *start*; contractors take part in none."""
    here = viewer()
    if here.role == "contractor":
        return ()
    return drills_of_day(
        session(),
        rulebook(),
        organisation=here.organisation,
        person=person,
        occurrences=[row.id for row in (*found.open, *found.done)],
        day=(start, start + _DAY),
        now=now(),
    )
