"""One session of the record for each request, opened when first asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import cast

from flask import Flask, current_app, g

from inspections.database import Session, Sessions, open_database, start_writing

_OPENING = Lock()


def init_app(app: Flask) -> None:
    """Close the session when the request ends; what was not committed is undone."""

    @app.teardown_appcontext
    def _close(_error: BaseException | None) -> None:
        opened = g.pop("database_session", None)
        if opened is not None:
            opened.close()


def session() -> Session:
    """Return this request's session, for reading; what is changed in it is not kept."""
    if "database_session" not in g:
        g.database_session = _sessions()()
    return cast("Session", g.database_session)


def release() -> None:
    """Give the connection of this request's session back, before work that opens its own."""
    session().rollback()


@contextmanager
def transaction() -> Iterator[Session]:
    """
    Yield this request's session and commit at the end; an error undoes everything.

    It waits until nobody else writes, and sees what they wrote.
    """
    opened = session()
    start_writing(opened)
    try:
        yield opened
    except BaseException:
        opened.rollback()
        raise
    opened.commit()


def now() -> datetime:
    """Return the present instant, aware UTC, the same one for the whole request."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]()
    return cast("datetime", g.now)


def sessions() -> Sessions:
    """Return the maker of sessions, for work that goes on beside the request."""
    return _sessions()


def _sessions() -> Sessions:
    app = current_app
    # The first requests may come at once; only one of them brings the record up to date.
    with _OPENING:
        if "xunjian.sessions" not in app.extensions:
            app.extensions["xunjian.sessions"] = open_database(app.config["DATABASE_URL"])
    return cast("Sessions", app.extensions["xunjian.sessions"])
