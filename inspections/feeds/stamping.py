"""The revision of what calendars show, kept in the record; it rises with every change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from inspections.feeds.item import FeedItem
from inspections.models import CalendarEntryRow

_TABLE: Any = CalendarEntryRow.__table__
_AT_ONCE = 500
_UPDATE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values({name: bindparam(f"new_{name}") for name in ("digest", "revision", "changed_at")})
)


@dataclass(frozen=True)
class Stamp:
    """Revision of one thing, and when it was reached."""

    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class Shown:
    """
    What a calendar shows of one thing just now.

    Attributes:
        known_at: When the record says that it changed last, if it does.
    """

    key: str
    digest: str
    known_at: datetime | None = None


def stamped(
    session: Session, organisation: str, items: Sequence[FeedItem], *, now: datetime
) -> list[FeedItem]:
    """Return *items* with revision and time of change; changes since last time are written down."""
    shown = [Shown(item.stamp_key, item.digest(), item.known_at) for item in items]
    found = stamps(session, organisation, shown, now=now)
    return [
        replace(item, revision=one.revision, changed_at=one.changed_at)
        for item in items
        for one in [found[item.stamp_key]]
    ]


def stamps(
    session: Session, organisation: str, shown: Iterable[Shown], *, now: datetime
) -> dict[str, Stamp]:
    """
    Return the stamp of each thing by key.

    What is shown otherwise than before gets the next revision, dated by the record where that
    tells of a change after the last one, else by *now*.
    """
    wanted = {one.key: one for one in shown}
    known = _known(session, organisation, list(wanted))
    new, changed = [], []
    found: dict[str, Stamp] = {}
    for key, one in wanted.items():
        row = known.get(key)
        if row is not None and row.digest == one.digest:
            found[key] = Stamp(row.revision, row.changed_at)
            continue
        found[key] = stamp = _next(row, one.known_at, now)
        values = {"digest": one.digest, **vars(stamp)}
        if row is None:
            new.append({"organisation_id": organisation, "key": key, **values})
        else:
            changed.append({"row_id": row.id, **{f"new_{k}": v for k, v in values.items()}})
    for statement, rows in ((insert(_TABLE), new), (_UPDATE, changed)):
        if rows:
            session.connection().execute(statement, rows)
    return found


def _next(row: Any, known_at: datetime | None, now: datetime) -> Stamp:
    known = known_at if known_at is not None and known_at <= now else None
    if row is None:
        return Stamp(0, known or now)
    told = known is not None and known > row.changed_at
    return Stamp(row.revision + 1, known if told and known else max(now, row.changed_at))


def _known(session: Session, organisation: str, keys: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = select(_TABLE).where(
            _TABLE.c.organisation_id == organisation, _TABLE.c.key.in_(some)
        )
        found |= {row.key: row for row in session.execute(query)}
    return found
