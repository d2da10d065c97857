"""
Who calls in this thread, and what they see.

Radicale tells its storage only the user's name; the app password and the tasks that Xunjian
answered with when it was checked are kept here for the length of the request.
"""

import threading

from xunjian_caldav.door import Credentials, Tasks


class _Visit(threading.local):
    agent = ""
    who: Credentials | None = None
    seen: Tasks | None = None


_visit = _Visit()


def begin(agent: str) -> None:
    """Forget the last request of this thread."""
    _visit.agent, _visit.who, _visit.seen = agent, None, None


def agent() -> str:
    """Return what the device calls itself."""
    return _visit.agent


def remember(who: Credentials, seen: Tasks) -> None:
    """Keep who was let in, with what they see."""
    _visit.who, _visit.seen = who, seen


def credentials() -> Credentials:
    """Return who was let in."""
    if _visit.who is None:
        raise RuntimeError("Nobody was let in by this request.")
    return _visit.who


def seen(name: str) -> Tasks | None:
    """Return what *name* sees; nothing where somebody else was let in, or nobody."""
    return _visit.seen if _visit.who is not None and _visit.who.name == name else None
