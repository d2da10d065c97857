"""
Conditions over facts of which some are unknown, in the strong logic of Kleene.

True and False are decided whatever the unknown facts turn out to be; None is undecided.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from rules.conditions import All, AnyOf, Condition, Not, Test
from rules.facts import FactValue

Facts = Mapping[str, FactValue]


def truth(condition: Condition, facts: Facts) -> bool | None:
    """Return whether *condition* holds; nothing where a fact is missing to decide."""
    match condition:
        case Test():
            return _test(condition, facts)
        case Not(part):
            inner = truth(part, facts)
            return None if inner is None else not inner
        case All(parts):
            return _all(truth(part, facts) for part in parts)
        case AnyOf(parts):
            negated = _all(_negated(truth(part, facts)) for part in parts)
            return _negated(negated)


def waits_for(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """
    Return the unknown facts that can still change the outcome, sorted.

    A fact tested only beside something already decided (one part of `any` true, one part of
    `all` false) no longer matters and is left out.
    """
    return tuple(sorted(set(_open_facts(condition, facts))))


def support(condition: Condition, facts: Facts) -> dict[str, FactValue]:
    """Return the known facts that carry the outcome of *condition*, so far as it is decided."""
    names = dict.fromkeys(_carrying(condition, facts))
    return {name: facts[name] for name in names if name in facts}


def _all(values: Iterator[bool | None]) -> bool | None:
    undecided = False
    for value in values:
        if value is False:
            return False
        undecided = undecided or value is None
    return None if undecided else True


def _negated(value: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is the operand
    return None if value is None else not value


def _test(test: Test, facts: Facts) -> bool | None:
    if test.operator == "known":
        return (test.fact in facts) is bool(test.value)
    if test.fact not in facts:
        return None
    return _compare(test, facts[test.fact])


def _compare(test: Test, actual: FactValue) -> bool:  # noqa: PLR0911 - one line for each operator
    wanted = test.value
    match test.operator:
        case "eq":
            return _same(actual, wanted)
        case "ne":
            return not _same(actual, wanted)
        case "in":
            return any(_same(actual, one) for one in _many(wanted))
        case "not_in":
            return not any(_same(actual, one) for one in _many(wanted))
        case "has":
            return isinstance(actual, (tuple, list)) and wanted in actual
    left, right = _ordered(actual), _ordered(wanted)
    match test.operator:
        case "lt":
            return left < right
        case "lte":
            return left <= right
        case "gt":
            return left > right
    return left >= right


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _same(left: object, right: object) -> bool:
    """Equality without the coercions of Python: True is not 1."""
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _ordered(value: object) -> float:
    if isinstance(value, str):
        return date.fromisoformat(value).toordinal()
    if isinstance(value, (int, float)):
        return value
    raise TypeError(f"Expected a number or a date to compare, got {value!r}.")


def _open_facts(condition: Condition, facts: Facts) -> Iterator[str]:
    if truth(condition, facts) is not None:
        return
    match condition:
        case Test(fact):
            yield fact
        case Not(part):
            yield from _open_facts(part, facts)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _open_facts(part, facts)


def _carrying(condition: Condition, facts: Facts) -> Iterator[str]:
    outcome = truth(condition, facts)
    match condition:
        case Test(fact):
            yield fact
        case Not(part):
            yield from _carrying(part, facts)
        case All(parts):
            # A false `all` rests on its false parts; otherwise every part has its share.
            for part in parts:
                if outcome is not False or truth(part, facts) is False:
                    yield from _carrying(part, facts)
        case AnyOf(parts):
            # A true `any` rests on its true parts, an undecided one on its undecided parts.
            for part in parts:
                if truth(part, facts) is outcome:
                    yield from _carrying(part, facts)
