"""A whole feed: head, time zones and the joined events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain
from zoneinfo import ZoneInfo

from icalendar import Calendar

from web.feeds.event import FeedEvent, clean, fragment
from web.feeds.time_zones import vtimezone

_END = b"END:VCALENDAR\r\n"
# The head with its time zones is smaller than this.
HEAD_BYTES = 4_000


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


@dataclass(frozen=True)
class Joined:
    """
    A feed as bytes, with the place of every event in it.

    Attributes:
        places: UID to revision, offset and length.
    """

    body: bytes
    places: dict[str, tuple[int, int, int]]

    def part(self, uid: str, revision: int) -> bytes | None:
        """Return the bytes of an event, if it stands here in this revision."""
        place = self.places.get(uid)
        if place is None or place[0] != revision:
            return None
        _, offset, length = place
        return self.body[offset : offset + length]


def document(head: FeedHead, events: Sequence[FeedEvent]) -> bytes:
    """Return the feed as bytes; equal content gives equal bytes."""
    return joined(head, events, {event.uid: fragment(event) for event in events}).body


def joined(head: FeedHead, events: Sequence[FeedEvent], parts: Mapping[str, bytes]) -> Joined:
    """Return the feed of *events*, whose fragments are *parts* by UID."""
    calendar = _head(head)
    for name, since, until in _zones(events):
        calendar.add_component(vtimezone(name, since, until))
    start: bytes = calendar.to_ical().removesuffix(_END)
    places, offset = {}, len(start)
    for event in events:
        length = len(parts[event.uid])
        places[event.uid] = (event.revision, offset, length)
        offset += length
    body = b"".join([start, *(parts[event.uid] for event in events), _END])
    return Joined(body, places)


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
    calendar.add("X-APPLE-CALENDAR-COLOR", "#483D8B")
    return calendar


def _zones(events: Iterable[FeedEvent]) -> list[tuple[str, int, int]]:
    """Return each zone with the first and the last year in which it is used."""
    years: dict[str, list[int]] = {}
    for moment in chain.from_iterable(map(_moments, events)):
        if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
            years.setdefault(moment.tzinfo.key, []).append(moment.year)
    return [(name, min(found), max(found)) for name, found in sorted(years.items())]


def _moments(event: FeedEvent) -> tuple[object, ...]:
    return (event.starts, event.ends, event.task and event.task.due)
