"""Builders of small days on foot."""

import itertools

from scheduler.walks.timetable import Setting
from scheduler.walks.visits import Visit
from scheduler.walks.ways import Leg, Point, Ways

MORNING = Setting(now=8 * 60)


def at(place, site="school"):
    return Point(site, place)


def visit_of(name="v", place=None, **changes):
    since, until = changes.pop("hours", (8, 18))
    minutes = changes.pop("minutes", 10)
    values = {"apart": minutes, **changes}
    where = values.pop("at", at(name if place is None else place))
    opens, due = round(since * 60), round(until * 60)
    return Visit(name, where, opens, due, minutes, **values)


def street(*places, minutes=5, **more):
    """Ways along a street: each place so many minutes from the next."""
    pairs = itertools.pairwise(places)
    return Ways(tuple(Leg(at(one), at(other), minutes) for one, other in pairs), **more)


def places_of(route):
    """Return the places of each walk."""
    return [[stop.at.place for stop in walk.stops] for walk in route.walks]
