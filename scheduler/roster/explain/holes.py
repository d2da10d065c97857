"""
How an empty place moves through a roster: fill it from another shift, and that one is empty.

Where no chain of such moves ends with somebody free, the shifts that the empty place can reach are
those that stand in each other's way, and each chain is a roster in which all but one place of them
is filled. Where one condition alone keeps somebody from the last place of a chain, that roster
shows that without the condition every place could be filled.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from scheduler.roster.explain.able import Standing
from scheduler.roster.explain.blocks import Blocks
from scheduler.roster.explain.bound import Bound
from scheduler.roster.explain.conditions import Condition
from scheduler.roster.explain.places import Key
from scheduler.roster.explain.row_facts import Row, RowFacts, Rows, about
from scheduler.roster.problem import RosterPerson
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slot, Slots

# Only another shift of the same week makes room under these.
_WEEKLY = frozenset({"week-hours", "weekly-rest"})


@dataclass
class Reach:
    """
    What an empty place can come to.

    Attributes:
        slots: Those that it can be moved to, itself included.
        needed: Conditions of which one alone stands against filling it at some of them.
        better: Rows in which it is filled, or moved to a slot that matters less.
        chains: Each slot with the rows in which it is the empty one.
    """

    slots: set[Key] = field(default_factory=set)
    needed: set[Condition] = field(default_factory=set)
    better: Rows | None = None
    chains: list[tuple[Slot, Rows]] = field(default_factory=list)


class Known:
    """
    What was found about people and rows; it holds for every problem that shares them.

    They are told apart as objects, and kept so that no other takes their place.
    """

    def __init__(self) -> None:
        self.standing = Standing()
        self.facts = RowFacts()
        self.blocks: dict[tuple[int, int, Key, int], Blocks] = {}
        self.moved: dict[tuple[int, Key, Key | None], Row] = {}
        self.kept: list[object] = []

    def keep(self, *things: object) -> None:
        """Let nothing else be taken for these as long as this lives."""
        self.kept.extend(things)


class Holes:
    """
    Moves empty places about within the rules of a problem.

    Attributes:
        known: May be shared with a problem that differs only in people, posts and settled cells.
    """

    def __init__(self, slots: Slots, known: Known | None = None) -> None:
        self.slots = slots
        self.by_key = {slot.key: slot for slot in slots.wanted}
        self.known = known or Known()
        self.people = slots.problem.people
        self.bound = Bound(slots.problem)
        self.has_spare = any(slot.most > slot.need for slot in slots.wanted)

    def reach(  # noqa: C901 (the cases of one step of a search, in their order)
        self, rows: Rows, hole: Slot, closed: AbstractSet[Key] = frozenset()
    ) -> Reach:
        """
        Return what the empty place can reach; ends early where it can be filled.

        Args:
            rows: The roster with the empty place.
            hole: Its slot.
            closed: Slots not worth moving it to: from there it went nowhere before.
        """
        found, seen = Reach({hole.key}), {hole.key, *closed}
        spare = self._spare(rows)
        queue = deque([(hole, rows)])
        while queue:
            slot, standing = queue.popleft()
            found.chains.append((slot, standing))
            if slot.priority > hole.priority:
                found.better = standing
                return found
            for place, static in self.known.standing.able(self.slots, slot):
                if static.conditions and static.conditions <= found.needed:
                    continue
                person = self.people[place]
                row = standing[person.id]
                blocks = self._blocks(person, row, slot, static)
                bonds = self._bonds(standing, person, slot, blocks)
                if blocks.is_free and not bonds:
                    found.better = self._moved(standing, person, slot)
                    return found
                if not blocks.is_fixed and len(blocks.conditions | bonds) == 1:
                    found.needed |= blocks.conditions | bonds
                if static.conditions:
                    continue
                for other in self._left(person, row, slot, seen, blocks):
                    then = self._moved(standing, person, slot, other)
                    if self.bound.broken(standing, then, person.id):
                        continue
                    if other.key in spare:
                        found.better = then
                        return found
                    seen.add(other.key)
                    found.slots.add(other.key)
                    queue.append((other, then))
        return found

    def _bonds(
        self, rows: Rows, person: RosterPerson, slot: Slot, blocks: Blocks
    ) -> frozenset[Condition]:
        """Return the bonds that the person would break there; asked only where little else is."""
        if person.id not in self.bound.of or blocks.is_fixed or len(blocks.conditions) > 1:
            return frozenset()
        return self.bound.broken(rows, self._moved(rows, person, slot), person.id)

    def _spare(self, rows: Rows) -> frozenset[Key]:
        """Return the slots where more people stand than are needed: one may leave for nothing."""
        if not self.has_spare:
            return frozenset()
        standing = Counter(slot.key for row in rows.values() for slot in row.values())
        return frozenset(slot.key for slot in self.slots.wanted if standing[slot.key] > slot.need)

    def opens(
        self, person: RosterPerson, chains: Iterable[tuple[Slot, Row]], reached: AbstractSet[Key]
    ) -> bool:
        """Tell whether the person, with the row of each chain, brings its place farther."""
        for slot, row in chains:
            static = self.known.standing.blocks(self.slots, person, slot)
            if static.is_fixed or static.conditions:
                continue
            blocks = self._blocks(person, row, slot, static)
            if blocks.is_free or any(self._left(person, row, slot, reached, blocks)):
                return True
        return False

    def _blocks(self, person: RosterPerson, row: Row, slot: Slot, static: Blocks) -> Blocks:
        key = (id(person), id(row), slot.key, id(static))
        blocks = self.known.blocks.get(key)
        if blocks is None:
            blocks = self.known.blocks[key] = static.with_(self._row_blocks(person, row, slot))
            self.known.keep(person, row, static)
        return blocks

    def _row_blocks(self, person: RosterPerson, row: Row, slot: Slot) -> Blocks:
        if slot.day in row:
            return Blocks(is_fixed=True, by_row=True)
        stops = self.known.facts.stops(person, row, slot, self.slots.spans[person.id])
        conditions = frozenset(Condition("limit", person.id, name) for name in stops.limits)
        return Blocks(conditions, stops.is_fixed, not stops.is_free)

    def _left(
        self, person: RosterPerson, row: Row, slot: Slot, seen: AbstractSet[Key], blocks: Blocks
    ) -> Iterator[Slot]:
        """Yield the slots that the person could leave, not seen yet, to stand this one instead."""
        if not blocks.by_row:
            return
        # Nobody stands two shifts a day: where there is one already, only that one can be left.
        days = (slot.day,) if slot.day in row else row
        weekly = any(each.name in _WEEKLY for each in blocks.conditions)
        for day in days:
            other = row[day]
            if other.key in seen or (weekly and week_of(day) != week_of(slot.day)):
                continue
            if other.key not in self.by_key or self._is_settled(person, day):
                continue
            if self._may_leave(person, row, slot, other):
                yield other

    def _may_leave(self, person: RosterPerson, row: Row, slot: Slot, other: Slot) -> bool:
        """Whether nothing is against the slot once the person is off the other's day instead."""
        spans = self.slots.spans[person.id]
        return self.known.facts.stops(person, row, slot, spans, without=other.day).is_free

    def _moved(
        self, rows: Rows, person: RosterPerson, slot: Slot, left: Slot | None = None
    ) -> Rows:
        """
        Return the rows with the person on the slot, and no longer on the one they left.

        The same move of the same row gives the same object, so that what is known of it holds.
        """
        before = rows[person.id]
        key = (id(before), slot.key, left.key if left else None)
        if key not in self.known.moved:
            row = {day: one for day, one in before.items() if left is None or day != left.day}
            self.known.moved[key] = {**row, slot.day: slot}
            self.known.keep(before)
        return {**rows, person.id: self.known.moved[key]}

    def _is_settled(self, person: RosterPerson, day: date) -> bool:
        problem = self.slots.problem
        return day < problem.since or (person.id, day) in problem.pins

    def are_alike(
        self, person: RosterPerson, rows: tuple[Row, Row], span: tuple[date, date]
    ) -> bool:
        """Tell whether two rows are the same for whatever the person could stand in the span."""
        one, other = rows
        return one is other or about(person, one, *span) == about(person, other, *span)
