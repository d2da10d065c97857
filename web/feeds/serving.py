"""Answer for a feed: from what is kept while nothing changed, else rendered and kept."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from inspections.database import Session
from inspections.feeds.gathering import Gathered, gather
from inspections.feeds.kept import (
    begin_rendering,
    confirm,
    document,
    keep,
    kept,
    packed,
)
from inspections.feeds.link import Link
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from web.feeds.document import FeedHead, entity_tag
from web.feeds.document import document as plain_document
from web.feeds.rendering import View, rendered
from web.feeds.tombstone import tombstone


@dataclass
class Answer:
    """
    A feed to be sent; its bytes are read only where they are asked for.

    Attributes:
        etag: Of the uncompressed bytes.
        changed_at: When they last changed, in whole seconds.
    """

    etag: str
    changed_at: datetime
    _session: Session
    _view: str = ""
    _packed: bytes | None = None

    def packed(self) -> bytes:
        """Return the bytes, compressed."""
        if self._packed is None:
            # Another process may have rendered it anew since the tag was read.
            self.etag, self._packed = packed(self._session, self._view)
        return self._packed

    def plain(self) -> bytes:
        """Return the bytes."""
        return _opened(self.packed())


@lru_cache(maxsize=16)
def _opened(body: bytes) -> bytes:
    """Return *body* uncompressed; few clients want it so, but those do again and again."""
    return gzip.decompress(body)


def answer(
    session: Session, view: View, kinds: Callable[[], RuleKinds], *, now: datetime
) -> Answer:
    """
    Return the feed *view*; what has to be written is written and not yet committed.

    The rules are asked for only where the record must be looked at.
    """
    head, clock = kept(session, view.key, now=now)
    if head is not None and head.is_current and head.used_on == now.date():
        return Answer(head.etag, head.changed_at, session, view.key)
    found = _gathered(session, view, kinds, now)
    state = found.state
    if head is not None and head.state == state:
        begin_rendering(session, view.organisation)
        confirm(
            session,
            view.key,
            state=state,
            clock=clock,
            holds_until=found.holds_until,
            used_on=now.date(),
        )
        return Answer(head.etag, head.changed_at, session, view.key)
    begin_rendering(session, view.organisation)
    if kept(session, view.key, now=now) != (head, clock):
        # Something was written meanwhile; nothing more is, from here on.
        found = _gathered(session, view, kinds, now)
    return _rendered(session, view, found)


def stopped(session: Session, link: Link, url: str) -> Answer:
    """Return the feed of a revoked link."""
    event = tombstone(link, url)
    head = FeedHead(link.label, event.description, "Asia/Shanghai")
    body = plain_document(head, [event])
    changed_at = event.changed_at.replace(microsecond=0)
    packed = gzip.compress(body, mtime=0)
    return Answer(entity_tag(body), changed_at, session, _packed=packed)


def _rendered(session: Session, view: View, found: Gathered) -> Answer:
    """Render and keep; whoever waited meanwhile takes over what the other one made."""
    now, state = found.scope.now, found.state
    head, clock = kept(session, view.key, now=now)
    if head is not None and head.state == state:
        return Answer(head.etag, head.changed_at, session, view.key)
    before = document(session, view.key) if head else None
    made = rendered(session, view, found, before)
    changed_at = keep(
        session,
        view.organisation,
        view.key,
        made=made,
        state=state,
        clock=clock,
        holds_until=found.holds_until,
        now=now,
    )
    return Answer(made.etag, changed_at, session, view.key, made.body)


def _gathered(
    session: Session, view: View, kinds: Callable[[], RuleKinds], now: datetime
) -> Gathered:
    return gather(session, scope_of(session, view.organisation, view.choices, now=now), kinds())
