"""Zones: places so near each other that one walk serves what is to be done in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.assignment.problem import Task
from scheduler.walks.ways import Point, Ways

# Minutes of way from the first place of a zone to any other of it.
NEAR = 5


def zones(places: Iterable[Point], ways: Ways) -> Mapping[Point, str]:
    """
    Return the zone of each place that has others near it, called after its first place.

    Only ways that are known count: places of which nothing is stated stand alone. The house's
    order decides which place a zone begins with.
    """
    members: dict[str, dict[Point, list[Point]]] = defaultdict(dict)
    for place in sorted(set(places), key=lambda place: (ways.rank(place), place)):
        inside = members[place.site]
        first = next((one for one in inside if _is_near(one, place, ways)), place)
        inside.setdefault(first, []).append(place)
    return {
        place: first.place
        for of_site in members.values()
        for first, inside in of_site.items()
        if len(inside) > 1
        for place in inside
    }


def _is_near(first: Point, place: Point, ways: Ways) -> bool:
    minutes = ways.known(first, place)
    return minutes is not None and minutes <= NEAR


def in_zones(tasks: Iterable[Task], zone_of: Mapping[Point, str]) -> tuple[Task, ...]:
    """Return the tasks, those of a place in a zone with that zone."""
    return tuple(
        replace(task, zone=zone)
        if (zone := zone_of.get(Point(task.site, task.place), ""))
        else task
        for task in tasks
    )
