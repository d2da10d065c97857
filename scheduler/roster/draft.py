"""A roster while it is being made, without a solver: what stands, and a first plan."""

from collections.abc import Callable, Iterable
from datetime import date

from scheduler.roster.bonds import bond_faults, fault_with
from scheduler.roster.problem import Cell, RosterPerson, RosterProblem
from scheduler.roster.rows import fault_of_adding, row_faults
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by


class Draft:
    """
    Rows of slots for everyone, history included.

    Attributes:
        rows: Person id to day to slot.
    """

    def __init__(self, slots: Slots) -> None:
        problem = slots.problem
        self.slots = slots
        self.people = {person.id: person for person in problem.people}
        self.rows = slots.rows(problem.history)
        self._count: dict[tuple[str, date, str], int] = {}
        for (person, day), cell in sorted(problem.pins.items()):
            if cell is not None and person in self.rows:
                self.place(person, slots.of(*cell, day))

    def place(self, person: str, slot: Slot) -> None:
        """Put the person on the slot."""
        self.rows[person][slot.day] = slot
        self._count[slot.key] = self._count.get(slot.key, 0) + 1

    def missing(self, slot: Slot) -> int:
        """Return how many people the slot still wants."""
        return max(0, slot.need - self._count.get(slot.key, 0))

    def wanting(self, slot: Slot) -> int:
        """Return how many people the slot still prefers."""
        return max(0, slot.want - self._count.get(slot.key, 0))

    def is_pinned(self, person: str, day: date) -> bool:
        """Whether the cell stands as it is."""
        return (person, day) in self.slots.problem.pins

    def stop(self, person: RosterPerson, slot: Slot) -> str | None:
        """Return the code of what keeps the person from the slot as well, if anything."""
        static = stopped_by(self.slots, person, slot)
        if static:
            return static
        if self.is_pinned(person.id, slot.day):
            return "pinned"
        if slot.day in self.rows[person.id]:
            return "on-shift"
        bond = fault_with(self.slots.problem.bonds, self.rows, person.id, slot)
        if bond:
            return bond.code
        fault = fault_of_adding(person, self.rows[person.id], slot, self.slots.spans[person.id])
        return fault.code if fault else None

    def cells(self) -> dict[tuple[str, date], Cell | None]:
        """Return every day of everyone, as a roster shows it."""
        first = self.slots.problem.since
        found: dict[tuple[str, date], Cell | None] = {
            (person, day): None for person in self.people for day in self.slots.days
        }
        for person, row in self.rows.items():
            for day, slot in row.items():
                if day >= first:
                    found[person, day] = (slot.post, slot.shift)
        return found


def pin_faults(slots: Slots) -> list[tuple[RosterPerson, date, str]]:
    """Return the hard rules that the pins break: person, day, code."""
    problem = slots.problem
    draft = Draft(slots)
    found: list[tuple[RosterPerson, date, str]] = []
    for person in problem.people:
        row = draft.rows[person.id]
        broken = row_faults(person, row, slots.spans[person.id])
        faults = [fault for fault in broken if fault.day >= problem.since]
        found += [(person, fault.day, fault.code) for fault in faults]
        for day, slot in row.items():
            code = stopped_by(slots, person, slot) if day >= problem.since else None
            if code:
                found.append((person, day, code))
    apart = [bond for bond in problem.bonds if bond.kind == "apart"]
    for one in bond_faults(apart, draft.rows, problem.since):
        found.append((draft.people[one.person], one.slot.day, one.code))
    return found


def constructive(slots: Slots, *, seed: int) -> Draft:
    """Return a first roster: what the last one allows, then each slot for who has had least."""
    draft = Draft(slots)
    _keep(draft, slots.problem)
    hours = {person: sum(s.minutes for s in row.values()) for person, row in draft.rows.items()}
    ordered = sorted(slots.wanted, key=lambda slot: (slot.day, slot.priority, slot.since))
    for slot in ordered:
        _place(draft, slot, hours, seed, draft.missing)
    # Who stands only with others comes once these stand; who is merely preferred, last.
    if slots.problem.bonds or any(slot.want > slot.need for slot in ordered):
        for wanted in (draft.missing, draft.wanting):
            for slot in ordered:
                _place(draft, slot, hours, seed, wanted)
    return draft


def _place(
    draft: Draft, slot: Slot, hours: dict[str, int], seed: int, wanted: Callable[[Slot], int]
) -> None:
    """Put people on the slot, who has had least first, while more are wanted."""
    if not wanted(slot):
        return
    for person in _asked(draft, hours, seed):
        if draft.stop(draft.people[person], slot) is None:
            draft.place(person, slot)
            hours[person] += slot.minutes
            if not wanted(slot):
                break


def _keep(draft: Draft, problem: RosterProblem) -> None:
    """Take over every cell of the last roster that still stands within the rules."""
    for (person, day), cell in sorted(problem.previous.items(), key=lambda item: item[0][::-1]):
        known = person in draft.people and problem.since <= day <= problem.until
        if cell is None or not known or not _exists(draft.slots, cell):
            continue
        slot = draft.slots.of(*cell, day)
        if draft.missing(slot) and draft.stop(draft.people[person], slot) is None:
            draft.place(person, slot)


def _exists(slots: Slots, cell: Cell) -> bool:
    post = slots.posts.get(cell[0])
    return post is not None and any(shift.code == cell[1] for shift in post.shifts)


def _asked(draft: Draft, hours: dict[str, int], seed: int) -> Iterable[str]:
    order = list(draft.people)
    turn = seed % max(1, len(order))
    rank = {person: place for place, person in enumerate(order[turn:] + order[:turn])}
    return sorted(order, key=lambda person: (hours[person], rank[person]))
