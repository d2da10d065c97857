"""What an edit changes, line by line: where, what, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from inspections.edit_records import Difference, differences
from rules.organisation.model import Organisation
from web.manage.names import Names, names_of
from web.manage.round_words import round_words
from web.manage.value_words import label, value_words
from web.preferences import words
from web.rulebook import every_rulebook

_HIDDEN = frozenset({"id"})


@dataclass(frozen=True)
class ChangeLine:
    """One value before and after, in words."""

    subject: str
    label: str
    before: str
    after: str


def change_lines(before: Organisation, after: Organisation) -> list[ChangeLine]:
    """Return the lines of everything in which two states of an organisation differ."""
    names = names_of((before, after))
    return [line for each in differences(before, after) for line in lines_of(each, names)]


def lines_of(each: Difference, names: Names) -> list[ChangeLine]:
    """Return the lines of one thing; what is gone takes one line."""
    subject = subject_words(each.subject, names)
    if not each.after and "id" in each.before:
        return [ChangeLine(subject, label("name"), subject, _("no longer here"))]
    fields = [name for name in {**each.before, **each.after} if name not in _HIDDEN]
    found = []
    for name in fields:
        before, after = _values(name, each, names)
        found.append(ChangeLine(subject, label(name), before, after))
    return found


def subject_words(subject: str, names: Names) -> str:
    """Return the name of what was changed."""
    kind, _slash, rest = subject.partition("/")
    keys = rest.split("/")
    if kind == "decision":
        return f"{words(names.site(keys[0]))} · {_('open reading')}"
    if kind in {"place", "asset", "post"} and len(keys) == 2:
        return f"{words(names.site(keys[0]))} · {words(names.target(keys[0], kind, keys[1]))}"
    if kind == "organisation":
        return str(_("The whole organisation"))
    if kind in {"site", "person"}:
        return words(names.target(keys[0], kind, keys[0]))
    return subject


def _values(name: str, each: Difference, names: Names) -> tuple[str, str]:
    if name in {"order", "travel", "prefers"}:
        return round_words(name, each, names)
    return _value(name, each.before, names), _value(name, each.after, names)


def _value(name: str, values: Mapping[str, Any], names: Names) -> str:
    if name not in values:
        return str(_("unknown") if "." in name and not name.startswith("calendar") else _("none"))
    if name == "packs":
        return _packs(values[name])
    if name == "sites":
        return str(_(", ")).join(words(names.site(site)) for site in values[name])
    return value_words(name, values[name])


def _packs(named: Sequence[str]) -> str:
    titles = {pack.id: words(pack.title) for pack in every_rulebook().packs}
    told = [titles.get(name.removeprefix("-"), name) for name in named]
    left_out = [name.startswith("-") for name in named]
    parts = [
        _("without %(pack)s", pack=title) if without else title
        for title, without in zip(told, left_out, strict=True)
    ]
    return str(_("; ")).join(parts) or str(_("none"))
