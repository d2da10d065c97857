"""Words for categories, priorities, states, clocks and events of a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from inspections.queries.ticket_list import TicketEvent
from inspections.ticket_clocks import ClockState
from rules.text import Text
from web.formatting import ago, moment
from web.preferences import words

CATEGORIES: Mapping[str, LazyString] = {
    "network": lazy_pgettext("ticket", "Network"),
    "office-equipment": lazy_pgettext("ticket", "Office equipment"),
    "water-power": lazy_pgettext("ticket", "Water and power"),
    "building": lazy_pgettext("ticket", "Building, doors, furniture"),
    "cleaning": lazy_pgettext("ticket", "Cleaning"),
    "other": lazy_pgettext("ticket", "Something else"),
}
PRIORITIES: Mapping[str, LazyString] = {
    "normal": lazy_pgettext("ticket", "Normal"),
    "urgent": lazy_pgettext("ticket", "Urgent"),
}
STATES: Mapping[str, tuple[LazyString, str, str]] = {
    "in-hand": (lazy_pgettext("ticket", "In hand"), "go", "finding-in_progress"),
    "completed": (
        lazy_pgettext("ticket", "Repaired, call back"),
        "warn",
        "finding-awaiting_verification",
    ),
    "called-back": (lazy_pgettext("ticket", "Closed"), "ok", "finding-closed"),
}
EVENTS: Mapping[str, tuple[LazyString, str, str]] = {
    "reported": (lazy_pgettext("ticket event", "Reported"), "finding-open", "bad"),
    "answered": (lazy_pgettext("ticket event", "Answered"), "tick", "ok"),
    "promised": (lazy_pgettext("ticket event", "Explained, and a day promised"), "calendar", "acc"),
    "completed": (lazy_pgettext("ticket event", "Repaired"), "tick", "ok"),
    "called-back": (lazy_pgettext("ticket event", "Called back"), "finding-closed", "ok"),
    "reopened": (lazy_pgettext("ticket event", "Opened again"), "undo", "bad"),
    "reclassified": (lazy_pgettext("ticket event", "Class changed"), "swap", "ink2"),
    "noted": (lazy_pgettext("ticket event", "Note"), "info", "ink2"),
    "charged": (lazy_pgettext("ticket event", "Who pays"), "hazard", "warn"),
}


@dataclass(frozen=True)
class ClockTag:
    """How a clock stands, in words with a tone."""

    words: str
    tone: str
    icon: str


def clock_tag(clock: ClockState) -> ClockTag:
    """Return how *clock* stands now."""
    if clock.status == "running" and clock.due_at:
        return ClockTag(_("%(span)s left", span=ago(clock.due_at)), "go", "clock")
    if clock.status == "met" and clock.stopped_at:
        return ClockTag(_("kept, %(when)s", when=moment(clock.stopped_at)), "ok", "tick")
    if clock.status == "breached" and clock.stopped_at:
        return ClockTag(
            _("breached, stopped %(when)s", when=moment(clock.stopped_at)), "bad", "cross"
        )
    if clock.status == "breached" and clock.due_at:
        return ClockTag(_("breached %(span)s ago", span=ago(clock.due_at)), "bad", "clock")
    if clock.status == "superseded":
        return ClockTag(_("no longer counts: the class changed"), "", "swap")
    return ClockTag(_("begins with the repair"), "", "clock")


def category(code: str) -> str:
    """Return the name of a category; one that is not ours keeps its code."""
    return str(CATEGORIES.get(code, code))


def event_detail(event: TicketEvent) -> str:
    """Return what an event says beside its note."""
    if event.kind == "promised" and "promised_on" in event.data:
        return str(_("promised for %(day)s", day=event.data["promised_on"]))
    if event.kind == "reclassified":
        priority = str(PRIORITIES.get(event.data["priority"], event.data["priority"]))
        return f"{category(event.data['category'])} · {priority}"
    if event.kind == "charged":
        labour = _("labour charged") if event.data["labour"] else _("labour free")
        materials = _("materials charged") if event.data["materials"] else _("materials free")
        return f"{materials}, {labour}. {words(Text(**event.data['reason']))}"
    return ""
