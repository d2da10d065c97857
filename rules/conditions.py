"""Conditions: a boolean tree over facts, as written in a pack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

from rules.refusal import Refusal

Operator = Literal["eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte", "has", "known"]
OPERATORS: tuple[str, ...] = get_args(Operator)

Scalar = bool | int | float | str


@dataclass(frozen=True)
class Test:
    """
    One fact compared with a value.

    Attributes:
        fact: Full fact name, for example `site.height_m`.
        operator: `has` asks whether a tags fact holds a tag; `known` whether a fact was answered.
        value: A scalar, a tuple for `in` and `not_in`, or `$parameter`.
    """

    fact: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class All:
    """True when every part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """True when at least one part is true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """True when the part is false; unknown when the part is unknown."""

    part: "Condition"


Condition = Test | All | AnyOf | Not


def parsed(raw: object) -> Condition:
    """
    Read a condition from the plain data of a YAML pack.

    Raises:
        Refusal: If the tree is empty, an operator is unknown or a value has no admitted form.
    """
    if isinstance(raw, (Test, All, AnyOf, Not)):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise Refusal(
            zh="条件须写成“事实: 值”，或 all、any、not。",
            en="Expected a mapping of facts, or all, any, not.",
        )
    parts = tuple(_part(str(key), value) for key, value in raw.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(key: str, value: Any) -> Condition:
    if key in {"all", "any"}:
        if not isinstance(value, list) or not value:
            raise Refusal(
                zh=f"{key} 之下须是条件的列表。", en=f"Expected a list of conditions under {key}."
            )
        inner = tuple(parsed(item) for item in value)
        return All(inner) if key == "all" else AnyOf(inner)
    if key == "not":
        return Not(parsed(value))
    return _test(key, value)


def _test(fact: str, value: Any) -> Condition:
    if not isinstance(value, Mapping):
        return Test(fact, "eq", _scalar(value))
    tests = []
    for operator, operand in value.items():
        if operator not in OPERATORS:
            known = ", ".join(OPERATORS)
            raise Refusal(
                zh=f"{fact} 不能用 {operator} 比较；可用：{known}。",
                en=f"Unknown operator {operator!r} on {fact}; use one of {known}.",
            )
        tests.append(Test(fact, operator, _operand(operator, operand)))
    if not tests:
        raise Refusal(zh=f"{fact} 缺少比较方式。", en=f"Expected an operator on {fact}.")
    return tests[0] if len(tests) == 1 else All(tuple(tests))


def _operand(operator: str, operand: Any) -> Scalar | tuple[Scalar, ...]:
    if operator in {"in", "not_in"}:
        if not isinstance(operand, list) or not operand:
            raise Refusal(zh=f"{operator} 之后须是列表。", en=f"Expected a list after {operator}.")
        return tuple(_scalar(item) for item in operand)
    return _scalar(operand)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, (bool, int, float, str)):
        return value
    raise Refusal(
        zh="须是 true、false、数字或文字。",
        en=f"Expected true, false, a number or a text, got {type(value).__name__}.",
    )


def tests(condition: Condition) -> Iterator[Test]:
    """Yield every test of *condition*, left to right."""
    match condition:
        case Test():
            yield condition
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)


ConditionField = Annotated[Any, BeforeValidator(parsed)]
