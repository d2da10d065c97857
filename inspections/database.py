"""Open the record: SQLite by default, PostgreSQL where a URL says so."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from inspections import calendar_clock
from inspections.errors import RecordBusy, RecordIsNewer, RecordUnusable
from inspections.migrations import upgrade

# Session is part of what this module offers: pages name the type and never import SQLAlchemy.
__all__ = [
    "DEFAULT_URL",
    "Session",
    "Sessions",
    "database_url",
    "open_database",
    "open_engine",
    "start_writing",
]

_WRITES = "xunjian_writes"
DEFAULT_URL = "sqlite:///var/xunjian.db"


class Sessions(sessionmaker[Session]):
    """Makes sessions: called, one for reading; with `begin`, one whose work is kept as a whole."""

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Yield a session once nobody else writes; commit at the end, undo all on an error."""
        with self() as session:
            start_writing(session)
            yield session
            session.commit()


def database_url(url: str | None = None) -> str:
    """Return *url*, else `XUNJIAN_DATABASE_URL`, else SQLite under `var`."""
    return url or os.environ.get("XUNJIAN_DATABASE_URL") or DEFAULT_URL


def open_engine(url: str | None = None) -> Engine:
    """
    Return an engine for the record, making the folder of a SQLite file where it is missing.

    Plain `postgresql://` URLs are opened with psycopg 3.
    """
    parsed = make_url(database_url(url))
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_database(url: str | None = None) -> Sessions:
    """
    Bring the record to the newest migration and return a maker of sessions for it.

    Use it as `with open_database(url).begin() as session:` for whatever writes.

    Raises:
        RecordIsNewer: If a later version of the program has upgraded the record.
        RecordUnusable: If the URL is none, or what it names cannot be opened as the record.
    """
    try:
        engine = open_engine(url)
        upgrade(engine)
    except CommandError as error:
        # It names a revision that this version does not know.
        raise RecordIsNewer from error
    except (SQLAlchemyError, ImportError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
        raise RecordUnusable(reason) from error
    calendar_clock.listen(engine)
    return Sessions(engine, expire_on_commit=False)


def start_writing(session: Session) -> None:
    """
    End the session's transaction and start one that may write, waiting for others to finish.

    SQLite refuses, without waiting, a write in a transaction that read before another one's write;
    so whatever reads and then writes says so first. What was read before is read again when used.

    Raises:
        RecordBusy: If they have not finished after ten seconds.
    """
    session.rollback()
    try:
        session.connection(execution_options={_WRITES: True})
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise RecordBusy from error
        raise


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late for savepoints to undo everything.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
