"""What each change would bring: tried on the roster, audited, and counted."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.roster.draft import pin_faults
from scheduler.roster.explain.changes import HIRE, LOOSEN, Change
from scheduler.roster.explain.holes import Holes
from scheduler.roster.explain.places import Places
from scheduler.roster.explain.repair import WANTED, Repair
from scheduler.roster.explain.resolving import resolved
from scheduler.roster.explain.row_facts import Row, Rows
from scheduler.roster.explain.standing_rows import Bettered, bettered
from scheduler.roster.problem import RosterPerson
from scheduler.roster.slots import Slots
from scheduler.roster.standing import is_away

# A part that is solved anew takes some tenths of a second.
_MOST_SOLVED = 6


@dataclass(frozen=True)
class Tried:
    """
    What came of trying.

    Attributes:
        repairs: The changes that fill places, the most places first.
        number: How many changes were tried.
    """

    repairs: tuple[Repair, ...]
    number: int


def tried_repairs(
    holes: Holes, found: Bettered, changes: Iterable[Change], *, about: Places, most: int = 6
) -> Tried:
    """
    Return the changes that fill places.

    Empty places are moved about first; where that leaves fewer repairs than are wanted, the part
    of the roster that the conflict lies in is solved anew with each of the others.

    Args:
        holes: Of the problem as it is.
        found: Its roster.
        changes: What to try; of those that speak of the same thing the best is kept.
        about: The places to be solved anew.
        most: So many are returned.
    """
    trial = _Trial(holes, found, about)
    for change in changes:
        trial.move(change)
    trial.solve()
    ranked = sorted(trial.best.values(), key=lambda one: (-one.fills, one.trouble))
    return Tried(tuple(ranked[:most]), trial.number)


class _Trial:
    """Tries one change after the other; of those about the same thing the best is kept."""

    def __init__(self, holes: Holes, found: Bettered, about: Places) -> None:
        self.holes = holes
        self.found = found
        self.about = about
        self.best: dict[str, Repair] = {}
        self.failed: list[Change] = []
        self.number = 0

    def move(self, change: Change) -> None:
        """Try a change by moving the empty places of the roster about."""
        known = self.best.get(change.about)
        if known is not None and (change.trouble == LOOSEN or not known.left):
            return
        if _is_more_of_the_same(change, self.best):
            return
        self.number += 1
        slots = Slots(change.problem)
        repair = self._tried(change, slots, _still_standing(slots, self.found.rows))
        if repair is None:
            self.failed.append(change)
        elif known is None or repair.fills > known.fills:
            self.best[change.about] = repair

    def solve(self) -> None:
        """Try what moves do not show to help by solving, the farthest-going change of a kind."""
        farthest = {change.about: change for change in self.failed}
        for change in list(farthest.values())[:_MOST_SOLVED]:
            if len(self.best) >= WANTED:
                return
            if change.about in self.best:
                continue
            slots = Slots(change.problem)
            rows = _still_standing(slots, self.found.rows)
            better = resolved(slots, rows, self.about, seed=0)
            repair = self._tried(change, slots, better) if better is not None else None
            if repair is not None:
                self.best[change.about] = repair

    def _tried(self, change: Change, slots: Slots, rows: Rows) -> Repair | None:
        after = bettered(Holes(slots, self.holes.known), rows, earlier=self.found.earlier)
        before, left = (sum(each.missing.values()) for each in (self.found, after))
        if left >= before or not _is_lawful(slots, after.rows):
            return None
        return Repair(change.text, before - left, left, change.trouble)


def _is_more_of_the_same(change: Change, best: dict[str, Repair]) -> bool:
    """Whether fewer new people than the change adds are enough."""
    return change.trouble == HIRE and any(
        one.trouble == HIRE and not one.left for one in best.values()
    )


def _still_standing(slots: Slots, rows: Rows) -> Rows:
    """Return the rows without the shifts that an absence meets; whoever is new has an empty one."""
    return {
        person.id: _present(slots, person, rows.get(person.id, {}))
        for person in slots.problem.people
    }


def _present(slots: Slots, person: RosterPerson, row: Row) -> Row:
    kept = {
        day: slot
        for day, slot in row.items()
        if day < slots.problem.since or not is_away(person, slot.since, slot.until)
    }
    return row if len(kept) == len(row) else kept


def _is_lawful(slots: Slots, rows: Rows) -> bool:
    """Audit the rows: as settled cells they must break no hard rule, and keep what was settled."""
    problem = slots.problem
    cells = {
        (person, day): (slot.post, slot.shift)
        for person, row in rows.items()
        for day, slot in row.items()
        if day >= problem.since
    }
    if any(cells.get(key) != cell for key, cell in problem.pins.items()):
        return False
    settled = copy.copy(slots)
    settled.problem = replace(problem, pins=cells)
    return not pin_faults(settled)
