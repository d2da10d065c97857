"""What a rule demands on one day, with everything that it refers to looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.checklist import Checklist
from rules.pack import Limit, Rule, RuleVersion, Strength
from rules.rulebook import RuleBook

Value = int | float | str | bool


@dataclass(frozen=True)
class Demand:
    """
    A version in force.

    Attributes:
        checklist: Nothing where it names none, or one that no pack holds.
        values: Value of each limit by name, parameters replaced; without those that have none.
    """

    rule: Rule
    version: RuleVersion
    strength: Strength
    checklist: Checklist | None
    values: Mapping[str, Value]


def demand_on(rulebook: RuleBook, rule: Rule, on: date) -> Demand | None:
    """Return what *rule* demands on the day *on*; nothing where it is not in force."""
    version = rulebook.version(rule, on)
    if version is None or not rulebook.in_force(rule, on):
        return None
    values = {
        limit.name: value
        for limit in version.limits
        if (value := _value(rulebook, limit, on)) is not None
    }
    return Demand(rule, version, _strength(rulebook, rule), _checklist(rulebook, version), values)


def _value(rulebook: RuleBook, limit: Limit, on: date) -> Value | None:
    if not isinstance(limit.value, str) or not limit.value.startswith("$"):
        return limit.value
    try:
        return rulebook.parameter(limit.value[1:], on)
    except LookupError:
        return None


def _checklist(rulebook: RuleBook, version: RuleVersion) -> Checklist | None:
    try:
        return rulebook.checklist(version.checklist) if version.checklist else None
    except LookupError:
        return None


def _strength(rulebook: RuleBook, rule: Rule) -> Strength:
    try:
        return rulebook.strength(rule)
    except LookupError:
        return "mandatory"
