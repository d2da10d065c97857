"""Places that nobody can fill, and whether a change of some people or rows bears on them."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scheduler.roster.explain.holes import Holes, Reach
from scheduler.roster.explain.places import Key
from scheduler.roster.explain.row_facts import Row, Rows
from scheduler.roster.problem import RosterPerson
from scheduler.roster.slots import Slot

_NO_ROW: Row = {}


@dataclass(frozen=True)
class Stuck:
    """
    A place that nobody can fill.

    Attributes:
        hole: One of its slots.
        rows: The roster in which it stays empty.
        reach: Where it can be moved to; nobody can fill it there either.
    """

    hole: Slot
    rows: Rows
    reach: Reach


@dataclass(frozen=True)
class Earlier:
    """
    What was stuck before something was changed, so that it need not all be looked into anew.

    Attributes:
        people: As they were then.
        stuck: By the slot from which it was looked into.
    """

    people: Mapping[str, RosterPerson]
    stuck: Mapping[Key, Stuck]

    def still(self, holes: Holes, rows: Rows, hole: Slot, closed: AbstractSet[Key]) -> Stuck | None:
        """
        Return what was stuck there where neither those who changed nor their rows open it.

        Args:
            holes: Of the changed problem.
            rows: As they are now.
            hole: Where the place is empty.
            closed: Slots not worth moving it to.
        """
        known = self.stuck.get(hole.key)
        # Where people are bound to each other, one who changed bears on those who did not.
        if known is None or holes.slots.problem.bonds:
            return None
        days = sorted(day for _, day, _ in known.reach.slots)
        for person in holes.slots.problem.people:
            before, row = known.rows.get(person.id, _NO_ROW), rows[person.id]
            is_same = holes.are_alike(person, (before, row), (days[0], days[-1]))
            if is_same and person is self.people.get(person.id):
                continue
            if not is_same and any(stood is not before for _, stood in _chains(known, person)):
                return None
            mine = ((slot, stood if is_same else row) for slot, stood in _chains(known, person))
            if holes.opens(person, mine, known.reach.slots | closed):
                return None
        return known


def _chains(known: Stuck, person: RosterPerson) -> Iterator[tuple[Slot, Row]]:
    """Yield each slot that the place reached with the row that the person had then."""
    for slot, standing in known.reach.chains:
        yield slot, standing.get(person.id, _NO_ROW)
