"""Countries and their regions (ISO 3166): whose public holidays are known, and whose law holds."""

from functools import cache
from typing import Any

from holidays import country_holidays
from holidays.registry import EntityLoader

# The countries whose public holidays are known.
COUNTRIES = frozenset(EntityLoader.get_country_codes())


def country_of(place: str) -> str:
    """Return the country of a country or a region: `GB` for `GB` and for `GB-ENG`."""
    return place.partition("-")[0]


def region_of(place: str) -> str | None:
    """Return the region without its country: `ENG` for `GB-ENG`, nothing for `GB`."""
    return place.partition("-")[2] or None


def is_known(place: str) -> bool:
    """Tell whether the public holidays of a country such as `CN`, or a region of it, are known."""
    country, region = country_of(place), region_of(place)
    if len(country) != 2 or country not in COUNTRIES:
        return False
    return "-" not in place or region in _regions(country)


@cache
def _regions(country: str) -> frozenset[str]:
    known: Any = country_holidays(country)
    return frozenset(known.subdivisions)
