"""Make room for what nobody has: move others out of the way, or put off what matters less."""

from scheduler.assignment.bundles import Unit
from scheduler.assignment.draft import Draft, Spot
from scheduler.assignment.effort import Effort

_DEPTH = 3
_WIDTH = 6


def cover(draft: Draft, effort: Effort) -> bool:
    """Try every unit that nobody has, law first; whether any step made the plan cheaper."""
    better = False
    for unit in draft.undone():
        if len(unit.tasks) > 1:
            draft.split(unit)
    for unit in draft.undone():
        if unit.whole.id in draft.units and unit.whole.id not in draft.where:
            better = _covered(draft, unit, effort) or better
    return better


def _covered(draft: Draft, unit: Unit, effort: Effort) -> bool:
    chain = _Chain(draft, effort)
    if chain.settle(unit, _DEPTH) and chain.saved > 0:
        return True
    chain.undo(0)
    return False


class _Chain:
    """
    Moves that follow from one another, and can all be taken back.

    Attributes:
        saved: Points that the moves so far save.
    """

    def __init__(self, draft: Draft, effort: Effort) -> None:
        self.draft = draft
        self.effort = effort
        self.saved = 0.0
        self._done: list[tuple[Unit, Spot | None, float]] = []
        self._moving: set[str] = set()

    def undo(self, until: int) -> None:
        """Take moves back, the last first, until so many are left."""
        while len(self._done) > until:
            unit, spot, saved = self._done.pop()
            self.saved -= saved
            if spot is None:
                self.draft.remove(unit)
            else:
                self.draft.place(unit, spot)

    def settle(self, unit: Unit, depth: int) -> bool:
        """Find a place for the unit; whether it has one now, or it pays to leave it."""
        if not self.effort.spend():
            return False
        found = self.draft.cheapest(unit)
        if found is not None:
            self._place(unit, found[1])
            return True
        return depth > 0 and self._push(unit, depth)

    def _place(self, unit: Unit, spot: Spot) -> None:
        saved = unit.undone - self.draft.points_at(unit, spot)
        self.draft.place(unit, spot)
        self.saved += saved
        self._done.append((unit, None, saved))

    def _push(self, unit: Unit, depth: int) -> bool:
        """Make somebody free for the unit whose other work finds a place elsewhere."""
        self._moving.add(unit.whole.id)
        try:
            return any(self._on(unit, spot, depth) for spot in self._spots(unit))
        finally:
            self._moving.discard(unit.whole.id)

    def _spots(self, unit: Unit) -> list[Spot]:
        """Return days with the people on them that lack one person who would have to be freed."""
        draft, whole = self.draft, unit.whole
        spots = []
        for day in unit.days:
            people = draft.book.candidates(whole, day)
            if len(people) < whole.people:
                continue
            free = draft.by_points(unit, day, draft.book.free(whole, day))
            some = [person for _, _, person in free[: whole.people - 1]]
            if len(some) == whole.people - 1:
                busy = draft.by_points(unit, day, (one for one in people if one.id not in some))
                spots += [(points, (day, (*some, who))) for points, _, who in busy]
        spots.sort()
        return [spot for _, spot in spots[: _WIDTH * 2]]

    def _on(self, unit: Unit, spot: Spot, depth: int) -> bool:
        """Free the last of the people for the unit, if what they had can go elsewhere."""
        day, people = spot
        for victims in self._victims(unit, spot):
            if self.effort.steps <= 0:
                return False
            mark, before = len(self._done), self.saved
            for victim in victims:
                self._take(victim)
            worker = self.draft.book.workers[people[-1]]
            if self.draft.book.busy(unit.whole, worker, day) is None:
                self._place(unit, (day, tuple(sorted(people))))
                for victim in victims:
                    self._settle_or_leave(victim, depth - 1)
                if self.saved > before:
                    return True
            self.undo(mark)
        return False

    def _settle_or_leave(self, unit: Unit, depth: int) -> None:
        mark, before = len(self._done), self.saved
        if not self.settle(unit, depth) or self.saved < before:
            self.undo(mark)

    def _take(self, unit: Unit) -> None:
        spot = self.draft.remove(unit)
        saved = self.draft.points_at(unit, spot) - unit.undone
        self.saved += saved
        self._done.append((unit, spot, saved))

    def _victims(self, unit: Unit, spot: Spot) -> list[list[Unit]]:
        """Return what could be taken from the last of the people: one unit, or several light."""
        day, people = spot
        held = [
            one
            for one in self.draft.held(people[-1], day).values()
            if one.whole.id not in self._moving
        ]
        held.sort(key=lambda one: (one.undone, one.whole.minutes, one.whole.id))
        several: list[Unit] = []
        for one in held:
            if one.undone < unit.undone:
                several.append(one)
            if sum(each.whole.minutes for each in several) >= unit.whole.minutes:
                break
        ones = [[one] for one in held[:_WIDTH]]
        return [*ones, several] if len(several) > 1 else ones
