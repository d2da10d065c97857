"""Facts as people read them: their question's title and the value's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.text import Text
from rules.value_words import fact_title, value_text


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
    return Fact(fact_title(name), value_text(name, value))
