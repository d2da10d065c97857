"""Whose things a link shows, and between which days, resolved to rows of the record."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.feeds.choices import Choices
from inspections.models import OrganisationRow, PersonRow, PostRow, SiteRow
from inspections.rounds.names import joined
from rules.text import Text

NOWHERE = -1


@dataclass(frozen=True)
class Scope:
    """
    What a link looks at.

    Attributes:
        zone: Of the organisation; its days are those of the window.
        now: The instant of the question.
        since: First instant of the window: a local midnight.
        today: The local midnight before *now*.
        until: First instant after the window.
        site: Row id of the site it is limited to.
        post: Site row id and key of its post.
        people: Keys by row id of those whose things these are; nothing where it is everybody's.
        name: What the calendar is called after.
        changed_at: When a fact of the organisation last changed: names may have, too.
    """

    organisation: str
    choices: Choices
    zone: ZoneInfo
    now: datetime
    since: datetime
    today: datetime
    until: datetime
    site: int | None
    post: tuple[int, str] | None
    people: dict[int, str] | None
    name: Text
    changed_at: datetime

    @property
    def forgotten_before(self) -> datetime:
        """Cancelled before this instant, a thing is shown no more."""
        return self.now - timedelta(days=self.choices.cancelled_days)

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the people whose things these are."""
        return frozenset((self.people or {}).values())

    @property
    def midnight(self) -> datetime:
        """The next local midnight, when the window moves."""
        day = self.today.astimezone(self.zone).date() + timedelta(days=1)
        return _start(day, self.zone)

    def state(self) -> tuple[Any, ...]:
        """Return what rows do not tell: names may have changed, people may have joined."""
        people = tuple(sorted((self.people or {}).items()))
        return (self.today, self.name.zh, self.name.en, str(self.zone), self.changed_at, people)


def scope_of(session: Session, organisation: str, choices: Choices, *, now: datetime) -> Scope:
    """Return what a link with these choices looks at, at an instant."""
    query = select(OrganisationRow.name, OrganisationRow.time_zone, OrganisationRow.changed_at)
    home = session.execute(query.filter_by(id=organisation)).one()
    zone = ZoneInfo(home.time_zone)
    today = now.astimezone(zone).date()
    site = _site(session, organisation, choices.site)
    people = _people(session, organisation, choices)
    # A site that is not there shows nothing, not everything.
    site_id = site.id if site else (NOWHERE if choices.site else None)
    return Scope(
        organisation=organisation,
        choices=choices,
        zone=zone,
        now=now,
        since=_start(today - timedelta(days=choices.days_back), zone),
        today=_start(today, zone),
        until=_start(today + timedelta(days=choices.days_ahead + 1), zone),
        site=site_id,
        post=(site_id, choices.post) if site_id and choices.post else None,
        people=None if people is None else {row.id: row.key for row in people},
        name=_name(session, choices, site, people) or home.name,
        changed_at=home.changed_at,
    )


def _start(day: Any, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _site(session: Session, organisation: str, key: str | None) -> Any:
    if key is None:
        return None
    query = select(SiteRow.id, SiteRow.name).filter_by(organisation_id=organisation, key=key)
    return session.execute(query).one_or_none()


def _people(session: Session, organisation: str, choices: Choices) -> list[Any] | None:
    if choices.shows not in {"person", "team"}:
        return None
    query = select(PersonRow.id, PersonRow.key, PersonRow.name).filter_by(
        organisation_id=organisation
    )
    if choices.shows == "person":
        return list(session.execute(query.filter_by(key=choices.person)))
    return list(session.execute(query.filter_by(team=choices.team).order_by(PersonRow.id)))


def _name(session: Session, choices: Choices, site: Any, people: list[Any] | None) -> Text | None:
    if choices.shows == "person" and people:
        return Text(zh=people[0].name.zh, en=people[0].name.en)
    if choices.team:
        return Text(zh=choices.team, en=choices.team)
    if site and choices.post:
        query = select(PostRow.name).filter_by(site_id=site.id, key=choices.post)
        post: Text | None = session.scalar(query)
        return joined(site.name, post) if post else None
    return site.name if site else None
