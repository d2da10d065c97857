"""What takes long to plan is planned once a process; its rows go into the record of each test."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Integer, Table, func, select
from sqlalchemy.orm import Session

from inspections.database import open_database
from inspections.models import Row

_ROWS: dict[str, list[tuple[Table, list[dict[str, Any]]]]] = {}


def pour(session: Session, name: str, make: Callable[[Session], object]) -> Session:
    """Fill the new record of *session* with what *make* writes; *name* tells it from others."""
    if name not in _ROWS:
        _ROWS[name] = _made(make)
    for table, rows in _ROWS[name]:
        if session.execute(select(table).limit(1)).first():  # left by a migration
            session.execute(table.delete())
        session.execute(table.insert(), rows)
        if session.get_bind().dialect.name == "postgresql":
            _count_on(session, table)
    session.commit()
    return session


def _made(make: Callable[[Session], object]) -> list[tuple[Table, list[dict[str, Any]]]]:
    with TemporaryDirectory() as folder:
        sessions = open_database(f"sqlite:///{Path(folder) / 'record.db'}")
        with sessions() as session:
            make(session)
            session.flush()
            held = [(table, _rows(session, table)) for table in Row.metadata.sorted_tables]
        sessions.kw["bind"].dispose()
    return [(table, rows) for table, rows in held if rows]


def _rows(session: Session, table: Table) -> list[dict[str, Any]]:
    found = session.execute(select(table).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in found]


def _count_on(session: Session, table: Table) -> None:
    """Let PostgreSQL give the next row the number after the last one."""
    [*key] = table.primary_key
    if len(key) == 1 and isinstance(key[0].type, Integer):
        sequence = func.pg_get_serial_sequence(table.name, key[0].name)
        session.execute(select(func.setval(sequence, func.max(key[0]))))
