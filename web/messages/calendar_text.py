"""Drill invitations as iCalendar text for mail (iMIP, RFC 6047): a request, or its cancellation."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vText

from inspections.messages.invitations import Invitation
from inspections.messages.reminders import Recipient
from rules.text import Text
from web.feeds.event import FeedEvent, clean, component
from web.feeds.time_zones import vtimezone

HOST = "xunjian.invalid"
_CATEGORY = Text(zh="演练", en="Drill")
_CANCELLED = Text(zh="已取消：", en="Cancelled: ")


def invitation_text(invitation: Invitation, recipient: Recipient, *, sender: str) -> str:
    """
    Return the calendar that goes with the mail.

    *sender* is the address that the mail comes from: calendars take an update or a cancellation
    only from who organised the event.
    """
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Xunjian//Drill invitations//ZH")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "CANCEL" if invitation.cancelled else "REQUEST")
    event = _event(invitation, recipient)
    made = component(event)
    if isinstance(event.starts, datetime):
        year = event.starts.year
        calendar.add_component(vtimezone(recipient.zone.key, year, year))
    del made["ORGANIZER"]
    made.add("ORGANIZER", _address(sender, recipient.words.say(invitation.site)))
    made.add("ATTENDEE", _attendee(recipient))
    calendar.add_component(made)
    return bytes(calendar.to_ical()).decode()


def _event(invitation: Invitation, recipient: Recipient) -> FeedEvent:
    words, zone = recipient.words, recipient.zone
    whole_day = invitation.starts is None or invitation.ends is None
    title = words.say(invitation.title)
    because = words.both("依据：", "Because of: ") + words.say(invitation.clause)
    return FeedEvent(
        uid=f"{invitation.uid}@{HOST}",
        revision=invitation.sequence,
        changed_at=invitation.changed_at,
        starts=invitation.day if whole_day else _local(invitation.starts, zone),
        ends=invitation.day + timedelta(days=1) if whole_day else _local(invitation.ends, zone),
        summary=(words.say(_CANCELLED) if invitation.cancelled else "") + title,
        description=because,
        location=words.say(invitation.place),
        url=words.address + invitation.path,
        categories=(words.say(_CATEGORY),),
        organizer=words.say(invitation.site),
        cancelled=invitation.cancelled,
    )


def _local(at: datetime | None, zone: ZoneInfo) -> datetime:
    if at is None:
        raise ValueError("Expected the start and the end of a drill that is not a whole day.")
    return at.astimezone(zone)


def _attendee(recipient: Recipient) -> vCalAddress:
    """No answer is asked for, since nobody reads one and attending is a duty."""
    address = _address(recipient.address, None)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address


def _address(mailbox: str, name: str | None) -> vCalAddress:
    address = vCalAddress(f"mailto:{mailbox}")
    if name:
        address.params["CN"] = vText(clean(name).replace('"', "'").replace("\n", " "))
    return address
