"""A shift of an organisation's file as the rostering engine takes it."""

from rules.organisation.model import Shift
from scheduler.roster.problem import RosterShift


def roster_shift(shift: Shift) -> RosterShift:
    """Return the shift with its people."""
    return RosterShift(
        shift.code,
        shift.name,
        shift.since,
        shift.until,
        shift.minimum,
        shift.working_minutes,
        preferred=shift.preferred,
        maximum=shift.maximum,
    )
