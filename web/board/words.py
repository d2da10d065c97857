"""What a step on the board is called, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from inspections.board.lines import about
from inspections.lookup import person_name
from web.authentication import viewer
from web.database import session
from web.formatting import day as day_words
from web.missed.listing import rule_title
from web.preferences import words


def step_words(step: Mapping[str, Any]) -> str:
    """Return one sentence that says what was asked for."""
    match step["kind"]:
        case "give":
            names = _(", ").join(_name(one) for one in step["people"])
            when = day_words(date.fromisoformat(step["day"]))
            what = _check(step["occurrence"])
            return str(_("%(what)s: %(who)s, %(when)s", what=what, who=names, when=when))
        case "release":
            return str(_("%(what)s: no longer fixed", what=_check(step["occurrence"])))
        case "away":
            return _away(step)
        case _:
            return str(_("Plan again"))


def _away(step: Mapping[str, Any]) -> str:
    since, until = (date.fromisoformat(step[name]) for name in ("since", "until"))
    told = {"who": _name(step["person"]), "why": step["reason"], "since": day_words(since)}
    if since == until:
        return str(_("%(who)s is away on %(since)s: %(why)s", **told))
    told["until"] = day_words(until)
    return str(_("%(who)s is away from %(since)s to %(until)s: %(why)s", **told))


def _name(key: str) -> str:
    return words(person_name(session(), viewer().organisation, key))


def _check(occurrence: int) -> str:
    found = about(session(), viewer().organisation, occurrence)
    if found is None:
        return str(_("a check"))
    rule, place = found
    return f"{words(rule_title(rule))} · {words(place)}"
