"""Reading data before it is known to be sound: what is malformed is passed over."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from rules.yaml_document import Location

Raw = Mapping[str, Any]


def items(data: Raw, name: str, at: Location = ()) -> Iterator[tuple[Location, Raw]]:
    """Yield each mapping of the list *name* of *data*, with its location."""
    listed = data.get(name)
    for index, item in enumerate(listed if isinstance(listed, (list, tuple)) else ()):
        if isinstance(item, Mapping):
            yield (*at, name, index), item


def texts(data: Raw, name: str, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield each text of the list *name* of *data*, with its location."""
    listed = data.get(name)
    for index, item in enumerate(listed if isinstance(listed, (list, tuple)) else ()):
        if isinstance(item, str):
            yield (*at, name, index), item


def day(data: Raw, name: str) -> date | None:
    """Return the field *name* as a day, if it is one."""
    value = data.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def minute(data: Raw, name: str) -> int | None:
    """Return the field *name* as minutes after midnight, if it is a time of day."""
    value = data.get(name)
    try:
        clock = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return clock.hour * 60 + clock.minute if isinstance(clock, time) else None


def sites(data: Raw) -> Iterator[tuple[Location, Raw]]:
    """Yield each site."""
    yield from items(data, "sites")


def calendar(site: Raw) -> Raw:
    """Return the calendar of *site*; empty where it is malformed."""
    found = site.get("calendar")
    return found if isinstance(found, Mapping) else {}
