"""The rule book, read once for each application, and the part of it that binds an organisation."""

from typing import cast

from flask import current_app

from inspections.importing import load_from_record
from rules.loader import load_rulebook
from rules.rulebook import RuleBook
from web.authentication import viewer
from web.database import session

_KEY = "xunjian.rulebooks"


def whole_rulebook() -> RuleBook:
    """Return every built-in pack."""
    kept = current_app.extensions.setdefault(_KEY, {})
    if None not in kept:
        kept[None] = load_rulebook()
    return cast("RuleBook", kept[None])


def rulebook() -> RuleBook:
    """Return the law and local packs with the house packs of the viewer's organisation."""
    kept = current_app.extensions.setdefault(_KEY, {})
    organisation = viewer().organisation
    if organisation not in kept:
        loaded = load_from_record(session(), organisation)
        kept[organisation] = whole_rulebook().for_organisation(loaded)
    return cast("RuleBook", kept[organisation])
