"""What stops the target of an occurrence, for the pages of the round."""

from inspections.reactions.stops import Stop, active_stops, stops_on
from inspections.rounds.occurrence import occurrence_target
from web.authentication import viewer
from web.database import session


def stops_of(occurrence_id: int) -> tuple[Stop, ...]:
    """Return the stops that hold on what an occurrence is about."""
    found = active_stops(session(), viewer().organisation)
    return stops_on(found, occurrence_target(session(), occurrence_id)) if found else ()
