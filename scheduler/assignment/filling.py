"""Where more is asked of people than a day has, choose anew, exactly, what they do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.assignment.ascent import sold_out
from scheduler.assignment.bundles import Unit
from scheduler.assignment.clusters import clusters
from scheduler.assignment.draft import Draft
from scheduler.assignment.effort import Effort
from scheduler.assignment.full_days import Spot
from scheduler.assignment.piece import solve_piece
from scheduler.assignment.problem import MinutePrices

# CP-SAT's deterministic seconds for one piece; hard ones are left as they are.
_WORK = 1.0


def fill_full_days(draft: Draft, prices: MinutePrices, effort: Effort) -> bool:
    """Solve each group of full days that share tasks; whether one covers more than before."""
    if not draft.undone():
        return False
    better = False
    for units in _groups(draft, sold_out(prices)):
        if any(unit.whole.id not in draft.where for unit in units) and effort.has_time():
            better = _fill(draft, units, effort) or better
    return better


def _fill(draft: Draft, units: list[Unit], effort: Effort) -> bool:
    """Solve one group; where it covers no more, everything stays where it was."""
    before = {unit.whole.id: draft.where.get(unit.whole.id) for unit in units}
    missing = sum(unit.undone for unit in units if before[unit.whole.id] is None)
    solve_piece(draft, units, seconds=effort.seconds_left, work=_WORK)
    if sum(unit.undone for unit in units if unit.whole.id not in draft.where) < missing:
        return True
    for unit in units:
        if unit.whole.id in draft.where:
            draft.remove(unit)
    for unit in units:
        spot = before[unit.whole.id]
        if spot is not None:
            draft.place(unit, spot)
    return False


def _groups(draft: Draft, full: frozenset[Spot]) -> Iterable[list[Unit]]:
    """Yield the units that could be on full days, wherever they are, in groups that share none."""
    spots: dict[str, list[str]] = {}
    for id_, unit in draft.units.items():
        found = [
            f"{person}|{day}" for person, day in _could_be(draft, unit) if (person, day) in full
        ]
        if found:
            spots[id_] = found
    names = {name for found in spots.values() for name in found}
    group_of = {
        name: number
        for number, group in enumerate(clusters(names, spots.values()))
        for name in group
    }
    groups: dict[int, list[Unit]] = defaultdict(list)
    for id_, found in spots.items():
        groups[group_of[found[0]]].append(draft.units[id_])
    return groups.values()


def _could_be(draft: Draft, unit: Unit) -> Iterator[Spot]:
    """Yield who could take part in the unit, on days on which they are enough."""
    for day in unit.days:
        people = draft.book.candidates(unit.whole, day)
        if len(people) >= unit.whole.people:
            for person in people:
                yield person.id, day
