"""Open the record: SQLite by default, PostgreSQL where a URL says so."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from inspections.errors import RecordUnusable
from inspections.migrations import upgrade

# Session is part of what this module offers: pages name the type and never import SQLAlchemy.
__all__ = ["DEFAULT_URL", "Session", "Sessions", "database_url", "open_database", "open_engine"]

DEFAULT_URL = "sqlite:///var/xunjian.db"
Sessions = sessionmaker[Session]


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

    Use it as `with open_database(url).begin() as session:`, which commits at the end or undoes
    everything on an error.

    Raises:
        RecordUnusable: If the URL is none, or what it names cannot be opened as the record.
    """
    try:
        engine = open_engine(url)
        upgrade(engine)
    except (SQLAlchemyError, ImportError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise RecordUnusable(reason) from error
    return sessionmaker(engine, expire_on_commit=False)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


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
