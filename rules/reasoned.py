"""A condition read against a target, part by part: what is asked, what is known, what follows."""

from dataclasses import dataclass
from typing import Literal

from rules.condition_words import condition_text
from rules.conditions import All, AnyOf, Condition, Not, Test
from rules.facts import FactValue
from rules.kleene import truth
from rules.known_facts import UNKNOWN, Known, Origin
from rules.text import Text

Part = Literal["all", "any", "not", "test"]


@dataclass(frozen=True)
class Reasoned:
    """
    One part of the condition, read against the target.

    Attributes:
        holds: True, false, or nothing where a fact is missing to decide.
        text: Of a test: what is asked.
        fact: Of a test: the fact, with its `actual` value (nothing where unknown) and `origin`.
        test: Of a test: itself.
        parts: Of `all`, `any` and `not`: what they join.
    """

    part: Part
    holds: bool | None
    text: Text
    fact: str = ""
    actual: FactValue | None = None
    origin: Origin = UNKNOWN
    parts: tuple["Reasoned", ...] = ()
    test: Test | None = None


def reasoned(condition: Condition, known: Known) -> Reasoned:
    """Return *condition* with what is known of the target, down to each test."""
    holds = truth(condition, known.facts)
    name: Part
    match condition:
        case Test(fact):
            return Reasoned(
                "test",
                holds,
                condition_text(condition),
                fact,
                known.facts.get(fact),
                known.origin(fact),
                test=condition,
            )
        case Not(part):
            parts, name, words = (part,), "not", Text(zh="以下不成立", en="the following is not so")
        case All(parts):
            name, words = "all", Text(zh="以下全部成立", en="all of the following")
        case AnyOf(parts):
            name, words = "any", Text(zh="以下至少一项成立", en="at least one of the following")
    inner = tuple(reasoned(part, known) for part in parts)
    return Reasoned(name, holds, words, parts=inner)
