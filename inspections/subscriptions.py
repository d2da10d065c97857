"""Secret calendar links: made, shown once, changed, rotated, revoked; only hashes are kept."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import NotFound, Refused
from inspections.feeds.choices import Choices
from inspections.feeds.link import Link, NewLink, choose, link_of
from inspections.models import AccountRow, FeedSubscriptionRow
from rules.text import Text

TOKEN_BYTES = 32
MOST_LINKS = 20
# A link that is fetched all the time is written down this often at most.
_NOTED_EVERY = timedelta(minutes=10)
# Made once: it is asked at every fetch, and making it takes longer than asking.
_BY_SECRET = (
    select(FeedSubscriptionRow, AccountRow.active)
    .outerjoin(AccountRow, AccountRow.name == FeedSubscriptionRow.created_by)
    .where(FeedSubscriptionRow.token_sha256 == bindparam("token"))
)
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


def create_link(session: Session, new: NewLink, *, now: datetime) -> tuple[int, str]:
    """
    Return id and secret of a new link; the secret cannot be told again.

    Raises:
        TooManyAlarms: If more than three alarms were asked for.
        ChoiceOutside: If another choice lies outside its limits.
        TooManyLinks: If the account has too many links in use.
        ValueError: If it does not name what it shows.
    """
    new.choices.check()
    if len(links_of(session, new.organisation, new.by)) >= MOST_LINKS:
        raise TooManyLinks
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = FeedSubscriptionRow(
        organisation_id=new.organisation,
        token_sha256=_hash(token),
        label=new.label,
        created_by=new.by,
        created_at=now,
    )
    choose(row, new.choices)
    session.add(row)
    session.flush()
    _note(session, row, "feed.created", None, by=new.by, now=now)
    return row.id, token


def links_of(session: Session, organisation: str, by: str) -> tuple[Link, ...]:
    """Return the links in use that the account *by* made, newest first."""
    mine = {"organisation_id": organisation, "created_by": by, "revoked_at": None}
    query = select(FeedSubscriptionRow).filter_by(**mine).order_by(FeedSubscriptionRow.id.desc())
    return tuple(link_of(row) for row in session.scalars(query))


def own_link(session: Session, link_id: int, *, organisation: str, by: str) -> Link:
    """
    Return a link in use of the account *by*.

    Raises:
        NotFound: If the account has no such link in use.
    """
    return link_of(_mine(session, link_id, organisation, by))


def change_link(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    link_id: int,
    *,
    organisation: str,
    by: str,
    label: str,
    choices: Choices,
    now: datetime,
) -> None:
    """
    Change what a link shows; its address stays, so that no calendar must subscribe again.

    Raises:
        NotFound: If the account has no such link in use.
        TooManyAlarms: If more than three alarms were asked for.
        ChoiceOutside: If another choice lies outside its limits.
    """
    row = _mine(session, link_id, organisation, by)
    choices.check()
    before = _shown(row)
    row.label = label
    choose(row, choices)
    session.flush()
    _note(session, row, "feed.changed", before, by=by, now=now)


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
    _note(session, row, "feed.revoked", _shown(row), by=by, now=now)


def rotate_link(
    session: Session, link_id: int, *, organisation: str, by: str, now: datetime
) -> tuple[int, str]:
    """
    Replace a link by a new one with the same choices; return the new id and secret.

    Raises:
        NotFound: If the account has no such link in use.
    """
    link = own_link(session, link_id, organisation=organisation, by=by)
    revoke_link(session, link_id, organisation=organisation, by=by, now=now)
    return create_link(session, NewLink(organisation, by, link.label, link.choices), now=now)


def link_with(session: Session, token: str) -> Link | None:
    """Return the link with this secret, also one that was revoked; nothing for an unknown one."""
    found = session.execute(_BY_SECRET, {"token": _hash(token)}).one_or_none()
    return None if found is None else link_of(found[0], owner_is_active=found[1] is not False)


def stop_orphan(session: Session, link: Link, *, now: datetime) -> Link:
    """Revoke a link whose account was closed, from now on, and return it so."""
    row = session.get_one(FeedSubscriptionRow, link.id)
    row.revoked_at = row.revoked_at or now
    session.flush()
    _note(session, row, "feed.revoked", _shown(row), by="sweep", now=now)
    return link_of(row, owner_is_active=False)


def is_news(link: Link, agent: str, now: datetime) -> bool:
    """Tell whether a fetch is to be written down: the same client is every ten minutes at most."""
    same = link.fetched_at is not None and link.agent == _named(agent)
    return not same or link.fetched_at is None or now - link.fetched_at >= _NOTED_EVERY


def note_fetch(session: Session, link: Link, *, agent: str, now: datetime) -> None:
    """Write down when a link was fetched last, and by what."""
    mine = update(FeedSubscriptionRow).where(FeedSubscriptionRow.id == link.id)
    session.execute(mine.values(fetched_at=now, agent=_named(agent)))


def _named(agent: str) -> str | None:
    return agent[:120] or None


def _mine(session: Session, link_id: int, organisation: str, by: str) -> FeedSubscriptionRow:
    row = session.get(FeedSubscriptionRow, link_id)
    if row is None or row.revoked_at or (row.organisation_id, row.created_by) != (organisation, by):
        raise NotFound(_KIND, link_id)
    return row


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _shown(row: FeedSubscriptionRow) -> dict[str, Any]:
    return {"label": row.label, **asdict(link_of(row).choices)}


def _note(  # noqa: PLR0913 (the parts of one entry)
    session: Session,
    row: FeedSubscriptionRow,
    action: str,
    before: dict[str, Any] | None,
    *,
    by: str,
    now: datetime,
) -> None:
    note_change(
        session,
        organisation=row.organisation_id,
        by=by,
        action=action,
        subject=f"feed/{row.id}",
        before=before,
        after=None if row.revoked_at else _shown(row),
        now=now,
    )
