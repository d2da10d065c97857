"""The zones of an organisation: near places, of which the planner makes one walk."""

from collections.abc import Mapping

from rules.organisation.model import Organisation
from scheduler.walks.ways import Point, Ways
from scheduler.walks.zones import zones


def zones_of(organisation: Organisation, ways: Ways) -> Mapping[Point, str]:
    """Return the zone of each place with near neighbours."""
    places = (Point(site.id, place.id) for site in organisation.sites for place in site.places)
    return zones(places, ways)
