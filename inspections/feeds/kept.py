"""Feeds as they were rendered last, so that an unchanged one is answered without rendering."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from inspections.database import start_writing
from inspections.models import CalendarClockRow, FeedDocumentRow

# What nobody asked for in this time is rendered anew when somebody does.
FORGOTTEN_AFTER = timedelta(days=30)
_TABLE: Any = FeedDocumentRow.__table__
_HEAD = tuple(column for column in _TABLE.c if column.name not in {"body", "events"})


_KEPT = select(CalendarClockRow.value, *_HEAD).outerjoin(
    FeedDocumentRow, FeedDocumentRow.view == bindparam("view")
)


@dataclass(frozen=True)
class Kept:
    """
    What is known of a rendered feed without reading it.

    Attributes:
        is_current: Nothing was written and no boundary of time passed since it was found to hold.
    """

    view: str
    state: str
    etag: str
    changed_at: datetime
    used_on: date
    is_current: bool


@dataclass(frozen=True)
class Document:
    """
    A rendered feed.

    Attributes:
        body: Compressed.
        events: UID to revision, offset and length of its fragment in the uncompressed body.
    """

    etag: str
    body: bytes
    events: dict[str, tuple[int, int, int]]


def kept(session: Session, view: str, *, now: datetime) -> tuple[Kept | None, int]:
    """Return what is kept of the feed *view*, and the present value of the calendar clock."""
    row = session.execute(_KEPT, {"view": view}).one()
    if row.view is None:
        return None, row.value
    current = row.clock == row.value and now < row.holds_until
    head = Kept(row.view, row.state, row.etag, row.changed_at, row.used_on, current)
    return head, row.value


def document(session: Session, view: str) -> Document:
    """Return the rendered feed *view*."""
    query = select(_TABLE.c.etag, _TABLE.c.body, _TABLE.c.events).where(_TABLE.c.view == view)
    row = session.execute(query).one()
    return Document(row.etag, row.body, {uid: tuple(at) for uid, at in row.events.items()})


def packed(session: Session, view: str) -> tuple[str, bytes]:
    """Return tag and compressed bytes of the feed *view*."""
    row = session.execute(select(_TABLE.c.etag, _TABLE.c.body).where(_TABLE.c.view == view)).one()
    return row.etag, row.body


def begin_rendering(session: Session, organisation: str) -> None:
    """
    Start a new transaction that writes; others that render for the organisation wait for its end.

    What was read before may be stale by now.
    """
    start_writing(session)
    if session.get_bind().dialect.name == "postgresql":
        key = func.hashtext(f"feeds/{organisation}")
        session.execute(select(func.pg_advisory_xact_lock(key)))


def confirm(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session, view: str, *, state: str, clock: int, holds_until: datetime, used_on: date
) -> None:
    """Write down that the kept feed, rendered from *state*, still holds."""
    values = {"clock": clock, "holds_until": holds_until, "used_on": used_on}
    mine = update(_TABLE).where(_TABLE.c.view == view, _TABLE.c.state == state)
    session.execute(mine.values(values))


def keep(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    organisation: str,
    view: str,
    *,
    made: Document,
    state: str,
    clock: int,
    holds_until: datetime,
    now: datetime,
) -> datetime:
    """
    Keep a rendered feed and return when its bytes last changed.

    Whole seconds, and later than before wherever the bytes differ, since calendars that ask by
    date compare seconds.
    """
    second = now.replace(microsecond=0)
    query = select(_TABLE.c.etag, _TABLE.c.changed_at).where(_TABLE.c.view == view)
    before = session.execute(query).one_or_none()
    changed_at = second
    if before is not None:
        later = max(second, before.changed_at + timedelta(seconds=1))
        changed_at = before.changed_at if before.etag == made.etag else later
    values = {
        "state": state,
        "clock": clock,
        "holds_until": holds_until,
        "etag": made.etag,
        "body": made.body,
        "events": made.events,
        "changed_at": changed_at,
        "used_on": now.date(),
    }
    if before is None:
        forget(session, now=now)
        row = {"view": view, "organisation_id": organisation, **values}
        session.execute(insert(_TABLE).values(row))
    else:
        session.execute(update(_TABLE).where(_TABLE.c.view == view).values(values))
    return changed_at


def forget(session: Session, *, now: datetime) -> None:
    """Drop what nobody asked for any more."""
    session.execute(delete(_TABLE).where(_TABLE.c.used_on < (now - FORGOTTEN_AFTER).date()))
