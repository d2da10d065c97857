"""The rule book, read once for each application, and the part of it that binds an organisation."""

from threading import RLock
from typing import cast

from flask import current_app, g

from inspections.published_packs import book_name, every_pack, rulebook_for
from rules.loader import load_rulebook
from rules.rulebook import RuleBook
from web.authentication import viewer
from web.database import session

_KEY = "xunjian.rulebooks"
_MOST = 32
_READING = RLock()


def whole_rulebook() -> RuleBook:
    """Return every built-in pack."""
    kept = current_app.extensions.setdefault(_KEY, {})
    # The first requests may come at once; only one of them reads the packs.
    with _READING:
        if None not in kept:
            kept[None] = load_rulebook()
    return cast("RuleBook", kept[None])


def rulebook() -> RuleBook:
    """Return the packs that bind the viewer's organisation, with those that it published."""
    return rulebook_of(viewer().organisation)


def rulebook_of(organisation: str) -> RuleBook:
    """
    Return the packs that bind the organisation, with those that it published.

    A publication counts from the next request on; inside one request the book stays the same.
    """
    here = g.setdefault("rulebooks", {})
    if organisation not in here:
        here[organisation] = _kept(organisation)
    return cast("RuleBook", here[organisation])


def every_rulebook() -> RuleBook:
    """Return all packs among which the viewer's organisation may choose."""
    return every_pack(session(), viewer().organisation, whole_rulebook())


def forget_rulebook() -> None:
    """Read the book anew in this request, after a publication."""
    g.pop("rulebooks", None)


def _kept(organisation: str) -> RuleBook:
    whole = whole_rulebook()
    kept = current_app.extensions[_KEY]
    name = book_name(session(), organisation)
    with _READING:
        if name not in kept:
            while len(kept) > _MOST:
                kept.pop(next(each for each in kept if each is not None))
            kept[name] = rulebook_for(session(), organisation, whole)
        return cast("RuleBook", kept[name])
