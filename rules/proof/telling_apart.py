"""Situations that tell a condition from its mutant: the example that is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from rules.conditions import Condition, Scalar, Test, tests
from rules.fact_values import value_problem
from rules.facts import FactDefinition, FactValue
from rules.kleene import truth
from rules.proof.mutants import beside
from rules.vocabulary import Vocabulary

# Beyond this many situations a rule is too wide to be searched whole.
MOST_SITUATIONS = 200_000

Facts = Mapping[str, FactValue]


class _Unknown:
    """Stands for a fact that nobody stated."""


UNKNOWN = _Unknown()
Choice = FactValue | _Unknown


@dataclass(frozen=True)
class Apart:
    """
    A situation in which a condition and its mutant answer differently.

    Attributes:
        facts: The situation.
        answer: What the condition itself says; nothing for "may".
        changed: Facts in which it differs from the example it was made from; all where from none.
    """

    facts: Facts
    answer: bool | None
    changed: tuple[str, ...]


def told_apart(
    condition: Condition, mutant: Condition, examples: Sequence[Facts], vocabulary: Vocabulary
) -> Apart | None:
    """
    Return a situation that tells the two apart; nothing where no admitted situation does.

    One that differs from an example in a single fact comes first, and decided answers before
    "may". A condition too wide to be searched whole is searched around its examples only.
    """
    choices = _choices((condition, mutant), vocabulary)
    found: Apart | None = None
    for facts, changed in _situations(choices, examples):
        answer, other = truth(condition, facts), truth(mutant, facts)
        if answer is other:
            continue
        apart = Apart(facts, answer, changed)
        if answer is not None and other is not None:
            return apart
        found = found or apart
    return found


def made_to(
    condition: Condition,
    test: Test,
    examples: Sequence[Facts],
    vocabulary: Vocabulary,
    *,
    hold: bool,
) -> Apart | None:
    """Return an example changed in one fact so that *test* holds, or does not; none if it can't."""
    for value in _choices((test,), vocabulary).get(test.fact, ()):
        for example in examples:
            facts = _with(example, (test.fact,), (value,))
            if truth(test, facts) is hold:
                return Apart(facts, truth(condition, facts), (test.fact,))
    return None


def is_searched_whole(condition: Condition, mutant: Condition, vocabulary: Vocabulary) -> bool:
    """Return whether every situation that the two can tell apart was looked at."""
    choices = _choices((condition, mutant), vocabulary)
    return prod(len(each) for each in choices.values()) <= MOST_SITUATIONS


def _situations(
    choices: Mapping[str, Sequence[Choice]], examples: Sequence[Facts]
) -> Iterator[tuple[Facts, tuple[str, ...]]]:
    for count in (1, 2):
        for example in examples:
            for names in combinations(choices, count):
                for values in product(*(choices[name] for name in names)):
                    yield _with(example, names, values), names
    if prod(len(each) for each in choices.values()) <= MOST_SITUATIONS:
        names = tuple(choices)
        for values in product(*choices.values()):
            yield _with({}, names, values), names


def _with(facts: Facts, names: Sequence[str], values: Sequence[Choice]) -> Facts:
    changed = dict(zip(names, values, strict=True))
    return {k: v for k, v in {**facts, **changed}.items() if not isinstance(v, _Unknown)}


def _choices(
    conditions: Sequence[Condition], vocabulary: Vocabulary
) -> dict[str, tuple[Choice, ...]]:
    """Return, for each fact, one value of every span that the conditions tell apart."""
    asked: dict[str, list[Test]] = {}
    for condition in conditions:
        for test in tests(condition):
            if test.fact in vocabulary:
                asked.setdefault(test.fact, []).append(test)
    return {name: _values(vocabulary[name], found) for name, found in asked.items()}


def _values(definition: FactDefinition, asked: Sequence[Test]) -> tuple[Choice, ...]:
    named = dict.fromkeys(_named(asked))
    match definition.type:
        case "boolean":
            return (True, False, UNKNOWN)
        case "tags":
            return (*_tag_sets(definition, tuple(map(str, named))), UNKNOWN)
        case "enum":
            others = (each.value for each in definition.choices if each.value not in named)
            return (*named, *([first] if (first := next(others, None)) else []), UNKNOWN)
        case "text":
            return (*named, "其他", UNKNOWN)
    values = dict.fromkeys(
        each for value in named for each in (value, *beside(definition, value))
    ) or dict.fromkeys([1 if definition.type != "date" else "2026-01-01"])
    admitted = (value for value in values if value_problem(definition, value) is None)
    return (*admitted, UNKNOWN)


def _named(asked: Sequence[Test]) -> Iterator[Scalar]:
    for test in asked:
        if test.operator != "known":
            yield from test.value if isinstance(test.value, tuple) else (test.value,)


def _tag_sets(definition: FactDefinition, named: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for count in range(min(len(named), 3) + 1):
        yield from combinations(named, count)
    if len(named) > 3:
        yield named
    yield from ((each.value,) for each in definition.choices[:1] if each.value not in named)
