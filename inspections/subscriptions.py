"""Secret calendar links: made, shown once, rotated, revoked; the record keeps hashes only."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound, Refused
from inspections.models import AuditRow, FeedSubscriptionRow
from rules.text import Text

TOKEN_BYTES = 32
MOST_ALARMS = 3
MOST_LINKS = 20
# A revoked link says so for this long, so that calendars show it; then it is gone.
TOMBSTONE = timedelta(days=14)
_KIND = Text(zh="日历链接", en="calendar link")


class TooManyLinks(Refused):
    """Nobody needs this many calendars; unused ones are to be revoked first."""

    code = "feed.too-many-links"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"已有 {MOST_LINKS} 个日历链接。请先停用不再使用的链接。",
                en=f"There are {MOST_LINKS} calendar links already. Revoke those not in use first.",
            )
        )


class TooManyAlarms(Refused):
    """Calendars take a few alarms only."""

    code = "feed.too-many-alarms"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"最多选 {MOST_ALARMS} 个提醒。请去掉几个。",
                en=f"At most {MOST_ALARMS} alarms. Please take some away.",
            )
        )


@dataclass(frozen=True)
class NewLink:
    """
    A link to make: of a person's tasks, or of a site's.

    Attributes:
        by: Name of the account that makes it; only that account sees it listed.
        alarms: Minutes before the start, at most three.
    """

    organisation: str
    by: str
    label: str
    language: str = "zh"
    alarms: tuple[int, ...] = ()
    person: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class Link:
    """A link as it is listed; the secret itself is not known any more."""

    id: int
    organisation: str
    person: str | None
    site: str | None
    label: str
    language: str
    alarms: tuple[int, ...]
    created_at: datetime
    revoked_at: datetime | None
    fetched_at: datetime | None
    agent: str | None

    def is_gone(self, now: datetime) -> bool:
        """Tell whether the link was revoked so long ago that nothing answers any more."""
        return self.revoked_at is not None and now >= self.revoked_at + TOMBSTONE


def create_link(session: Session, new: NewLink, *, now: datetime) -> tuple[int, str]:
    """
    Return id and secret of a new link; the secret cannot be told again.

    Raises:
        TooManyAlarms: If more than three alarms were asked for.
        TooManyLinks: If the account has too many links in use.
        ValueError: If it names neither or both of person and site.
    """
    if (new.person is None) is (new.site is None):
        raise ValueError("Name either a person or a site.")
    if len(set(new.alarms)) > MOST_ALARMS:
        raise TooManyAlarms
    if len(links_of(session, new.organisation, new.by)) >= MOST_LINKS:
        raise TooManyLinks
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = FeedSubscriptionRow(
        organisation_id=new.organisation,
        token_sha256=_hash(token),
        person=new.person,
        site=new.site,
        label=new.label,
        language=new.language,
        alarms=sorted(set(new.alarms)),
        created_by=new.by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, row, "feed.created", by=new.by, now=now)
    return row.id, token


def links_of(session: Session, organisation: str, by: str) -> tuple[Link, ...]:
    """Return the links in use that the account *by* made, newest first."""
    mine = {"organisation_id": organisation, "created_by": by, "revoked_at": None}
    query = select(FeedSubscriptionRow).filter_by(**mine).order_by(FeedSubscriptionRow.id.desc())
    return tuple(_links(session.scalars(query)))


def revoke_link(
    session: Session, link_id: int, *, organisation: str, by: str, now: datetime
) -> None:
    """
    Stop a link of the account *by*; calendars are told for 14 days.

    Raises:
        NotFound: If the account has no such link in use.
    """
    row = _mine(session, link_id, organisation, by)
    row.revoked_at = now
    session.flush()
    _note(session, row, "feed.revoked", by=by, now=now)


def rotate_link(
    session: Session, link_id: int, *, organisation: str, by: str, now: datetime
) -> tuple[int, str]:
    """
    Replace a link by a new one with the same choices; return the new id and secret.

    Raises:
        NotFound: If the account has no such link in use.
    """
    row = _mine(session, link_id, organisation, by)
    new = NewLink(
        organisation=organisation,
        by=by,
        label=row.label,
        language=row.language,
        alarms=tuple(row.alarms),
        person=row.person,
        site=row.site,
    )
    revoke_link(session, link_id, organisation=organisation, by=by, now=now)
    return create_link(session, new, now=now)


def link_with(session: Session, token: str) -> Link | None:
    """Return the link with this secret, also one that was revoked; nothing for an unknown one."""
    query = select(FeedSubscriptionRow).filter_by(token_sha256=_hash(token))
    return next(_links(session.scalars(query)), None)


def note_fetch(session: Session, link_id: int, *, agent: str, now: datetime) -> None:
    """Write down when a link was fetched last, and by what."""
    row = session.get_one(FeedSubscriptionRow, link_id)
    row.fetched_at, row.agent = now, agent[:120] or None
    session.flush()


def _mine(session: Session, link_id: int, organisation: str, by: str) -> FeedSubscriptionRow:
    row = session.get(FeedSubscriptionRow, link_id)
    if row is None or row.revoked_at or (row.organisation_id, row.created_by) != (organisation, by):
        raise NotFound(_KIND, link_id)
    return row


def _links(rows: Iterable[FeedSubscriptionRow]) -> Iterator[Link]:
    names = ("id", "person", "site", "label", "language", "created_at", "revoked_at")
    return (
        Link(
            organisation=row.organisation_id,
            alarms=tuple(row.alarms),
            fetched_at=row.fetched_at,
            agent=row.agent,
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _note(
    session: Session, row: FeedSubscriptionRow, action: str, *, by: str, now: datetime
) -> None:
    subject, data = f"feed/{row.id}", {"person": row.person, "site": row.site}
    organisation = row.organisation_id
    session.add(
        AuditRow(
            organisation_id=organisation, at=now, by=by, action=action, subject=subject, data=data
        )
    )
    session.flush()
