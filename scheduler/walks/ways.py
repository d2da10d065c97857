"""How long the ways between places take: what was stated or measured, joined to the shortest."""

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Point(NamedTuple):
    """A place of a site; without a place the site itself, which is wherever one stands in it."""

    site: str
    place: str = ""


class Leg(NamedTuple):
    """Minutes from one point to the other, and as long back; between sites, both without place."""

    one: Point
    other: Point
    minutes: float


@dataclass(frozen=True)
class Ways:
    """
    What is known of the ways.

    Attributes:
        legs: Stated or measured; of two for the same points the later one holds.
        buildings: Building of a place, where it is known.
        between_buildings: Minutes where no legs lead from one building to the other.
        between_sites: Likewise for sites.
        order: Places in the order in which the house walks them, from 0; decides between equals.
    """

    legs: tuple[Leg, ...] = ()
    buildings: Mapping[Point, str] = field(default_factory=dict)
    between_buildings: float = 0
    between_sites: float = 0
    order: Mapping[Point, int] = field(default_factory=dict)

    def minutes(self, start: Point, end: Point) -> float:
        """
        Return the minutes of the shortest way.

        Inside a building, places between which nothing is known lie side by side: 0 minutes.
        """
        if start.site != end.site:
            found = self._shortest(Point(start.site)).get(Point(end.site))
            return self.between_sites if found is None else found
        if start == end or not start.place or not end.place:
            return 0
        found = self.known(start, end)
        if found is not None:
            return found
        here, there = self.buildings.get(start), self.buildings.get(end)
        return self.between_buildings if here and there and here != there else 0

    def known(self, start: Point, end: Point) -> float | None:
        """Return the minutes of the shortest way over legs, where these lead there."""
        return self._shortest(start).get(end)

    def rank(self, point: Point) -> int:
        """Return the place's number in the house's order; places without one come last."""
        return self.order.get(point, len(self.order))

    @cached_property
    def _neighbours(self) -> Mapping[Point, Mapping[Point, float]]:
        found: dict[Point, dict[Point, float]] = defaultdict(dict)
        for one, other, minutes in self.legs:
            found[one][other] = found[other][one] = minutes
        return found

    @cached_property
    def _known(self) -> dict[Point, dict[Point, float]]:
        return {}

    def _shortest(self, start: Point) -> Mapping[Point, float]:
        """Return the shortest way over legs to every point that they reach (Dijkstra)."""
        if start not in self._known:
            self._known[start] = _distances(self._neighbours, start)
        return self._known[start]


def _distances(
    neighbours: Mapping[Point, Mapping[Point, float]], start: Point
) -> dict[Point, float]:
    reached: dict[Point, float] = {}
    waiting = [(0.0, start)]
    while waiting:
        minutes, point = heapq.heappop(waiting)
        if point in reached:
            continue
        reached[point] = minutes
        for further, more in neighbours.get(point, {}).items():
            if further not in reached:
                heapq.heappush(waiting, (minutes + more, further))
    return reached
