"""A plan of drills made by hand's rules: short windows first, joining what stands already."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from scheduler.drills.problem import DrillWanted, SiteDrills


def constructed(
    problem: SiteDrills,
    wanted: Sequence[DrillWanted],
    days: Mapping[str, Sequence[date]],
    standing: Collection[tuple[date, str]],
) -> dict[str, date]:
    """Return a day for as many of *wanted* as this finds one; the solver starts from it."""
    events = set(standing)
    series: defaultdict[str, list[date]] = defaultdict(list)
    found: dict[str, date] = {}
    for one in sorted(wanted, key=lambda one: (len(days[one.id]), one.priority, one.since, one.id)):
        gap = problem.gap(one.series)
        possible = [
            day
            for day in days[one.id]
            if all(abs((day - other).days) >= gap for other in series[one.series])
        ]
        if possible:
            day = min(possible, key=lambda day: _rank(problem, one, day, events))
            found[one.id] = day
            series[one.series].append(day)
            events.add((day, one.kind))
    return found


def _rank(
    problem: SiteDrills, one: DrillWanted, day: date, events: set[tuple[date, str]]
) -> tuple[bool, bool, int, int, date]:
    """Order days as the solver's aims do: the last plan's, unless costs tell otherwise."""
    moved = one.planned_on is not None and day != one.planned_on
    joins = (day, one.kind) in events
    crowded = not joins and any(other == day for other, _ in events)
    return moved, crowded, 0 if joins else 1 + problem.cost(day), off_wish(one, day), day


def off_wish(one: DrillWanted, day: date) -> int:
    """Return how many weeks a day lies from where an even spread would put the drill."""
    return 0 if one.wished_on is None else abs((day - one.wished_on).days) // 7
