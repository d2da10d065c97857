"""The reactions of a rule book compiled for a day, kind of event by kind of event."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.compiled_rules import CompiledKind, CompiledRule, compiled_kind, rules_in_force
from rules.engine.gate import Gate
from rules.kept_by_day import kept_by_day
from rules.pack import Rule, RuleVersion
from rules.reactions import Conclude
from rules.rulebook import RuleBook
from rules.vocabulary import load_vocabulary


@dataclass(frozen=True)
class CompiledReactions:
    """
    Everything that reacting needs of a rule book on one day.

    Attributes:
        levels: By kind of event. What a reaction concludes is read by later levels only, so one
            pass through the levels is the fixed point, in whatever order rules stand in packs.
        versions: The version in force of each reaction, by rule id.
    """

    levels: Mapping[str, tuple[CompiledKind, ...]]
    versions: Mapping[str, RuleVersion]
    gate: Gate


@kept_by_day
def compiled_reactions(rulebook: RuleBook, on: date) -> CompiledReactions:
    """Return the reactions of *rulebook* compiled for the day *on*."""
    in_force = rules_in_force(rulebook, reactions(rulebook), on)
    gate = Gate((each.condition for each in in_force), load_vocabulary())
    versions = {each.rule.id: rulebook.version(each.rule, on) for each in in_force}
    known = {name: version for name, version in versions.items() if version is not None}
    by_kind: dict[str, list[CompiledRule]] = {}
    for each in in_force:
        by_kind.setdefault(str(each.rule.on), []).append(each)
    levels = {
        kind: tuple(compiled_kind(kind, level) for level in _levels(rules, known))
        for kind, rules in by_kind.items()
    }
    return CompiledReactions(levels, known, gate)


def reactions(rulebook: RuleBook) -> Iterator[Rule]:
    """Yield the reactions of *rulebook* in pack order."""
    return (rule for rule in rulebook.rules.values() if rule.kind == "reaction")


def concluded_facts(version: RuleVersion) -> frozenset[str]:
    """Return the facts that a reaction concludes by *version*."""
    return frozenset(each.fact for each in version.then if isinstance(each, Conclude))


def _levels(
    rules: Iterable[CompiledRule], versions: Mapping[str, RuleVersion]
) -> Iterator[tuple[CompiledRule, ...]]:
    """Yield the rules by level: each reads only what rules of earlier levels conclude."""
    waiting = list(rules)
    while waiting:
        open_facts = {fact for each in waiting for fact in concluded_facts(versions[each.rule.id])}
        ready = tuple(each for each in waiting if open_facts.isdisjoint(each.facts))
        if not ready:
            raise ValueError("Reactions conclude facts in a circle; the linter refuses such packs.")
        yield ready
        waiting = [each for each in waiting if each not in ready]
