"""The outbox: what is put into it once stays one message, however often it is put again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from inspections.messages.claims import Reason
from inspections.models import InvitationRow, MessageRow
from rules.text import Text

# Said of digests with nothing in them, so that nobody wonders where they are.
_NOTHING = Reason(
    "nothing-to-say",
    Text(zh="没有待办和变化，没有发送。", en="There was nothing to say; it was not sent."),
)


@dataclass(frozen=True)
class Invited:
    """
    What an invitation said, kept with its message so that the next one knows it.

    Attributes:
        told: What was said, as a hash.
    """

    occurrence: int
    person: str
    address: str
    sequence: int
    told: str
    cancelled: bool


@dataclass(frozen=True)
class Draft:
    """
    A message to put into the outbox.

    Attributes:
        channel: `mail` or `webhook`.
        kind: What it tells, for example `digest` or `overdue`.
        recipient: Key of the person, or number of the webhook.
        day: Day or revision that it speaks of: the same thing on another day is another message.
        about: For example `finding/12`; nothing for a digest.
        calendar: iCalendar text of an invitation, and `invited` what it said.
        not_before: For example the end of the recipient's quiet hours.
        stale_at: After that it is not sent any more.
    """

    organisation: str
    channel: str
    kind: str
    recipient: str
    day: str
    subject: str
    body: str
    not_before: datetime
    stale_at: datetime | None = None
    about: str | None = None
    address: str | None = None
    webhook: int | None = None
    calendar: str | None = None
    invited: Invited | None = None

    @property
    def key(self) -> str:
        """What makes it one message; unique in the organisation."""
        return "/".join((self.channel, self.recipient, self.kind, self.about or "-", self.day))


def put(session: Session, drafts: Iterable[Draft], *, now: datetime) -> tuple[Draft, ...]:
    """Put messages into the outbox; return those that were not in it before."""
    return tuple(draft for draft in drafts if _put(session, draft, now))


def _put(session: Session, draft: Draft, now: datetime) -> bool:
    statement = _insert(session).values(_values(draft, now)).on_conflict_do_nothing()
    is_new = session.execute(statement.returning(MessageRow.id)).first() is not None
    if is_new and draft.invited is not None:
        _remember(session, draft.invited, now)
    return is_new


def _remember(session: Session, said: Invited, now: datetime) -> None:
    mine = {"occurrence_id": said.occurrence, "person": said.person}
    row = session.scalars(select(InvitationRow).filter_by(**mine)).one_or_none()
    if row is None:
        row = InvitationRow(**mine)
        session.add(row)
    row.address, row.sequence, row.told = said.address, said.sequence, said.told
    row.cancelled, row.changed_at = said.cancelled, now
    session.flush()


def _insert(session: Session) -> Any:
    dialect = session.get_bind().dialect.name
    return (postgresql_insert if dialect == "postgresql" else sqlite_insert)(MessageRow)


def _values(draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "organisation_id": draft.organisation,
        "key": draft.key,
        "channel": draft.channel,
        "kind": draft.kind,
        "person": None if draft.webhook is not None else draft.recipient,
        "address": draft.address,
        "webhook_id": draft.webhook,
        "about": draft.about,
        "subject": " ".join(draft.subject.split()),
        "body": draft.body,
        "calendar": draft.calendar,
        # The same for every attempt, so that mailboxes can drop a second copy.
        "message_id": sha256(f"{draft.organisation}/{draft.key}".encode()).hexdigest()[:40],
        "state": "waiting" if draft.body else "withdrawn",
        "reason": None if draft.body else _NOTHING.as_data(),
        "created_at": now,
        "not_before": max(now, draft.not_before),
        "stale_at": draft.stale_at,
        "attempts": 0,
    }
