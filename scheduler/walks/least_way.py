"""How many minutes somebody is on the way at the least who goes to given places on one day."""

from collections.abc import Iterable
from math import ceil

from scheduler.walks.ways import Point, Ways


def least_way(points: Iterable[Point], ways: Ways) -> int:
    """
    Return minutes, rounded up, that no order of the points undercuts.

    The points are joined by the shortest ways that hold them together (Prim's spanning tree);
    whoever goes to all of them walks that at least, wherever they begin. Windows may ask for more.
    """
    left = sorted(_places(set(points)))
    if len(left) < 2 or not _is_known(ways):
        return 0
    reach = dict.fromkeys(left[1:], float("inf"))
    at, total = left[0], 0.0
    while reach:
        for point in reach:
            reach[point] = min(reach[point], ways.minutes(at, point))
        at = min(reach, key=lambda point: (reach[point], point))
        total += reach.pop(at)
    return ceil(total - 1e-9)


def _places(points: set[Point]) -> set[Point]:
    """Leave out sites where one goes to a place of theirs: what is bound to none is done there."""
    entered = {point.site for point in points if point.place}
    return {point for point in points if point.place or point.site not in entered}


def _is_known(ways: Ways) -> bool:
    return bool(ways.legs or ways.between_buildings or ways.between_sites)
