"""
The typed gate: only facts of exactly the declared type reach the engine.

durable-rules takes "5" for 5 and True for 1, so a value of the wrong type is refused here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Mapping

from rules.conditions import Condition, Test, tests
from rules.engine.attributes import has_attribute, known_attribute, plain_attribute
from rules.engine.compiled import Value, constant
from rules.fact_values import value_problem
from rules.facts import FactValue
from rules.vocabulary import Vocabulary

Record = dict[str, Value]
Cell = Hashable
# Values whose cells are kept at hand, at most: readings go on for ever.
_KEPT = 20_000


class FactRefused(ValueError):
    """A fact is unknown to the vocabulary or has a value that it does not admit."""


class Gate:
    """Turns facts into records for the engine, and values into cells that the rules tell apart."""

    def __init__(self, conditions: Iterable[Condition], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tags: dict[str, set[str]] = {}
        self._known: set[str] = set()
        self._constants: dict[str, list[Value]] = {}
        self._cells: dict[tuple[str, type, object], Cell] = {}
        for condition in conditions:
            for test in tests(condition):
                self._note(test)
        self.facts = frozenset({*self._tags, *self._known, *self._constants})

    def record(self, facts: Mapping[str, FactValue]) -> Record:
        """
        Return the attributes of *facts* that some rule reads.

        Raises:
            FactRefused: If a value is not of the declared type.
        """
        record: Record = {known_attribute(name): name in facts for name in self._known}
        for name, value in facts.items():
            if name in self.facts:
                self._admit(name, value)
                record.update(self._attributes(name, value))
        return record

    def cell(self, name: str, value: FactValue) -> Cell:
        """
        Return a key that is equal for values which no rule tells apart.

        Raises:
            FactRefused: If the value is not of the declared type.
        """
        if isinstance(value, list):
            value = tuple(value)
        key = (name, type(value), value)
        try:
            return self._cells[key]
        except KeyError:
            self._admit(name, value)
            if len(self._cells) >= _KEPT:
                self._cells.clear()
            return self._cells.setdefault(key, self._cell(name, value))

    def _note(self, test: Test) -> None:
        if test.operator == "known":
            self._known.add(test.fact)
        elif test.operator == "has":
            self._tags.setdefault(test.fact, set()).add(str(test.value))
        else:
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            definition = self._vocabulary[test.fact]
            constants = {
                *self._constants.get(test.fact, ()),
                *(constant(definition, v) for v in values),
            }
            self._constants[test.fact] = sorted(constants, key=lambda v: (str(type(v)), v))

    def _admit(self, name: str, value: FactValue) -> None:
        definition = self._vocabulary.get(name)
        if definition is None:
            raise FactRefused(f"{name}: there is no such fact.")
        problem = value_problem(definition, value)
        if problem is not None:
            raise FactRefused(f"{name}: {value!r}: {problem.en}")

    def _attributes(self, name: str, value: FactValue) -> Record:
        if isinstance(value, (tuple, list)):
            tags = self._tags.get(name, ())
            return {has_attribute(name, tag): tag in value for tag in tags}
        return {plain_attribute(name): constant(self._vocabulary[name], value)}

    def _cell(self, name: str, value: FactValue) -> Cell:
        if isinstance(value, tuple):
            return tuple(sorted(self._tags.get(name, set()) & set(value)))
        constants = self._constants.get(name, [])
        admitted = constant(self._vocabulary[name], value)
        if isinstance(admitted, str):
            return admitted if admitted in constants else ""
        if isinstance(admitted, bool):
            return admitted
        return bisect_left(constants, admitted), bisect_right(constants, admitted)
