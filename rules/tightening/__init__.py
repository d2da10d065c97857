"""Whether one demand is stricter than another, point by point, in words."""

from collections.abc import Callable, Iterator

from rules.tightening import (
    cadences,
    checklists,
    consequences,
    limits,
    people,
    reactions,
    staffing,
)
from rules.tightening.demand import Demand, demand_on
from rules.tightening.point import Point

__all__ = ["Demand", "Point", "demand_on", "points"]

_AREAS: tuple[Callable[[Demand, Demand], Iterator[Point]], ...] = (
    cadences.points,
    people.points,
    checklists.points,
    limits.points,
    consequences.points,
    staffing.points,
    reactions.points,
)


def points(upper: Demand, lower: Demand) -> tuple[Point, ...]:
    """
    Return every point in which *upper* asks for something else than *lower*.

    Points in which it asks for the same are left out, and so is what only it asks for, where that
    takes nothing away.
    """
    return tuple(point for area in _AREAS for point in area(upper, lower))
