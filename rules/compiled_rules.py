"""A rule book compiled for a day: shards for the engine, conditions for what it leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.conclusions import Concluding
from rules.conditions import Condition, tests
from rules.engine.compiled import Shard, conjunctions, sharded
from rules.engine.gate import Gate
from rules.facts import Target
from rules.pack import Rule
from rules.parameters import condition_on
from rules.records import KINDS
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary


@dataclass(frozen=True)
class CompiledRule:
    """
    A rule in force, with its condition on the day.

    Attributes:
        facts: Names that the condition reads, sorted.
    """

    rule: Rule
    condition: Condition
    facts: tuple[str, ...]


@dataclass(frozen=True)
class CompiledKind:
    """
    The rules in force for one kind of target.

    Attributes:
        facts: Every fact that they read, of the target and of what it stands in, sorted.
        concluding: Those that conclude facts, in pack order.
    """

    rules: tuple[CompiledRule, ...]
    shards: tuple[Shard, ...]
    facts: tuple[str, ...]
    concluding: tuple[Concluding, ...]


@dataclass(frozen=True)
class CompiledRules:
    """Everything that derivation needs of a rule book on one day."""

    kinds: Mapping[Target, CompiledKind]
    gate: Gate


_CACHE: dict[tuple[str, date], CompiledRules] = {}
_CACHE_SIZE = 32


def compiled_rules(rulebook: RuleBook, on: date) -> CompiledRules:
    """Return *rulebook* compiled for the day *on*; equal packs and days share one result."""
    key = (rulebook.digest, on)
    found = _CACHE.get(key)
    if found is None:
        found = _compiled(rulebook, on)
        while len(_CACHE) >= _CACHE_SIZE:
            _CACHE.pop(next(iter(_CACHE)), None)
        _CACHE[key] = found
    return found


def _compiled(rulebook: RuleBook, on: date) -> CompiledRules:
    in_force = []
    for rule in rulebook.rules.values():
        condition = condition_on(rulebook, rule, on)
        if condition is not None:
            names = tuple(sorted({test.fact for test in tests(condition)}))
            in_force.append(CompiledRule(rule, condition, names))
    gate = Gate((each.condition for each in in_force), load_vocabulary())
    kinds = {
        kind: _kind(tuple(each for each in in_force if each.rule.target == kind)) for kind in KINDS
    }
    return CompiledRules(kinds, gate)


def _kind(rules: tuple[CompiledRule, ...]) -> CompiledKind:
    vocabulary = load_vocabulary()
    flat = [
        conjunction
        for each in rules
        for conjunction in conjunctions(each.rule.id, each.rule.target, each.condition, vocabulary)
    ]
    facts = tuple(sorted({name for each in rules for name in each.facts}))
    concluding = tuple(
        Concluding(each.rule, each.condition) for each in rules if each.rule.concludes is not None
    )
    return CompiledKind(rules, sharded(flat), facts, concluding)
