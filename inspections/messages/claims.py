"""
Who sends a message, and how it went.

A sender claims messages for some minutes. Right before the point after which the other side may
have taken a message it says so in the record; a message found in that state after a crash is not
sent again by itself, since nobody knows whether it arrived.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from inspections.models import MessageRow
from rules.text import Text

LEASE = timedelta(minutes=10)
# Waits between attempts; after the last one the message is dead.
BACKOFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))
# Delivered messages hold names and plans; they are not kept for ever.
KEPT = timedelta(days=180)
_LOST = Text(
    zh="发送中断，不知道对方是否已收到。确认未收到后再点“再次发送”。",
    en="Sending broke off; nobody knows whether it arrived. Ask, then send it again.",
)


@dataclass(frozen=True)
class Claimed:
    """A message that this sender may send now."""

    id: int
    channel: str
    kind: str
    subject: str
    body: str
    calendar: str | None
    address: str | None
    webhook: int | None
    about: str | None
    message_id: str
    created_at: datetime
    stale_at: datetime | None
    attempts: int


@dataclass(frozen=True)
class Reason:
    """Why a message was not sent: a stable code and words."""

    code: str
    text: Text

    def as_data(self) -> dict[str, Any]:
        """Return it as stored."""
        return {"code": self.code, "zh": self.text.zh, "en": self.text.en}


def claim(
    session: Session, *, sender: str, channels: Collection[str], now: datetime, most: int = 20
) -> tuple[Claimed, ...]:
    """Claim messages whose time has come, also those that a crashed sender left unsent."""
    row = MessageRow
    ready = or_(
        and_(row.state == "waiting", row.not_before <= now),
        and_(row.state == "claimed", row.claimed_until < now),
    )
    chosen = select(row.id).where(ready, row.channel.in_(tuple(channels)))
    chosen = chosen.order_by(row.not_before, row.id).limit(most).with_for_update(skip_locked=True)
    taken = (
        update(row)
        .where(row.id.in_(chosen.scalar_subquery()), ready)
        .values(
            state="claimed",
            claimed_by=sender,
            claimed_until=now + LEASE,
            attempts=row.attempts + 1,
        )
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    ids = sorted(session.scalars(taken))
    query = select(row).where(row.id.in_(ids)).order_by(row.not_before, row.id)
    found = session.scalars(query.execution_options(populate_existing=True))
    return tuple(_claimed(one) for one in found)


def begin_hand_over(session: Session, message: int, *, sender: str, now: datetime) -> bool:
    """Write down that the other side may have it from now on; false if another sender took over."""
    done = _mine(message, sender, "claimed").values(state="handing-over", claimed_until=now + LEASE)
    return session.execute(done.returning(MessageRow.id)).first() is not None


def settle_sent(session: Session, message: int, *, sender: str, now: datetime) -> None:
    """The other side said that it has the message."""
    session.execute(_mine(message, sender, "handing-over").values(**_free("sent"), sent_at=now))


def settle_later(
    session: Session, message: Claimed, *, sender: str, now: datetime, reason: Reason
) -> bool:
    """Nothing was taken: try again later; true if it was tried often enough and is dead."""
    dead = message.attempts > len(BACKOFF)
    values = _free("dead" if dead else "waiting", reason)
    if not dead:
        values["not_before"] = now + BACKOFF[message.attempts - 1]
    session.execute(_mine(message.id, sender, "claimed", "handing-over").values(**values))
    return dead


def settle(session: Session, message: int, *, sender: str, state: str, reason: Reason) -> None:
    """It is not sent by itself any more: `dead`, `unsure` or `withdrawn`, and why."""
    session.execute(
        _mine(message, sender, "claimed", "handing-over").values(**_free(state, reason))
    )


def put_back(session: Session, message: int, *, sender: str, until: datetime) -> None:
    """Wait without counting an attempt, for example for a robot's limit."""
    values = {**_free("waiting"), "not_before": until, "attempts": MessageRow.attempts - 1}
    session.execute(_mine(message, sender, "claimed").values(**values))


def park_unsure(session: Session, *, now: datetime) -> int:
    """Mark what a sender was handing over when it crashed; return how many."""
    lost = (
        update(MessageRow)
        .where(MessageRow.state == "handing-over", MessageRow.claimed_until < now)
        .values(**_free("unsure", Reason("crashed", _LOST)))
        .returning(MessageRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(lost).all())


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete what went out, or was not needed, longer ago than anybody asks for."""
    over = delete(MessageRow).where(
        MessageRow.state.in_(("sent", "withdrawn")), MessageRow.created_at < now - KEPT
    )
    session.execute(over.execution_options(synchronize_session=False))


def _mine(message: int, sender: str, *states: str) -> Any:
    mine = update(MessageRow).where(MessageRow.id == message, MessageRow.claimed_by == sender)
    mine = mine.where(MessageRow.state.in_(states))
    return mine.execution_options(synchronize_session=False)


def _free(state: str, reason: Reason | None = None) -> dict[str, Any]:
    data = reason.as_data() if reason else None
    return {"state": state, "claimed_by": None, "claimed_until": None, "reason": data}


def _claimed(row: MessageRow) -> Claimed:
    names = [name for name in Claimed.__dataclass_fields__ if name != "webhook"]
    return Claimed(webhook=row.webhook_id, **{name: getattr(row, name) for name in names})
