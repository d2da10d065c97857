"""A rule read against a target, test by test: what is asked, what is known, and what follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.compiled_rules import CompiledRules, compiled_rules
from rules.conclusions import concluded
from rules.conditions import All, AnyOf, Condition, Not, Test
from rules.facts import FactValue
from rules.kleene import truth
from rules.organisation.model import Organisation
from rules.parameters import condition_on
from rules.records import TargetFacts, targets
from rules.rulebook import RuleBook
from rules.standing import Status, decisions_on, status


@dataclass(frozen=True)
class TestReading:
    """
    One test of the condition.

    Attributes:
        depth: How deep it stands in the tree; 0 for parts that all must hold.
        negated: Whether the tree turns it round.
        known: Whether the fact is answered; `actual` is nothing where not.
        holds: The answer with `negated` applied; nothing where unknown.
        alternative: Whether it is one of several of which one is enough.
    """

    __test__ = False  # pytest would take the name for a test

    test: Test
    depth: int
    negated: bool
    alternative: bool
    known: bool
    actual: FactValue | None
    holds: bool | None


@dataclass(frozen=True)
class TargetReading:
    """
    The whole condition against one target.

    Attributes:
        target: `site-id` for a site, else `site-id/target-id`.
        standing: Whether it binds or may; nothing where it does not apply.
    """

    site: str
    target: str
    holds: bool | None
    standing: Status | None
    tests: tuple[TestReading, ...] = field(default=())


def readings(
    rulebook: RuleBook, organisation: Organisation, rule_id: str, on: date
) -> tuple[TargetReading, ...]:
    """
    Return how the rule reads against every target of its kind, in file order.

    Nothing is returned where the rule is not in force on the day *on*.
    """
    rule = rulebook.rule(rule_id)
    condition = condition_on(rulebook, rule, on)
    if condition is None:
        return ()
    decisions = decisions_on(organisation.decisions, on)
    joined = _Joined(compiled_rules(rulebook, on), organisation, on)
    found = []
    for target in targets(organisation):
        facts = joined.facts(target)
        if target.kind != rule.target:
            continue
        holds = truth(condition, facts)
        decision = decisions.get(target.site, {}).get(rule_id)
        tests = tuple(_tests(condition, facts, 0, negated=False, alternative=False))
        standing = status(rule, holds, decision)
        found.append(TargetReading(target.site, target.target, holds, standing, tests))
    return tuple(found)


class _Joined:
    """Facts of targets with those of what they stand in and those that rules conclude."""

    def __init__(self, compiled: CompiledRules, organisation: Organisation, on: date) -> None:
        self._compiled = compiled
        self._decisions = decisions_on(organisation.decisions, on)
        self._above: dict[str, Mapping[str, FactValue]] = {}

    def facts(self, target: TargetFacts) -> Mapping[str, FactValue]:
        facts = {**self._above.get(target.parent or "", {}), **target.own}
        concluding = self._compiled.kinds[target.kind].concluding
        if concluding:
            found = concluded(facts, concluding, self._decisions.get(target.site, {}))
            facts |= {name: value for name, (value, _) in found.items()}
        if target.kind in {"site", "place"}:
            self._above[target.target] = facts
        return facts


def _tests(
    condition: Condition,
    facts: Mapping[str, FactValue],
    depth: int,
    *,
    negated: bool,
    alternative: bool,
) -> Iterator[TestReading]:
    match condition:
        case Test():
            yield _reading(condition, facts, depth, negated=negated, alternative=alternative)
        case Not(part):
            yield from _tests(part, facts, depth, negated=not negated, alternative=alternative)
        case All(parts) | AnyOf(parts):
            # Turned round, "all" becomes "one of", and the other way about.
            one_of = isinstance(condition, AnyOf) is not negated and len(parts) > 1
            deeper = depth + 1 if one_of else depth
            for part in parts:
                yield from _tests(
                    part, facts, deeper, negated=negated, alternative=one_of or alternative
                )


def _reading(
    test: Test, facts: Mapping[str, FactValue], depth: int, *, negated: bool, alternative: bool
) -> TestReading:
    outcome = truth(test, facts)
    holds = outcome if outcome is None or not negated else not outcome
    known = test.fact in facts
    return TestReading(test, depth, negated, alternative, known, facts.get(test.fact), holds)
