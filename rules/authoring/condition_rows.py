"""A condition as rows that a form can show: one for each comparison that all must hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.authoring import choices
from rules.authoring.field import FieldKind, FormField, Options, found, written
from rules.condition_words import condition_sentence
from rules.conditions import parsed
from rules.facts import FactDefinition
from rules.lint.context import VISIBLE
from rules.refusal import Refusal
from rules.text import Text
from rules.vocabulary import load_vocabulary
from rules.yaml_document import Location

_KINDS: Mapping[str, FieldKind] = {
    "boolean": "boolean",
    "enum": "choice",
    "tags": "choice",
    "integer": "number",
    "number": "number",
    "date": "day",
    "text": "text",
}
_SINGLE = ("eq", "ne", "in", "not_in", "known")
_OPERATORS: Mapping[str, tuple[str, ...]] = {
    "boolean": ("eq", "known"),
    "enum": _SINGLE,
    "text": ("eq", "ne", "known"),
    "tags": ("has", "known"),
    **dict.fromkeys(("integer", "number", "date"), ("eq", "ne", "lt", "lte", "gt", "gte", "known")),
}


@dataclass(frozen=True)
class ConditionRow:
    """
    One row of the condition.

    Attributes:
        at: Where it stands, to be removed.
        text: The condition in words.
        operator: How it compares, with `value` as field; nothing for a tree, which is changed in
            the text.
    """

    at: Location
    fact: str
    text: Text
    operator: FormField | None = None
    value: FormField | None = None


def condition_rows(data: Any, index: int) -> Iterator[ConditionRow]:
    """Yield the rows of the condition of one rule; none where it has no shape yet."""
    at: Location = ("rules", index, "applies")
    raw = found(data, at)
    for fact, asked in raw.items() if isinstance(raw, dict) else ():
        here = (*at, fact)
        definition = load_vocabulary().get(fact)
        if definition is None:
            yield ConditionRow(here, fact, _said({fact: asked}))
        elif isinstance(asked, dict) and len(asked) == 1:
            operator = next(iter(asked))
            yield _row(here, (*here, operator), (definition, operator), asked[operator])
        elif isinstance(asked, dict):
            for operator, operand in asked.items():
                place = (*here, operator)
                yield ConditionRow(place, fact, _said({fact: {operator: operand}}))
        else:
            yield _row(here, here, (definition, "eq"), asked)


def new_condition(fact: str) -> Any:
    """Return what a new row asks of *fact*."""
    definition = load_vocabulary().get(fact)
    if definition is None or definition.type == "boolean":
        return True
    if definition.type == "enum":
        return definition.choices[0].value
    if definition.type == "tags":
        return {"has": definition.choices[0].value}
    if definition.type in {"integer", "number"}:
        return {"gte": 1}
    return {"gte": "2026-01-01"} if definition.type == "date" else "?"


def compared(fact: str, operator: str, value: Any) -> Any:
    """Return what stands under *fact* for a comparison; the value as near as it can be kept."""
    definition = load_vocabulary().get(fact)
    if operator == "known":
        return {"known": True}
    many = value if isinstance(value, list) else [value]
    if isinstance(many[0], bool) and definition is not None and definition.type != "boolean":
        many = [next(iter(written(new_condition(fact))), "1")]
    if operator in {"in", "not_in"}:
        return {operator: many}
    return many[0] if operator == "eq" else {operator: many[0]}


def visible_facts(target: str) -> Options:
    """Return the facts that a rule of *target* may read, by title."""
    seen = VISIBLE.get(target, ("site",))
    shown = [each for each in load_vocabulary().values() if each.target in seen]
    return tuple((each.name, each.title) for each in sorted(shown, key=lambda d: d.name))


def _row(
    at: Location, value_at: Location, asked: tuple[FactDefinition, str], value: Any
) -> ConditionRow:
    definition, operator = asked
    options = tuple(each for each in choices.OPERATORS if each[0] in _OPERATORS[definition.type])
    compares = FormField(
        at, Text(zh="比较", en="Comparison"), "choice", (operator,), options, required=True
    )
    kind, values = _KINDS[definition.type], _values(definition)
    if operator == "known":
        kind, values = "boolean", choices.YES_NO
    elif operator in {"in", "not_in"}:
        kind = "many"
    label = Text(zh=f"{definition.title.zh}的值", en=f"Value of {definition.title.en}")
    field = FormField(value_at, label, kind, written(value), values, required=True)
    return ConditionRow(at, definition.name, definition.title, compares, field)


def _values(definition: FactDefinition) -> Options:
    if definition.type == "boolean":
        return choices.YES_NO
    return tuple((choice.value, choice.title) for choice in definition.choices)


def _said(raw: Any) -> Text:
    try:
        return condition_sentence(parsed(raw))
    except Refusal:
        shown = str(raw)
        return Text(zh=shown, en=shown)
