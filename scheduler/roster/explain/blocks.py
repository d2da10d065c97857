"""What keeps one person from one more shift, as conditions that could be taken away."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scheduler.roster.explain.conditions import Condition, without
from scheduler.roster.periods import Spans
from scheduler.roster.problem import RosterPerson
from scheduler.roster.rows import RowFault, row_faults
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by

Row = Mapping[date, Slot]


@dataclass(frozen=True)
class Blocks:
    """
    Everything that keeps somebody from a slot.

    Attributes:
        conditions: Each of them alone would be enough.
        is_fixed: Whether something that no condition names keeps them from it as well: the site,
            or another shift at the same time.
        by_row: Whether something of it lies in the other slots of the person's row.
    """

    conditions: frozenset[Condition] = frozenset()
    is_fixed: bool = False
    by_row: bool = False

    @property
    def sole(self) -> Condition | None:
        """The one condition without which the person could stand the slot, if there is one."""
        only = not self.is_fixed and len(self.conditions) == 1
        return next(iter(self.conditions)) if only else None

    @property
    def is_free(self) -> bool:
        """Whether nothing keeps the person from the slot."""
        return not self.is_fixed and not self.conditions

    def with_(self, other: "Blocks") -> "Blocks":
        """Return what both say."""
        return Blocks(
            self.conditions | other.conditions,
            self.is_fixed or other.is_fixed,
            self.by_row or other.by_row,
        )


def static_blocks(slots: Slots, person: RosterPerson, slot: Slot) -> Blocks:
    """Return what keeps the person from the slot, whatever else they stand."""
    found: set[Condition] = set()
    here, one = slots, person
    while (code := stopped_by(here, one, slot)) is not None:
        more = frozenset(_conditions(here, one, slot, code))
        if not more:
            return Blocks(frozenset(found), is_fixed=True)
        found |= more
        here, one = _freed(here, one, slot, more)
    pinned = (slot.post, slot.shift)
    if slots.problem.pins.get((person.id, slot.day), pinned) != pinned:
        found.add(Condition("pin", person.id, day=slot.day))
    return Blocks(frozenset(found))


def new_faults(person: RosterPerson, before: Row, after: Row, spans: Spans) -> list[RowFault]:
    """Return the faults of *after* that *before* does not have, for example through the past."""
    faults = row_faults(person, after, spans)
    known = set(row_faults(person, before, spans)) if faults else set()
    return [fault for fault in faults if fault not in known]


def _conditions(slots: Slots, person: RosterPerson, slot: Slot, code: str) -> Iterator[Condition]:
    if code == "no-role":
        yield Condition("role", slot.post)
    elif code == "no-qualification":
        for kind in slots.posts[slot.post].qualifications:
            if stopped_by(_asking(slots, slot, kind), person, slot) == code:
                yield Condition("qualification", slot.post, kind)
    elif code == "blocked":
        yield Condition("blocked", person.id, day=slot.day)
    elif code == "absent":
        since, until = slots.instant(slot.since), slots.instant(slot.until)
        for number, span in enumerate(person.absences):
            if span.since < until and since < span.until:
                yield Condition("absence", person.id, str(number))


def _asking(slots: Slots, slot: Slot, kind: str) -> Slots:
    """Return the slots with a post that asks for one kind of certificate only."""
    here = copy.copy(slots)
    here.posts = {**slots.posts, slot.post: replace(slots.posts[slot.post], qualifications=(kind,))}
    return here


def _freed(
    slots: Slots, person: RosterPerson, slot: Slot, gone: frozenset[Condition]
) -> tuple[Slots, RosterPerson]:
    """Return the post and the person without these conditions."""
    post = slots.posts[slot.post]
    small = without(replace(slots.problem, people=(person,), posts=(post,)), gone)
    here = copy.copy(slots)
    here.posts = {**slots.posts, slot.post: small.posts[0]}
    return here, small.people[0]
