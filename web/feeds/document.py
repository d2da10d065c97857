"""A whole feed: head, time zones and the joined events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar

from web.feeds.event import FeedEvent, clean, fragment
from web.feeds.time_zones import vtimezone

_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class FeedHead:
    """
    What a calendar client shows of the feed itself.

    Attributes:
        time_zone: IANA name, a hint for clients that show one zone for a calendar.
    """

    name: str
    description: str
    time_zone: str


def document(head: FeedHead, events: Sequence[FeedEvent]) -> bytes:
    """Return the feed as bytes; equal content gives equal bytes."""
    calendar = _head(head)
    for name in _zones(events):
        calendar.add_component(vtimezone(name))
    start = calendar.to_ical().removesuffix(_END)
    return b"".join([start, *map(fragment, events), _END])


def entity_tag(body: bytes) -> str:
    """Return a strong tag that changes if and only if the bytes do."""
    return sha256(body).hexdigest()


def _head(head: FeedHead) -> Calendar:
    """No calendar-level UID: vdirsyncer would then keep one event of the whole feed."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Xunjian//Calendar feed//ZH")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, clean(head.name))
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        calendar.add(key, clean(head.description))
    calendar.add("X-WR-TIMEZONE", head.time_zone)
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    calendar.add("COLOR", "darkslateblue")
    return calendar


def _zones(events: Iterable[FeedEvent]) -> list[str]:
    names = set()
    for event in events:
        for moment in (event.starts, event.ends):
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
                names.add(moment.tzinfo.key)
    return sorted(names)
