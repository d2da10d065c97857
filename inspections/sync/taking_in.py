"""A whole request: its items in small parts, each a transaction of its own and tried again."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from random import uniform
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.orm import Session

from inspections.database import Sessions, start_writing
from inspections.sync.outcomes import Busy, StartOver, Unreadable
from inspections.sync.receiving import Ack, problem_of, receive
from inspections.sync.sender import Sender
from inspections.sync.tablets import Seen, note_tablet
from inspections.sync.wire import Batch, SentItem
from rules.rulebook import RuleBook

T = TypeVar("T")
# Small, so that nobody else at a tablet waits long for the record.
ITEMS_AT_ONCE = 25
TRIES = 8
_FIRST_PAUSE = 0.02


def take_in(
    sessions: Sessions, rulebook: RuleBook, batch: Batch, *, sender: Sender, seen: Seen
) -> tuple[Ack, ...]:
    """
    Take a request in and acknowledge its items, in their order.

    What is committed stays, also where the connection breaks before the device hears of it: it
    sends again, and is told that all is there.
    """
    read = [_read(each) for each in batch.items]
    items = sorted((each for each in read if isinstance(each, SentItem)), key=lambda one: one.seq)
    acks = {
        (ack.id, ack.sha256): ack
        for part in _parts(items)
        for ack in _part_in(sessions, rulebook, part, batch, sender=sender, now=seen.at)
    }
    waiting = batch.waiting
    if waiting is not None:
        waiting = max(0, waiting - sum(ack.status != "waiting" for ack in acks.values()))
    seen = replace(seen, waiting=waiting)
    in_turn(sessions, lambda session: note_tablet(session, sender, seen))
    return tuple(_answer(each, acks, seen.at) for each in read)


def in_turn(sessions: Sessions, work: Callable[[Session], T]) -> T:
    """
    Do *work* in a transaction of its own and return what it returned; others may be in its way.

    Raises:
        Busy: If they were, every time; then nothing of it is kept.
    """
    for attempt in range(TRIES):
        with sessions() as session:
            try:
                start_writing(session)
                result = work(session)
                session.commit()
            except DBAPIError as error:
                session.rollback()
                last = attempt == TRIES - 1
                if last or isinstance(error, DataError):
                    raise Busy from error
            else:
                return result
        time.sleep(uniform(0.5, 1.0) * _FIRST_PAUSE * 2**attempt)  # noqa: S311 (no secret)
    raise Busy


def _part_in(  # noqa: PLR0913 (all but the first four are named at the call)
    sessions: Sessions,
    rulebook: RuleBook,
    part: Sequence[SentItem],
    batch: Batch,
    *,
    sender: Sender,
    now: datetime,
) -> tuple[Ack, ...]:
    def work(session: Session, *, hopeful: bool = False) -> tuple[Ack, ...]:
        return receive(
            session,
            rulebook,
            part,
            sender=sender,
            offset_seconds=batch.offset_seconds,
            now=now,
            hopeful=hopeful,
        )

    try:
        with suppress(StartOver):
            return in_turn(sessions, partial(work, hopeful=True))
        return in_turn(sessions, work)
    except Busy as busy:
        if len(part) > 1:
            # One that cannot be kept must not hold up the others.
            return tuple(
                ack
                for one in part
                for ack in _part_in(sessions, rulebook, [one], batch, sender=sender, now=now)
            )
        return (Ack(part[0].id, "", "waiting", now, problem_of(busy)),)


def _parts(items: Sequence[SentItem]) -> Iterator[Sequence[SentItem]]:
    for start in range(0, len(items), ITEMS_AT_ONCE):
        yield items[start : start + ITEMS_AT_ONCE]


def _read(data: Any) -> SentItem | str:
    """Return an item, or the id of one that is none."""
    try:
        return SentItem.model_validate(data)
    except ValidationError:
        told = data.get("id") if isinstance(data, dict) else None
        return told[:80] if isinstance(told, str) else ""


def _answer(read: SentItem | str, acks: dict[tuple[str, str], Ack], now: datetime) -> Ack:
    if not isinstance(read, SentItem):
        return Ack(read, "", "refused", now, problem_of(Unreadable()))
    # Nothing was kept of one that is acknowledged without its hash.
    return acks.get((read.id, read.actual_sha256)) or acks[read.id, ""]
