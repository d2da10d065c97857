"""One event of a feed, and its bytes; mail invitations use the same component."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Event, Todo, vCalAddress, vText

# Control characters and half surrogates have no place in iCalendar text and break strict readers.
_BARRED = (*range(10), *range(11, 32), *range(127, 160), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
_CONTROL = dict.fromkeys(_BARRED)
_NO_REPLY = "mailto:no-reply@xunjian.invalid"


@dataclass(frozen=True)
class Task:
    """
    What makes an event a to-do.

    Attributes:
        due: A local time with its zone, after the start of the event.
        priority: 1 is the most urgent, 9 the least.
        status: `NEEDS-ACTION`, `IN-PROCESS`, `COMPLETED` or `CANCELLED`.
    """

    due: datetime
    priority: int
    status: str


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
        url: The way back to the page of the thing; nothing where a calendar tells busy times only.
        organizer: Name of the site that publishes it.
        alarms: Minutes before the start; clients may ignore them.
        task: Makes it a to-do; its times are then local times.
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
    task: Task | None = None


def fragment(event: FeedEvent) -> bytes:
    """Return the VEVENT or VTODO of *event*; feeds keep it and make it once for each revision."""
    return bytes(component(event).to_ical())


def component(event: FeedEvent) -> Event | Todo:
    """
    Return *event* as icalendar knows it.

    Feeds name no attendees: what is published is nobody's invitation. Mail adds them to a copy.
    """
    made: Event | Todo = Todo() if event.task else Event()
    made.add("UID", event.uid)
    made.add("DTSTAMP", event.changed_at)
    made.add("LAST-MODIFIED", event.changed_at)
    made.add("SEQUENCE", event.revision)
    made.add("DTSTART", event.starts)
    made.add("SUMMARY", clean(event.summary))
    _add_words(made, event)
    made.add("CLASS", "PRIVATE")
    made.add("ORGANIZER", organizer(event.organizer))
    if event.task:
        _add_task(made, event, event.task)
    else:
        made.add("DTEND", event.ends)
        made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
        made.add("TRANSP", "TRANSPARENT" if _is_free(event) else "OPAQUE")
    for minutes in () if event.cancelled else event.alarms:
        made.add_component(_alarm(event.summary, minutes))
    return made


def clean(text: str) -> str:
    """Return *text* without the characters that calendars cannot hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)


def organizer(name: str) -> vCalAddress:
    """Return who publishes: a name and an address that takes no mail."""
    address = vCalAddress(_NO_REPLY)
    # A quoted parameter holds neither quotes nor line ends; readers take a backslash for an escape.
    plain = clean(name).replace('"', "'").replace("\n", " ").replace("\\", "/")
    address.params["CN"] = vText(plain)
    return address


def _add_words(made: Event | Todo, event: FeedEvent) -> None:
    told = "\n".join(part for part in (event.description, event.url) if part)
    if told:
        made.add("DESCRIPTION", clean(told))
    if event.location:
        made.add("LOCATION", clean(event.location))
    if event.url:
        made.add("URL", event.url)
    if event.categories:
        made.add("CATEGORIES", [clean(category) for category in event.categories])


def _add_task(made: Event | Todo, event: FeedEvent, task: Task) -> None:
    # libical asks for start and priority in what is published, node-ical cannot do without a start.
    made.add("DUE", task.due)
    made.add("PRIORITY", task.priority)
    made.add("STATUS", task.status)
    if task.status == "COMPLETED":
        made.add("COMPLETED", event.changed_at)


def _is_free(event: FeedEvent) -> bool:
    """Whole-day deadlines and cancelled events do not make a person busy."""
    return event.cancelled or not isinstance(event.starts, datetime)


def _alarm(summary: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    # Home Assistant rejects a whole feed for one alarm without a description.
    alarm.add("DESCRIPTION", clean(summary) or "-")
    alarm.add("TRIGGER", -timedelta(minutes=minutes))
    return alarm
