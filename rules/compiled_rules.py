"""A rule book compiled for a day: shards for the engine, conditions for what it leaves open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.conclusions import Concluding
from rules.conditions import Condition, tests
from rules.engine.compiled import Shard, conjunctions, sharded
from rules.engine.gate import Gate
from rules.facts import Target
from rules.kept_by_day import kept_by_day
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
    The rules in force for one kind of target, or one kind of event.

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


@kept_by_day
def compiled_rules(rulebook: RuleBook, on: date) -> CompiledRules:
    """Return *rulebook* compiled for the day *on*."""
    binding = (rule for rule in rulebook.rules.values() if rule.kind != "reaction")
    in_force = rules_in_force(rulebook, binding, on)
    gate = Gate((each.condition for each in in_force), load_vocabulary())
    kinds = {
        kind: compiled_kind(kind, [each for each in in_force if each.rule.target == kind])
        for kind in KINDS
    }
    return CompiledRules(kinds, gate)


def rules_in_force(rulebook: RuleBook, rules: Iterable[Rule], on: date) -> tuple[CompiledRule, ...]:
    """Return those of *rules* that are in force on the day *on*, with their conditions."""
    found = []
    for rule in rules:
        condition = condition_on(rulebook, rule, on)
        if condition is not None:
            names = tuple(sorted({test.fact for test in tests(condition)}))
            found.append(CompiledRule(rule, condition, names))
    return tuple(found)


def compiled_kind(name: str, rules: Sequence[CompiledRule]) -> CompiledKind:
    """Return *rules* as the engine takes them, over one kind of record called *name*."""
    vocabulary = load_vocabulary()
    flat = [
        conjunction
        for each in rules
        for conjunction in conjunctions(each.rule.id, name, each.condition, vocabulary)
    ]
    facts = tuple(sorted({name for each in rules for name in each.facts}))
    concluding = tuple(
        Concluding(each.rule, each.condition) for each in rules if each.rule.concludes is not None
    )
    return CompiledKind(tuple(rules), sharded(flat), facts, concluding)
