"""One event of a feed, and its bytes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Event, vCalAddress, vText

# Lower control characters have no place in iCalendar text and break strict readers.
_CONTROL = {code: None for code in range(32) if chr(code) != "\n"} | {127: None}


@dataclass(frozen=True)
class FeedEvent:
    """
    What a calendar shows of one occurrence, shift, drill or deadline.

    Attributes:
        uid: Never changes while the thing exists, also when it moves or changes hands.
        revision: Rises by one with every change of time, place, state or wording.
        changed_at: When that change was made; also DTSTAMP, so equal states give equal bytes.
        starts: A local time with its zone, or a date for whole-day events.
        ends: Exclusive, of the same kind as `starts`.
        summary: Led by the state word where the state matters.
        url: The way back to the page of the thing.
        organizer: Name of the site that publishes it.
        alarms: Minutes before the start; clients may ignore them.
    """

    uid: str
    revision: int
    changed_at: datetime
    starts: datetime | date
    ends: datetime | date
    summary: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    organizer: str
    cancelled: bool = False
    alarms: tuple[int, ...] = ()


@lru_cache(maxsize=20_000)
def fragment(event: FeedEvent) -> bytes:
    """Return the VEVENT of *event*; made once for each revision and wording, then shared."""
    component = Event()
    component.add("UID", event.uid)
    component.add("DTSTAMP", event.changed_at)
    component.add("LAST-MODIFIED", event.changed_at)
    component.add("SEQUENCE", event.revision)
    component.add("DTSTART", event.starts)
    component.add("DTEND", event.ends)
    component.add("SUMMARY", clean(event.summary))
    component.add("DESCRIPTION", clean(f"{event.description}\n{event.url}"))
    component.add("LOCATION", clean(event.location))
    component.add("URL", event.url)
    component.add("CATEGORIES", [clean(category) for category in event.categories])
    component.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    component.add("TRANSP", "TRANSPARENT" if _is_free(event) else "OPAQUE")
    component.add("ORGANIZER", _organizer(event.organizer))
    for minutes in () if event.cancelled else event.alarms:
        component.add_component(_alarm(event.summary, minutes))
    return bytes(component.to_ical())


def clean(text: str) -> str:
    """Return *text* without the control characters that calendars cannot hold."""
    return text.translate(_CONTROL)


def _is_free(event: FeedEvent) -> bool:
    """Whole-day deadlines and cancelled events do not make a person busy."""
    return event.cancelled or not isinstance(event.starts, datetime)


def _organizer(name: str) -> vCalAddress:
    address = vCalAddress("mailto:no-reply@xunjian.invalid")
    address.params["CN"] = vText(clean(name).replace('"', "'"))
    return address


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    # Home Assistant rejects a whole feed for one alarm without a description.
    alarm.add("DESCRIPTION", clean(summary))
    alarm.add("TRIGGER", -timedelta(minutes=minutes))
    return alarm
