"""The controls of facts, by their type, and what a form says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from rules.fact_values import value_problem
from rules.facts import FactDefinition
from rules.units import unit_text
from rules.vocabulary import load_vocabulary
from web.formatting import figure
from web.preferences import words

_ELSEWHERE = frozenset({"person.roles", "person.qualifications"})
_NUMBERS = frozenset({"integer", "number"})


@dataclass(frozen=True)
class FactField:
    """
    One control.

    Attributes:
        options: Value and words of each choice.
        value: As the form holds it: `yes`, `no` or nothing for a boolean.
    """

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...]
    value: Any
    hint: str
    fault: str


@dataclass(frozen=True)
class FactsRead:
    """
    What a form says of facts.

    Attributes:
        changed: Values that differ from what is stored; None makes a fact unknown.
    """

    changed: dict[str, Any]
    faults: dict[str, str]


def definitions(target: str) -> list[FactDefinition]:
    """Return the facts that a kind of target has."""
    return [
        each
        for each in load_vocabulary().values()
        if each.target == target and each.name not in _ELSEWHERE
    ]


def fact_field(
    definition: FactDefinition,
    stored: Mapping[str, Any],
    form: MultiDict[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> FactField:
    """Return the control of one fact, as typed where *form* is given, else as stored."""
    name, kind = definition.name, definition.type
    if form is None:
        value = _as_typed(definition, stored.get(name))
    else:
        value = form.getlist(name) if kind == "tags" else form.get(name, "")
    options = tuple((choice.value, words(choice.title)) for choice in definition.choices)
    if kind == "enum":
        options = (("", _("Unknown")), *options)
    return FactField(
        name,
        _label(definition),
        kind,
        options,
        value,
        words(definition.question),
        (faults or {}).get(name, ""),
    )


def read_facts(
    wanted: Iterable[FactDefinition], form: MultiDict[str, str], stored: Mapping[str, Any]
) -> FactsRead:
    """Return what *form* says of the *wanted* facts, every fault at once."""
    changed: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for definition in wanted:
        value = _value(definition, form)
        if value is not None and (problem := value_problem(definition, value)):
            title = words(definition.title)
            faults[definition.name] = _(
                "%(label)s: %(problem)s", label=title, problem=words(problem)
            )
        elif value != stored.get(definition.name):
            changed[definition.name] = value
    return FactsRead(changed, faults)


def _label(definition: FactDefinition) -> str:
    title = words(definition.title)
    if not definition.unit:
        return title
    return str(_("%(title)s (%(unit)s)", title=title, unit=words(unit_text(definition.unit))))


def _as_typed(definition: FactDefinition, value: Any) -> Any:
    if definition.type == "tags":
        return list(value or ())
    if value is None:
        return ""
    if definition.type == "boolean":
        return "yes" if value else "no"
    return figure(value) if definition.type in _NUMBERS else str(value)


def _value(definition: FactDefinition, form: MultiDict[str, str]) -> Any:
    if definition.type == "tags":
        return form.getlist(definition.name) or None
    raw = form.get(definition.name, "").strip()
    if not raw:
        return None
    if definition.type == "boolean":
        return {"yes": True, "no": False}.get(raw, raw)
    return _number(raw) if definition.type in _NUMBERS else raw


def _number(raw: str) -> int | float | str:
    plain = raw.replace("\u2212", "-").replace(",", "").replace("\uff0c", "")
    try:
        return int(plain) if plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        return raw
