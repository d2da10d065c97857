"""Entries of the log in words: what was done, to what, and each value before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from inspections.queries.audit_log import LogLine
from rules.text import Text
from web.audit.wording import ACTIONS, AREAS, HOW, KINDS, NAMES, WHY
from web.authentication import ROLE_WORDS
from web.formatting import moment
from web.preferences import words


@dataclass(frozen=True)
class Value:
    """One value before and after; empty where it was not there."""

    name: str
    before: str
    after: str


def action_words(action: str) -> str:
    """Return what was done; what has no words is told by its code."""
    return str(ACTIONS.get(action, action))


def area_words(area: str) -> str:
    """Return an area of the log in words."""
    return str(AREAS.get(area, area))


def values_of(line: LogLine, people: Mapping[str, Text]) -> list[Value]:
    """Return every value that the entry tells of, those that differ first."""
    names = [name for name in {**line.before, **line.after} if _is_told(line, name)]
    told = [
        Value(
            str(NAMES.get(name, name)),
            _said(name, line.before[name], people) if name in line.before else "",
            _said(name, line.after[name], people) if name in line.after else "",
        )
        for name in names
    ]
    return sorted(told, key=lambda one: one.before == one.after)


def _is_told(line: LogLine, name: str) -> bool:
    """Tell whether a value is worth a line: what was empty and stays so is not."""
    return any(part.get(name) not in (None, [], {}, "") for part in (line.before, line.after))


def _said(name: str, value: Any, people: Mapping[str, Text]) -> str:
    known = {"role": ROLE_WORDS, "why": WHY, "how": HOW, "kind": KINDS}.get(name, {})
    if isinstance(value, str) and value in known:
        return str(known[value])
    if name in {"person", "owner", "people"}:
        value = _by_name(value, people)
    return "; ".join(_parts(value)) if isinstance(value, list) else _one(value)


def _by_name(value: Any, people: Mapping[str, Text]) -> Any:
    """Return names in place of the keys of people; who is not known stays a key."""
    if isinstance(value, list):
        return [_by_name(each, people) for each in value]
    return words(people[value]) if isinstance(value, str) and value in people else value


def _parts(values: list[Any]) -> Iterator[str]:
    return (_one(each) for each in values)


def _one(value: Any) -> str:
    match value:
        case None:
            return str(_("none"))
        case bool():
            return str(_("Yes") if value else _("No"))
        case {"zh": str(zh), "en": str(en)} if len(value) == 2:
            return words(Text(zh=zh, en=en))
        case Mapping():
            return "; ".join(f"{name}: {_one(each)}" for name, each in value.items())
        case str() if (at := _instant(value)) is not None:
            return moment(at)
    return str(value)


def _instant(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
