"""Even work out: give units to people, and on days, for whom they weigh less."""

from scheduler.assignment.bundles import Unit
from scheduler.assignment.draft import Draft, Spot
from scheduler.assignment.effort import Effort

# Savings below this are noise of the arithmetic.
_LEAST = 1.0
_PARTNERS = 2


def level(draft: Draft, effort: Effort) -> bool:
    """Try every unit once at its cheapest place, and in exchange; whether anything was saved."""
    better = False
    order = sorted(draft.where, key=lambda id_: (-_heaviest(draft, id_), id_))
    for id_ in order:
        if not effort.spend():
            return better
        if id_ in draft.where:
            unit = draft.units[id_]
            better = _moved(draft, unit) or _exchanged(draft, unit, effort) or better
    return better


def _heaviest(draft: Draft, unit: str) -> float:
    """Return the share of their time that the busiest of the unit's people works."""
    _, people = draft.where[unit]
    return max(draft.load[who] / draft.prices.available[who] for who in people)


def _moved(draft: Draft, unit: Unit) -> bool:
    spot = draft.remove(unit)
    before = draft.points_at(unit, spot)
    found = draft.cheapest(unit)
    is_better = found is not None and found[0] < before - _LEAST
    draft.place(unit, found[1] if found is not None and is_better else spot)
    return is_better


def _exchanged(draft: Draft, unit: Unit, effort: Effort) -> bool:
    """Exchange the unit with one of somebody for whom it weighs less, if that pays."""
    day, people = draft.where[unit.whole.id]
    if len(people) > 1:
        return False
    others = (one for one in draft.book.candidates(unit.whole, day) if one.id != people[0])
    for _, _, person in draft.by_points(unit, day, others)[:_PARTNERS]:
        for other in list(draft.held(person, day).values()):
            if not effort.spend():
                return False
            if _may_pay(draft, unit, other) and _swapped(draft, unit, other):
                return True
    return False


def _may_pay(draft: Draft, unit: Unit, other: Unit) -> bool:
    """Whether the exchange saves points, as far as minutes and wishes go; both on one day."""
    lighter = unit.whole.minutes - other.whole.minutes
    if other.whole.people > 1 or lighter <= 0:
        return False
    if draft.book.problem.most_running:
        return True  # Repeats are only known once both have changed places.
    (day, (giver,)), (_, (taker,)) = draft.where[unit.whole.id], draft.where[other.whole.id]
    minutes = draft.burden(giver, day, -lighter) + draft.burden(taker, day, lighter)
    before = draft.wishes(unit, giver, day) + draft.wishes(other, taker, day)
    after = draft.wishes(unit, taker, day) + draft.wishes(other, giver, day)
    return minutes + after < before


def _swapped(draft: Draft, first: Unit, second: Unit) -> bool:
    """Give each unit the other's place, where that is allowed and saves points."""
    pairs = [(first, draft.where[first.whole.id]), (second, draft.where[second.whole.id])]
    before = _points_while_removing(draft, pairs)
    after = 0.0
    moved: list[Unit] = []
    for unit, spot in ((first, pairs[1][1]), (second, pairs[0][1])):
        if not _allowed(draft, unit, spot):
            break
        after += draft.points_at(unit, spot)
        draft.place(unit, spot)
        moved.append(unit)
    if len(moved) == len(pairs) and after < before - _LEAST:
        return True
    for unit in moved:
        draft.remove(unit)
    for unit, spot in pairs:
        draft.place(unit, spot)
    return False


def _points_while_removing(draft: Draft, pairs: list[tuple[Unit, Spot]]) -> float:
    """Take the units out one after the other; return what they cost where they were."""
    points = 0.0
    for unit, spot in pairs:
        draft.remove(unit)
        points += draft.points_at(unit, spot)
    return points


def _allowed(draft: Draft, unit: Unit, spot: Spot) -> bool:
    day, (person,) = spot
    worker = draft.book.workers[person]
    if day not in unit.days or unit.whole.site not in worker.sites:
        return False
    return draft.book.stopped_by(unit.whole, worker, day) is None
