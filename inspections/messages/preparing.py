"""Look at the record and compose what people and groups are to be told now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.messages.choice import Choice, choices
from inspections.messages.digest import digest
from inspections.messages.escalations import rungs
from inspections.messages.invitations import Announcer, Bytes
from inspections.messages.matters import Asked, matters
from inspections.messages.notices import notices
from inspections.messages.outbox import Draft
from inspections.messages.overviews import Group, group_urgent, overview
from inspections.messages.reminders import Recipient, reminders
from inspections.messages.urgent import Urgent, urgent_mail
from inspections.messages.webhooks import webhooks_of
from inspections.messages.words import Words
from inspections.models import MessageRow, OrganisationRow, PersonRow
from rules.rulebook import RuleBook


@dataclass(frozen=True)
class House:
    """
    What composing needs to know beside the record.

    Attributes:
        address: Where the pages are, for links; without a slash at the end.
        channels: Which channels are set up: `mail`, `webhook`.
        as_calendar: Writes an invitation as iCalendar text.
    """

    address: str
    channels: Collection[str]
    as_calendar: Bytes


def compose(
    session: Session,
    rulebook: RuleBook,
    house: House,
    *,
    organisation: str,
    now: datetime,
) -> list[Draft]:
    """
    Return what is to be told now, also what is in the outbox already; nothing is written.

    Put it in a transaction of its own: with SQLite one that read for long may not write any more.
    """
    drafts: list[Draft] = []
    if "mail" in house.channels:
        drafts += _mail(session, rulebook, house, organisation=organisation, now=now)
    if "webhook" in house.channels:
        drafts += _posts(session, rulebook, house, organisation=organisation, now=now)
    return drafts


def recipients(session: Session, organisation: str, *, address: str) -> dict[str, Recipient]:
    """Return everybody who has a mailbox and wants mail, by key."""
    row = session.get_one(OrganisationRow, organisation)
    chosen = choices(session, organisation)
    query = select(PersonRow).filter_by(organisation_id=organisation, ended_on=None)
    found = {}
    for person in session.scalars(query.where(PersonRow.email.is_not(None))):
        choice = chosen.get(person.key, Choice())
        words = Words(choice.language, ZoneInfo(row.time_zone), address)
        if choice.mode != "off" and person.email:
            found[person.key] = Recipient(organisation, person.key, person.email, choice, words)
    return found


def _mail(
    session: Session, rulebook: RuleBook, house: House, *, organisation: str, now: datetime
) -> list[Draft]:
    people = recipients(session, organisation, address=house.address)
    if not people:
        return []
    asked = Asked(organisation, _whose_time_it_is(session, people, now))
    mine = matters(session, rulebook, asked, now=now)
    drafts: list[Draft] = []
    for person in asked.people:
        recipient = people[person]
        if recipient.choice.mode == "each":
            drafts += reminders(recipient, mine.get(person, []), now=now)
            continue
        found = digest(session, rulebook, recipient, mine.get(person, []), now=now)
        drafts += [found] if found else []
    drafts += urgent_mail(people, _urgent(session, rulebook, organisation, now), now=now)
    announcer = Announcer(session, rulebook, organisation, house.as_calendar, now)
    return [*drafts, *announcer.invitations(people)]


def _whose_time_it_is(session: Session, people: dict[str, Recipient], now: datetime) -> list[str]:
    """Return who gets single reminders, and whose digest of today is still to be composed."""
    had = _had_digest(session, people, now)

    def is_time(one: Recipient) -> bool:
        today = now.astimezone(one.zone).date()
        waits = one.person not in had and one.choice.is_time(now, today, one.zone)
        return one.choice.mode == "each" or waits

    return [key for key, one in people.items() if is_time(one)]


def _had_digest(session: Session, people: dict[str, Recipient], now: datetime) -> set[str | None]:
    """Return who has a digest of today in the outbox: this is asked every minute all day long."""
    one = next(iter(people.values()))
    start = datetime.combine(now.astimezone(one.zone).date(), time(), one.zone)
    query = select(MessageRow.person).filter_by(organisation_id=one.organisation, kind="digest")
    return set(session.scalars(query.where(MessageRow.created_at >= start)))


def _urgent(session: Session, rulebook: RuleBook, organisation: str, now: datetime) -> list[Urgent]:
    found = notices(session, rulebook, organisation, now=now)
    return [*rungs(session, organisation, now=now), *found]


def _posts(
    session: Session, rulebook: RuleBook, house: House, *, organisation: str, now: datetime
) -> list[Draft]:
    robots = webhooks_of(session, organisation)
    if not robots:
        return []
    zone = ZoneInfo(session.get_one(OrganisationRow, organisation).time_zone)
    found = _urgent(session, rulebook, organisation, now)
    drafts: list[Draft] = []
    for robot in robots:
        words = Words("en" if robot.language == "en" else "zh", zone, house.address)
        group = Group(robot, words)
        today = overview(session, group, now=now)
        drafts += [today] if today else []
        drafts += group_urgent(group, found, now=now)
    return drafts
