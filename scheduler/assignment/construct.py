"""A first plan: what stood before, then law first, each unit where the flow of minutes leans."""

from datetime import date

from scheduler.assignment.bundles import Unit
from scheduler.assignment.draft import Draft, Spot
from scheduler.assignment.flow import Flow


def keep_last_plan(draft: Draft) -> None:
    """Give every unit back to those of the last plan, as far as the rules still allow it."""
    for unit in draft.undone():
        day, whole = unit.planned_on, unit.whole
        if day is None or day not in unit.days or len(unit.previous) != whole.people:
            continue
        free = {worker.id for worker in draft.book.free(whole, day)}
        if free.issuperset(unit.previous):
            draft.place(unit, (day, unit.previous))


def place_all(draft: Draft, flow: Flow | None) -> None:
    """Place what has no place yet; walks that find nobody are split into their tasks."""
    leaning = _Leaning(draft, flow)
    pending = sorted(draft.undone(), key=lambda unit: _urgency(draft, unit), reverse=True)
    while pending:
        unit = pending.pop()
        spot = leaning.spot(unit)
        if spot is not None:
            draft.place(unit, spot)
        elif len(unit.tasks) > 1:
            pending += reversed(draft.split(unit))


def _urgency(draft: Draft, unit: Unit) -> tuple[int, int, int, int, str]:
    """Law first, then who has little to choose from, then what is short of time or long."""
    whole = unit.whole
    choices = (len(draft.book.candidates(whole, day)) for day in unit.days)
    spare = sum(choices) - whole.people
    window = whole.window[1] - whole.window[0]
    return (whole.priority, spare, window, -whole.minutes, whole.id)


class _Leaning:
    """Where the flow still has minutes for a unit, and what is cheapest besides."""

    def __init__(self, draft: Draft, flow: Flow | None) -> None:
        self._draft = draft
        self._left = dict(flow.minutes) if flow else {}
        self._worth = flow.prices.days if flow else {}

    def spot(self, unit: Unit) -> Spot | None:
        """Return where the unit goes, and count it as gone there."""
        best: tuple[tuple[float, float], Spot] | None = None
        for day in unit.days:
            found = self._on(unit, day)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        if best is None:
            return None
        day, people = best[1]
        signature = self._draft.book.signature(unit.whole, day)
        for person in people:
            if (signature, person) in self._left:
                self._left[signature, person] -= unit.whole.minutes
        return best[1]

    def _on(self, unit: Unit, day: date) -> tuple[tuple[float, float], Spot] | None:
        draft, whole = self._draft, unit.whole
        signature = draft.book.signature(whole, day)
        ranked = sorted(
            (
                -min(self._left.get((signature, person), 0), whole.minutes),
                points + whole.minutes * max(0, self._worth.get((person, day), 0)),
                rank,
                person,
            )
            for points, rank, person in draft.by_points(unit, day, draft.book.free(whole, day))
        )
        if len(ranked) < whole.people:
            return None
        chosen = ranked[: whole.people]
        key = (sum(one[0] for one in chosen), sum(one[1] for one in chosen))
        return key, (day, tuple(sorted(one[3] for one in chosen)))
