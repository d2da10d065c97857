"""Mutants: a condition with one thing wrong, as a careless hand would leave it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from rules.condition_words import condition_sentence
from rules.conditions import All, AnyOf, Condition, Not, Operator, Scalar, Test
from rules.facts import FactDefinition
from rules.text import Text
from rules.value_words import fact_title, value_text
from rules.vocabulary import Vocabulary

MutantKind = Literal["operator", "threshold", "value-dropped", "condition-dropped", "all-any"]

# The comparisons that a comparison is mistaken for: its opposite, and its neighbour at the limit.
_FLIPS: dict[str, tuple[Operator, ...]] = {
    "eq": ("ne",),
    "ne": ("eq",),
    "in": ("not_in",),
    "not_in": ("in",),
    "lt": ("lte", "gte"),
    "lte": ("lt", "gt"),
    "gt": ("gte", "lte"),
    "gte": ("gt", "lt"),
}
Build = Callable[[Condition], Condition]


@dataclass(frozen=True)
class Mutant:
    """
    One changed condition.

    Attributes:
        key: Where and how it differs; the same on days on which a parameter has other values.
        text: The change in words.
    """

    kind: MutantKind
    key: str
    text: Text
    condition: Condition


def mutants(condition: Condition, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """
    Yield every mutant of *condition*, whose parameters have been replaced by values.

    Operators are flipped, thresholds moved by the smallest step, values of lists and parts of
    `all` and `any` dropped, `all` and `any` exchanged, `not` left out.
    """
    yield from _of(condition, "", lambda changed: changed, vocabulary)


def smallest_step(definition: FactDefinition, threshold: float) -> float | int:
    """Return 1 for whole numbers, else one unit of the threshold's last decimal, 0.1 at most."""
    if definition.type == "integer":
        return 1
    exponent = Decimal(str(threshold)).normalize().as_tuple().exponent
    decimals = max(1, -exponent if isinstance(exponent, int) else 1)
    return float(Decimal(1).scaleb(-decimals))


def beside(definition: FactDefinition, threshold: Scalar) -> tuple[Scalar, ...]:
    """Return the values one smallest step below and above *threshold*; none for words."""
    if isinstance(threshold, bool):
        return ()
    if isinstance(threshold, (int, float)):
        step = Decimal(str(smallest_step(definition, threshold)))
        moved = (Decimal(str(threshold)) - step, Decimal(str(threshold)) + step)
        return tuple(
            int(each) if each == each.to_integral_value() else float(each) for each in moved
        )
    if definition.type == "date":
        day = date.fromisoformat(threshold)
        return tuple((day + timedelta(days=n)).isoformat() for n in (-1, 1))
    return ()


def _of(condition: Condition, at: str, build: Build, vocabulary: Vocabulary) -> Iterator[Mutant]:
    match condition:
        case Test():
            yield from _of_test(condition, at, build, vocabulary)
        case Not(part):
            text = Text(zh="去掉“不”", en='"not" left out')
            yield Mutant("operator", f"{at}not", text, build(part))
            yield from _of(part, f"{at}not.", lambda new: build(Not(new)), vocabulary)
        case All(parts) | AnyOf(parts):
            yield from _of_parts(condition, parts, at, build)
            for index, part in enumerate(parts):
                yield from _of(
                    part, f"{at}{index}.", _at_index(condition, index, build), vocabulary
                )


def _at_index(condition: All | AnyOf, index: int, build: Build) -> Build:
    def rebuilt(new: Condition) -> Condition:
        parts = (*condition.parts[:index], new, *condition.parts[index + 1 :])
        return build(replace(condition, parts=parts))

    return rebuilt


def _of_parts(
    condition: Condition, parts: tuple[Condition, ...], at: str, build: Build
) -> Iterator[Mutant]:
    if len(parts) < 2:
        return
    is_all = isinstance(condition, All)
    text = (
        Text(zh="“全部满足”改为“满足其一”", en='"all of" read as "one of"')
        if is_all
        else Text(zh="“满足其一”改为“全部满足”", en='"one of" read as "all of"')
    )
    yield Mutant("all-any", f"{at}all-any", text, build(AnyOf(parts) if is_all else All(parts)))
    for index, part in enumerate(parts):
        kept = (*parts[:index], *parts[index + 1 :])
        words = condition_sentence(part)
        text = Text(zh=f"少了条件：{words.zh}", en=f"condition left out: {words.en}")
        rest = kept[0] if len(kept) == 1 else (All(kept) if is_all else AnyOf(kept))
        yield Mutant("condition-dropped", f"{at}{index}.dropped", text, build(rest))


def _of_test(test: Test, at: str, build: Build, vocabulary: Vocabulary) -> Iterator[Mutant]:
    before = condition_sentence(test)
    for kind, change, changed in _changes(test, vocabulary):
        after = condition_sentence(changed)
        text = Text(zh=f"{before.zh} → {after.zh}", en=f"{before.en} → {after.en}")
        yield Mutant(kind, f"{at}{test.fact}.{change}", text, build(changed))
    if isinstance(test.value, tuple) and len(test.value) > 1:
        for index, value in enumerate(test.value):
            rest = replace(test, value=(*test.value[:index], *test.value[index + 1 :]))
            title, words = fact_title(test.fact), value_text(test.fact, value)
            text = Text(
                zh=f"{title.zh}：列表中少了 {words.zh}", en=f"{title.en}: {words.en} left out"
            )
            yield Mutant("value-dropped", f"{at}{test.fact}.{index}.dropped", text, build(rest))


def _changes(test: Test, vocabulary: Vocabulary) -> Iterator[tuple[MutantKind, str, Condition]]:
    if test.operator == "known":
        yield "operator", "known", replace(test, value=not test.value)
    elif test.operator == "has":
        yield "operator", "has", Not(test)
    for operator in _FLIPS.get(test.operator, ()):
        yield "operator", operator, replace(test, operator=operator)
    if test.operator in _FLIPS and test.fact in vocabulary and not isinstance(test.value, tuple):
        for sign, value in zip("-+", beside(vocabulary[test.fact], test.value), strict=False):
            yield "threshold", f"{sign}step", replace(test, value=value)
