"""
Conditions compiled to what the engine is safe with: flat conjunctions over one typed record.

`not` is pushed down to the single comparisons, `in` becomes alternatives, tags and `known` become
true-or-false attributes, and each conjunction belongs to one kind of target or of event.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product

from rules.conditions import All, AnyOf, Condition, Not, Scalar, Test, tests
from rules.engine.attributes import fact_of, has_attribute, known_attribute, plain_attribute
from rules.fact_values import DECIMALS
from rules.facts import FactDefinition
from rules.vocabulary import Vocabulary

# The engine fails when one record meets more than 64 conditions of a ruleset at once.
SHARD_SIZE = 60
# It refuses a record of more than about 250 attributes; what a shard does not read is left out.
MAX_ATTRIBUTES = 200
# Beyond this a condition is a list of cases in disguise; lint refuses it.
MAX_BRANCHES = 1000

Value = bool | int | str
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "gte", "gte": "lt", "gt": "lte", "lte": "gt"}


@dataclass(frozen=True, order=True)
class Atom:
    """One attribute compared with a constant by eq, ne, lt, lte, gt or gte; false if absent."""

    attribute: str
    operator: str
    value: Value


@dataclass(frozen=True)
class Conjunction:
    """
    Atoms that must all hold for the rule to bind; a rule may have several conjunctions.

    Attributes:
        target: Kind of record it reads: a kind of target, or for reactions a kind of event.
    """

    rule: str
    target: str
    atoms: tuple[Atom, ...]


@dataclass(frozen=True)
class Shard:
    """
    At most 60 conjunctions of one kind of record, which share most of what they read.

    Together they read at most 200 attributes.
    """

    target: str
    conjunctions: tuple[Conjunction, ...]

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute that a conjunction reads, sorted."""
        found = {atom.attribute for each in self.conjunctions for atom in each.atoms}
        return tuple(sorted(found))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact behind those attributes, sorted."""
        return tuple(sorted({fact_of(attribute) for attribute in self.attributes}))


def conjunctions(
    rule: str, target: str, condition: Condition, vocabulary: Vocabulary
) -> tuple[Conjunction, ...]:
    """
    Compile one condition.

    Raises:
        ValueError: If it needs more than 1,000 alternatives or reads more than 200 attributes.
    """
    if attributes(condition) > MAX_ATTRIBUTES:
        raise ValueError(f"The condition of {rule} reads more than {MAX_ATTRIBUTES} attributes.")
    if branches(condition) > MAX_BRANCHES:
        raise ValueError(f"The condition of {rule} has more than {MAX_BRANCHES} alternatives.")
    found = {
        tuple(sorted(set(atoms)))
        for atoms in _alternatives(condition, vocabulary, negated=False)
        if not _contradicts_itself(atoms)
    }
    return tuple(Conjunction(rule, target, atoms) for atoms in sorted(found, key=_sorting))


def attributes(condition: Condition) -> int:
    """Return how many attributes of a record *condition* reads."""
    return len({_attribute(test) for test in tests(condition)})


def branches(condition: Condition, *, negated: bool = False) -> int:
    """Return how many alternatives *condition* has when written as a flat list, at most."""
    match condition:
        case Not(part):
            return branches(part, negated=not negated)
        case All(parts) | AnyOf(parts):
            counts = [branches(part, negated=negated) for part in parts]
            if isinstance(condition, All) is negated:
                return sum(counts)
            total = 1
            for count in counts:
                total *= count
            return total
    several = isinstance(condition.value, tuple) and (condition.operator == "in") is not negated
    return len(condition.value) if several and isinstance(condition.value, tuple) else 1


def sharded(compiled: Iterable[Conjunction]) -> tuple[Shard, ...]:
    """Split conjunctions into shards by kind of target; those that read the same stay together."""
    by_target: dict[str, list[Conjunction]] = {}
    for each in sorted(compiled, key=_reads):
        by_target.setdefault(each.target, []).append(each)
    return tuple(
        Shard(target, tuple(group)) for target, all_ in by_target.items() for group in _groups(all_)
    )


def _groups(found: Iterable[Conjunction]) -> Iterator[list[Conjunction]]:
    group: list[Conjunction] = []
    reads: set[str] = set()
    for each in found:
        own = {atom.attribute for atom in each.atoms}
        if len(group) == SHARD_SIZE or (group and len(reads | own) > MAX_ATTRIBUTES):
            yield group
            group, reads = [], set()
        group.append(each)
        reads |= own
    if group:
        yield group


def constant(definition: FactDefinition, value: object) -> Value:
    """Return *value* as the engine takes it: numbers as whole millionths, dates as day numbers."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return int(Decimal(str(value)).scaleb(DECIMALS))
    if definition.type == "date":
        return date.fromisoformat(str(value)).toordinal()
    return str(value)


def _alternatives(
    condition: Condition, vocabulary: Vocabulary, *, negated: bool
) -> Iterator[tuple[Atom, ...]]:
    match condition:
        case Not(part):
            yield from _alternatives(part, vocabulary, negated=not negated)
        case Test():
            yield from _leaf(condition, vocabulary, negated=negated)
        case All(parts) | AnyOf(parts):
            options = [tuple(_alternatives(part, vocabulary, negated=negated)) for part in parts]
            if isinstance(condition, All) is negated:
                yield from (atoms for option in options for atoms in option)
            else:
                yield from (sum(choice, ()) for choice in product(*options))


def _leaf(test: Test, vocabulary: Vocabulary, *, negated: bool) -> Iterator[tuple[Atom, ...]]:
    definition = vocabulary[test.fact]
    if test.operator == "known":
        yield (Atom(_attribute(test), "eq", bool(test.value) is not negated),)
    elif test.operator == "has":
        yield (Atom(_attribute(test), "eq", not negated),)
    elif test.operator in {"in", "not_in"}:
        wanted = (test.operator == "in") is not negated
        yield from _membership(test, definition, wanted=wanted)
    else:
        operator = _OPPOSITE[test.operator] if negated else test.operator
        yield (_atom(test.fact, operator, test.value, definition),)


def _attribute(test: Test) -> str:
    if test.operator == "known":
        return known_attribute(test.fact)
    if test.operator == "has":
        return has_attribute(test.fact, str(test.value))
    return plain_attribute(test.fact)


def _membership(
    test: Test, definition: FactDefinition, *, wanted: bool
) -> Iterator[tuple[Atom, ...]]:
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    operator = "eq" if wanted else "ne"
    atoms = tuple(_atom(test.fact, operator, value, definition) for value in values)
    if wanted:
        yield from ((atom,) for atom in atoms)
    else:
        yield atoms


def _atom(
    fact: str, operator: str, value: Scalar | tuple[Scalar, ...], definition: FactDefinition
) -> Atom:
    return Atom(plain_attribute(fact), operator, constant(definition, value))


def _contradicts_itself(atoms: Iterable[Atom]) -> bool:
    wanted: dict[str, Value] = {}
    return any(
        wanted.setdefault(atom.attribute, atom.value) != atom.value
        for atom in atoms
        if atom.operator == "eq"
    )


def _sorting(atoms: tuple[Atom, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((atom.attribute, atom.operator, str(atom.value)) for atom in atoms)


def _reads(each: Conjunction) -> tuple[object, ...]:
    names = tuple(sorted({atom.attribute for atom in each.atoms}))
    return (each.target, names, each.rule, _sorting(each.atoms))
