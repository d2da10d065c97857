"""How few cells of the last roster can change where every place is filled, by arithmetic."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from scheduler.roster.problem import Cell
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by

_Key = tuple[str, date]


def least_changes(slots: Slots, may: Mapping[str, frozenset[str]]) -> int:
    """
    Return how many cells of the last roster change at least where every place is filled.

    Whoever may not stand any more what they stood changes, and whoever fills a place that nobody
    of the last roster fills; one person may be both where they may fill such a place that day.

    Args:
        slots: The problem's slots.
        may: The people of a group, with the posts that each may stand.
    """
    previous = {key: cell for key, cell in slots.problem.previous.items() if key[0] in may}
    wanted = {slot.key: slot for slot in slots.wanted}
    gone = _gone(slots, previous, wanted)
    open_on = _open(slots, may, previous, gone, wanted)
    total = 0
    for day in slots.days:
        leaving = [person for person, on in gone if on == day]
        fills = sum(open_on[day].values()) if _all_known(previous, may, day) else 0
        both = sum(_may_fill(slots, person, open_on[day], wanted) for person in leaving)
        total += len(leaving) + max(0, fills - both)
    return total


def _gone(
    slots: Slots, previous: Mapping[_Key, Cell | None], wanted: Mapping[tuple[str, date, str], Slot]
) -> set[_Key]:
    """Return the cells of the last roster that cannot stay, whatever else stands."""
    people = {person.id: person for person in slots.problem.people}
    pins = slots.problem.pins
    found = set()
    for (person, day), cell in previous.items():
        if (person, day) in pins:
            if pins[person, day] != cell:
                found.add((person, day))
        elif cell is not None:
            slot = wanted.get((cell[0], day, cell[1]))
            if slot is None or stopped_by(slots, people[person], slot) is not None:
                found.add((person, day))
    return found


def _open(
    slots: Slots,
    may: Mapping[str, frozenset[str]],
    previous: Mapping[_Key, Cell | None],
    gone: set[_Key],
    wanted: Mapping[tuple[str, date, str], Slot],
) -> dict[date, Counter[tuple[str, date, str]]]:
    """Return the places of each day that nobody of the last roster fills, nor is settled on."""
    stay = {key: cell for key, cell in previous.items() if key not in gone}
    settled = {key: cell for key, cell in slots.problem.pins.items() if key[0] in may}
    standing = Counter(
        (cell[0], day, cell[1]) for (_, day), cell in {**stay, **settled}.items() if cell
    )
    posts = frozenset().union(*may.values())
    found: dict[date, Counter[tuple[str, date, str]]] = defaultdict(Counter)
    for key, slot in wanted.items():
        if slot.post in posts and slot.need > standing[key]:
            found[slot.day][key] = slot.need - standing[key]
    return found


def _all_known(
    previous: Mapping[_Key, Cell | None], may: Mapping[str, frozenset[str]], day: date
) -> bool:
    """Whether the last roster says of everybody what they did; else a new shift changes nothing."""
    return all((person, day) in previous for person in may)


def _may_fill(
    slots: Slots,
    person: str,
    places: Mapping[tuple[str, date, str], int],
    wanted: Mapping[tuple[str, date, str], Slot],
) -> bool:
    if not places:
        return False
    one = next(each for each in slots.problem.people if each.id == person)
    if any((person, wanted[key].day) in slots.problem.pins for key in places):
        return False
    return any(stopped_by(slots, one, wanted[key]) is None for key in places)
