"""Whether one person may stand one slot, whatever else they stand."""

from datetime import date
from typing import Literal

from scheduler.assignment.eligibility import holds_all
from scheduler.roster.problem import RosterPerson, RosterPost
from scheduler.roster.slots import Slot, Slots

Stop = Literal["wrong-site", "no-role", "no-qualification", "absent", "blocked"]


def may_ever_stand(person: RosterPerson, post: RosterPost) -> bool:
    """Whether site and role fit; certificates and absences change from day to day."""
    return post.site in person.sites and (
        not post.roles or bool(set(post.roles) & set(person.roles))
    )


def stopped_by(slots: Slots, person: RosterPerson, slot: Slot) -> Stop | None:
    """Return the first rule that keeps the person from the slot, if any."""
    post = slots.posts[slot.post]
    if post.site not in person.sites:
        return "wrong-site"
    if post.roles and not set(post.roles) & set(person.roles):
        return "no-role"
    if not _holds(slots, person, post, slot):
        return "no-qualification"
    if slot.day in person.blocked:
        return "blocked"
    if is_away(person, slot.since, slot.until):
        return "absent"
    return None


def is_away(person: RosterPerson, since: int, until: int) -> bool:
    """Whether an absence meets the span (minutes since the epoch, end excluded)."""
    return any(
        int(absence.since.timestamp()) // 60 < until
        and int(absence.until.timestamp()) // 60 > since
        for absence in person.absences
    )


def _holds(slots: Slots, person: RosterPerson, post: RosterPost, slot: Slot) -> bool:
    """Whether the certificates are valid on the first and on the last day of the shift."""
    if not post.qualifications:
        return True
    last: date = slots.instant(slot.until - 1).date()
    return all(
        holds_all(person.qualifications, post.qualifications, day) for day in {slot.day, last}
    )
