"""The best roster that moving empty places about can reach, and the places that stay empty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.roster.explain.holes import Holes
from scheduler.roster.explain.places import Key
from scheduler.roster.explain.row_facts import Rows
from scheduler.roster.explain.stuck import Earlier, Stuck
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slot


@dataclass(frozen=True)
class Bettered:
    """
    A roster that no move of an empty place betters.

    Attributes:
        missing: How many people each slot lacks; none is zero.
        stuck: One empty place for each set of slots that stand in each other's way.
        earlier: All that was looked into, for when something is changed.
    """

    rows: Rows
    missing: dict[Key, int]
    stuck: tuple[Stuck, ...]
    earlier: Earlier


def missing_of(holes: Holes, rows: Rows) -> dict[Key, int]:
    """Return how many people each slot lacks, those that lack nobody left out."""
    standing = Counter(slot.key for row in rows.values() for slot in row.values())
    lacks = {slot.key: slot.need - standing[slot.key] for slot in holes.slots.wanted}
    return {key: number for key, number in lacks.items() if number > 0}


def bettered(
    holes: Holes,
    rows: Rows,
    *,
    among: Iterable[Slot] | None = None,
    earlier: Earlier | None = None,
) -> Bettered:
    """
    Return the roster after every empty place was moved to where somebody can fill it.

    Args:
        holes: Of the problem.
        rows: A roster within its hard rules.
        among: The slots to fill; every slot where nothing is said.
        earlier: What was stuck in a problem of which this one changes a few people.
    """
    slots = holes.slots.wanted if among is None else among
    stuck: list[Stuck] = []
    looked: dict[Key, Stuck] = {}
    closed: set[Key] = set()
    missing = missing_of(holes, rows)
    for slot in sorted(slots, key=lambda slot: (slot.priority, slot.day, slot.since, slot.post)):
        while slot.key not in closed and missing.get(slot.key):
            found = earlier.still(holes, rows, slot, closed) if earlier else None
            found = found or Stuck(slot, rows, holes.reach(rows, slot, closed))
            if found.reach.better is not None:
                rows = found.reach.better
                missing = missing_of(holes, rows)
                continue
            looked[slot.key] = found
            if not any(_about(slot.key) == _about(key) for key in closed):
                stuck.append(found)
            closed |= found.reach.slots
    people = {person.id: person for person in holes.slots.problem.people}
    return Bettered(rows, missing, tuple(stuck), Earlier(people, looked))


def _about(key: Key) -> tuple[str, tuple[int, int]]:
    """Return the post and the week, in which places stay empty for the same reason."""
    post, day, _ = key
    return post, week_of(day)
