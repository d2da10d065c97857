"""Who may stand a slot whatever else they stand, found once for problems that share most people."""

from collections.abc import Hashable

from scheduler.roster.explain.blocks import Blocks, static_blocks
from scheduler.roster.explain.places import Key
from scheduler.roster.problem import Cell, RosterPerson
from scheduler.roster.slots import Slot, Slots

# The person's place among those of the problem, and what keeps them from the slot: one condition
# at most.
Able = tuple[int, Blocks]


class Standing:
    """
    Answers about people and slots; limits do not count, so people may differ in them.

    People, posts and settled cells are told apart as objects, since most of them are shared between
    the problems that are compared; they are kept so that no other takes their place.
    """

    def __init__(self) -> None:
        self._blocks: dict[tuple[Hashable, int, Key, Cell | None], Blocks] = {}
        self._able: dict[tuple[int, int, int, Key], list[Able]] = {}
        self._people: dict[int, int] = {}
        self._facts: dict[int, Hashable] = {}
        self._numbers: dict[Hashable, int] = {}
        self._kept: list[object] = []

    def blocks(self, slots: Slots, person: RosterPerson, slot: Slot) -> Blocks:
        """Return what keeps the person from the slot, whatever else they stand."""
        post, pins = slots.posts[slot.post], slots.problem.pins
        pinned = pins.get((person.id, slot.day), (slot.post, slot.shift))
        key = (self._facts_of(person), id(post), slot.key, pinned)
        if key not in self._blocks:
            self._blocks[key] = static_blocks(slots, person, slot)
            self._kept += [person, post]
        return self._blocks[key]

    def able(self, slots: Slots, slot: Slot) -> list[Able]:
        """Return whom at most one condition keeps from the slot."""
        problem, post = slots.problem, slots.posts[slot.post]
        key = (self._everyone(slots), id(post), id(problem.pins), slot.key)
        if key not in self._able:
            self._kept += [post, problem.pins]
            pairs = (
                (place, self.blocks(slots, person, slot))
                for place, person in enumerate(problem.people)
            )
            self._able[key] = [
                (place, blocks)
                for place, blocks in pairs
                if not blocks.is_fixed and len(blocks.conditions) <= 1
            ]
        return self._able[key]

    def _everyone(self, slots: Slots) -> int:
        """Number the facts about all people of the problem."""
        people = slots.problem.people
        if id(people) not in self._people:
            self._kept.append(people)
            facts = tuple(map(self._facts_of, people))
            self._people[id(people)] = self._numbers.setdefault(facts, len(self._numbers))
        return self._people[id(people)]

    def _facts_of(self, person: RosterPerson) -> Hashable:
        if id(person) not in self._facts:
            self._kept.append(person)
            self._facts[id(person)] = _facts(person)
        return self._facts[id(person)]


def _facts(person: RosterPerson) -> Hashable:
    """Return what tells people apart but for their limits."""
    facts = (person.sites, person.roles, person.qualifications, person.absences, person.blocked)
    return (person.id, *map(id, facts))
