"""Numbers that people can read out on the telephone: `F-2026-0001`."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def next_number(
    session: Session, row_type: Any, *, organisation_id: str, letter: str, at: datetime
) -> str:
    """Return the next number of the organisation and year; never one that was used before."""
    prefix = f"{letter}-{at.year}-"
    _wait_for_my_turn(session, f"{organisation_id}/{prefix}")
    query = (
        select(func.max(row_type.number))
        .where(row_type.organisation_id == organisation_id)
        .where(row_type.number.startswith(prefix, autoescape=True))
    )
    last = session.scalar(query)
    return f"{prefix}{(int(last.rsplit('-', 1)[1]) if last else 0) + 1:05}"


def _wait_for_my_turn(session: Session, name: str) -> None:
    """Let whoever numbers at the same moment commit first; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))
