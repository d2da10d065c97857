"""
A counter that rises with every commit that wrote anything calendars may show.

A feed that was rendered at the present value needs no look at the record. The counter hangs on the
connection, below every way of writing, so that no use case can forget it; what calendars never
show is named here, and everything else counts.
"""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event, select, update
from sqlalchemy.orm import Session

from inspections.models import CalendarClockRow

# Written at every fetch, sign-in or message, or never on a calendar.
SILENT_TABLES = frozenset(
    {
        "account",
        "account_link",
        "account_session",
        "alembic_version",
        "app_password",
        "audit_log",
        "calendar_clock",
        "calendar_entry",
        "evidence",
        "evidence_link",
        "feed_document",
        "feed_subscription",
        "invitation",
        "kept_text",
        "message",
        "message_choice",
        "problem_report",
        "short_code",
        "registered_tablet",
        "signature",
        "sync_item",
        "tablet",
        "webhook",
    }
)
_WRITES = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)
_WROTE = "xunjian.wrote"
_TABLE: Any = CalendarClockRow.__table__
_TICK = update(_TABLE).values(value=_TABLE.c.value + 1)


def listen(engine: Engine) -> None:
    """Let every commit through *engine* that wrote something shown move the counter on."""
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "commit", _tick)
    event.listen(engine, "rollback", _forget)


def clock(session: Session) -> int:
    """Return the present value; it only rises."""
    return session.scalar(select(CalendarClockRow.value)) or 0


def _note(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    _context: Any,
    _executemany: bool,  # noqa: FBT001
) -> None:
    found = _WRITES.match(statement)
    if found and found[1].lower() not in SILENT_TABLES:
        connection.info[_WROTE] = True


def _tick(connection: Connection) -> None:
    if connection.info.pop(_WROTE, False):
        connection.execute(_TICK)


def _forget(connection: Connection) -> None:
    connection.info.pop(_WROTE, None)
