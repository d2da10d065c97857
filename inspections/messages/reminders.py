"""Reminders one by one: before, on and after due dates, for people who chose so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from inspections.messages.choice import Choice
from inspections.messages.matters import Matter
from inspections.messages.outbox import Draft
from inspections.messages.words import Words

ReminderKind = Literal["before", "due", "overdue"]
# Days after the due day on which the person is told again; others are told by the ladder.
AFTER = (1, 3, 7, 14)


@dataclass(frozen=True)
class Recipient:
    """Somebody with a mailbox, and how they want to be told."""

    organisation: str
    person: str
    address: str
    choice: Choice
    words: Words

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return self.words.zone


def reminders(recipient: Recipient, mine: list[Matter], *, now: datetime) -> Iterator[Draft]:
    """Yield the reminders whose time has come; put into the outbox again they stay one each."""
    for matter in mine:
        found = reminder_due(matter, recipient.choice, recipient.zone, now=now)
        if found is not None:
            yield _draft(recipient, matter, found, now)


def reminder_due(
    matter: Matter, choice: Choice, zone: ZoneInfo, *, now: datetime
) -> tuple[ReminderKind, date] | None:
    """
    Return the reminder that a matter asks for now, with the day that it speaks of.

    Before: from the chosen number of days before the due day on. Due: on the due day. Both only
    where there is more than a day for it. Overdue: as soon as it is, then 1, 3, 7 and 14 days
    after, at the chosen clock time.
    """
    due_on = matter.due_at.astimezone(zone).date()
    today = now.astimezone(zone).date()
    if now > matter.due_at:
        passed = [n for n in AFTER if choice.is_time(now, due_on + timedelta(days=n), zone)]
        return "overdue", due_on + timedelta(days=passed[-1] if passed else 0)
    if not matter.takes_days or matter.opens_at > now:
        return None
    if today == due_on:
        return ("due", due_on) if choice.is_time(now, due_on, zone) else None
    first = due_on - timedelta(days=choice.days_before)
    if choice.days_before and choice.is_time(now, first, zone):
        return "before", first
    return None


def _draft(
    recipient: Recipient, matter: Matter, found: tuple[ReminderKind, date], now: datetime
) -> Draft:
    kind, day = found
    words, title = recipient.words, recipient.words.say(matter.title)
    heads = {
        "before": words.both("将到期", "Due soon"),
        "due": words.both("今日到期", "Due today"),
        "overdue": words.both("已过期", "Overdue"),
    }
    return Draft(
        organisation=recipient.organisation,
        channel="mail",
        kind=kind,
        recipient=recipient.person,
        day=day.isoformat(),
        about=matter.about,
        address=recipient.address,
        subject=words.both(f"巡检{heads[kind]}：{title}", f"Xunjian: {heads[kind]}: {title}"),
        body="\n".join([*words.matter(matter, now=now), "", *words.foot()]),
        not_before=recipient.choice.after_quiet(now, recipient.zone),
        # From the due instant on it is overdue, which is another message.
        stale_at=matter.due_at if kind != "overdue" else now + timedelta(days=3),
    )
