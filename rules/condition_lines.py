"""A condition line by line, before anybody asks it of anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.condition_words import condition_text
from rules.conditions import All, AnyOf, Condition, Not, Test
from rules.text import Text


@dataclass(frozen=True)
class Line:
    """
    One test in words.

    Attributes:
        depth: 0 where it must hold; deeper for one of several of which one is enough.
    """

    text: Text
    depth: int


def condition_lines(
    condition: Condition, depth: int = 0, *, negated: bool = False
) -> Iterator[Line]:
    """Yield the tests of *condition* in their order, `not` already turned into each of them."""
    match condition:
        case Test():
            yield Line(condition_text(condition, negated=negated), depth)
        case Not(part):
            yield from condition_lines(part, depth, negated=not negated)
        case All(parts) | AnyOf(parts):
            # Turned round, "all" becomes "one of", and the other way about.
            one_of = isinstance(condition, AnyOf) is not negated and len(parts) > 1
            for part in parts:
                yield from condition_lines(part, depth + 1 if one_of else depth, negated=negated)
