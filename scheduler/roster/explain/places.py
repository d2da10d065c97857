"""Some of the places that a roster problem wants filled: the demand side of a conflict."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.roster.problem import RosterPerson, RosterProblem
from scheduler.roster.slots import Slots
from scheduler.roster.standing import stopped_by

# (post, day, shift) -> how many people; a slot that is not named is not asked for.
Key = tuple[str, date, str]
Places = Mapping[Key, int]


def asked(problem: RosterProblem, places: Places) -> Slots:
    """Return slots that want these places alone; what is settled elsewhere counts as past."""
    outside = {
        (person, day): cell
        for (person, day), cell in problem.pins.items()
        if cell is not None and (cell[0], day, cell[1]) not in places
    }
    inside = {key: cell for key, cell in problem.pins.items() if key not in outside}
    days: dict[str, set[date]] = {}
    for post, day, _ in places:
        days.setdefault(post, set()).add(day)
    posts = (replace(one, days=frozenset(days.get(one.id, ()))) for one in problem.posts)
    history = {**problem.history, **outside}
    slots = Slots(replace(problem, posts=tuple(posts), history=history, pins=inside))
    slots.wanted = tuple(
        replace(slot, need=places[slot.key]) for slot in slots.wanted if slot.key in places
    )
    people = tuple(one for one in problem.people if _matters(slots, one))
    slots.problem = replace(slots.problem, people=people)
    return slots


def _matters(slots: Slots, person: RosterPerson) -> bool:
    """Whether the person may stand one of the slots, or is settled on it."""
    return any(
        stopped_by(slots, person, slot) is None or (person.id, slot.day) in slots.problem.pins
        for slot in slots.wanted
    )
