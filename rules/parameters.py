"""Conditions with their `$parameters` replaced by the values of a day."""

from datetime import date

from rules.conditions import All, AnyOf, Condition, Not, Scalar, Test
from rules.pack import Rule
from rules.rulebook import RuleBook


def condition_on(rulebook: RuleBook, rule: Rule, on: date) -> Condition | None:
    """
    Return the condition of *rule* as it stands on the day *on*; nothing where it is not in force.

    A rule whose condition needs a figure that has no value yet on that day is not in force either.
    """
    if not rulebook.in_force(rule, on):
        return None
    try:
        return with_values(rule.applies, rulebook, on)
    except LookupError:
        return None


def with_values(condition: Condition, rulebook: RuleBook, on: date) -> Condition:
    """
    Return *condition* with every `$parameter` replaced by its value on the day *on*.

    Raises:
        LookupError: If a parameter has no value on that day.
    """
    match condition:
        case All(parts):
            return All(tuple(with_values(part, rulebook, on) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(with_values(part, rulebook, on) for part in parts))
        case Not(part):
            return Not(with_values(part, rulebook, on))
    return _test(condition, rulebook, on)


def _test(test: Test, rulebook: RuleBook, on: date) -> Test:
    if isinstance(test.value, tuple):
        values = tuple(_value(each, rulebook, on) for each in test.value)
        return Test(test.fact, test.operator, values)
    return Test(test.fact, test.operator, _value(test.value, rulebook, on))


def _value(value: Scalar, rulebook: RuleBook, on: date) -> Scalar:
    if isinstance(value, str) and value.startswith("$"):
        return rulebook.parameter(value[1:], on)
    return value
