"""Facts as people read them: their question's title and the value's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.facts import FactDefinition
from rules.text import Text
from rules.units import unit_text
from rules.vocabulary import load_vocabulary
from web.formatting import figure

_YES = Text(zh="是", en="yes")
_NO = Text(zh="否", en="no")


@dataclass(frozen=True)
class Fact:
    """A fact in words."""

    label: Text
    value: Text


def facts_in_words(facts: Mapping[str, Any]) -> list[Fact]:
    """Return *facts*, given by full name, in words; unknown names keep their own."""
    return [fact_in_words(name, value) for name, value in facts.items()]


def fact_in_words(name: str, value: Any) -> Fact:
    """Return one fact in words."""
    definition = _vocabulary().get(name)
    if definition is None:
        return Fact(Text(zh=name, en=name), Text(zh=str(value), en=str(value)))
    return Fact(definition.title, _value(definition, value))


def _value(definition: FactDefinition, value: Any) -> Text:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, (list, tuple)):
        parts = [_choice(definition, str(one)) for one in value]
        return Text(
            zh="、".join(one.zh for one in parts) or "无",
            en=", ".join(one.en for one in parts) or "none",
        )
    if isinstance(value, (int, float)):
        unit = unit_text(definition.unit) if definition.unit else None
        return Text(
            zh=f"{figure(value)} {unit.zh}" if unit else figure(value),
            en=f"{figure(value)} {unit.en}" if unit else figure(value),
        )
    return _choice(definition, str(value))


def _choice(definition: FactDefinition, value: str) -> Text:
    titles = {choice.value: choice.title for choice in definition.choices}
    return titles.get(value) or Text(zh=value or "–", en=value or "–")


@cache
def _vocabulary() -> Mapping[str, FactDefinition]:
    return load_vocabulary()
