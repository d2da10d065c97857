"""Random facts for the rules of a kind of record: near every figure and word that they compare."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from rules.compiled_rules import CompiledRule
from rules.conditions import tests
from rules.fact_values import value_problem
from rules.facts import FactDefinition, FactValue
from rules.vocabulary import load_vocabulary

# How often a fact is known: unknown ones exercise what stays open, known ones what binds.
_KNOWN = 0.8


class RandomFacts:
    """Draws facts that the *rules* read, each at, just below or just above what they compare."""

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        compared: dict[str, set[object]] = {}
        for rule in rules:
            for test in tests(rule.condition):
                values = test.value if isinstance(test.value, tuple) else (test.value,)
                kept = () if test.operator == "known" else values
                compared.setdefault(test.fact, set()).update(kept)
        self._values = {
            name: _values(load_vocabulary()[name], constants)
            for name, constants in sorted(compared.items())
        }

    def draw(self, random: Random) -> dict[str, FactValue]:
        known = _KNOWN if random.random() < 0.9 else 0.3
        return {name: self._value(name, random) for name in self._values if random.random() < known}

    def _value(self, name: str, random: Random) -> FactValue:
        value = random.choice(self._values[name])
        if load_vocabulary()[name].type == "tags":
            tags = self._values[name]
            return tuple(random.sample(tags, random.randint(0, min(4, len(tags)))))
        return value


def _values(definition: FactDefinition, constants: Iterable[object]) -> list:
    match definition.type:
        case "boolean":
            return [True, False]
        case "enum" | "tags" if definition.choices:
            return [choice.value for choice in definition.choices]
        case "integer" | "number":
            step = 1 if definition.type == "integer" else 0.000001
            near = [round(c + d, 6) for c in constants for d in (-step, 0, step)]
            drawn = [*near, 0, 1, 7, 1000]
        case "date":
            days = [date.fromisoformat(str(c)) for c in constants] or [date(2026, 5, 11)]
            drawn = [(day + timedelta(d)).isoformat() for day in days for d in (-1, 0, 1)]
        case _:
            drawn = [*constants, "", "5", "true", 'quo"te\\', "🛗幼儿园"]
    unique = sorted(set(drawn), key=str)
    return [value for value in unique if value_problem(definition, value) is None]
