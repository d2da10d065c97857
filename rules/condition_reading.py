"""A rule read against a target, test by test: what is asked, what is known, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rules.compiled_rules import compiled_rules
from rules.conditions import Test
from rules.facts import FactValue
from rules.known_facts import Origin, known_facts
from rules.organisation.model import Organisation
from rules.parameters import condition_on
from rules.reasoned import Reasoned, reasoned
from rules.rulebook import RuleBook
from rules.standing import Status, decisions_on, status


@dataclass(frozen=True)
class TestReading:
    """
    One test of the condition.

    Attributes:
        depth: How deep it stands in the tree; 0 for parts that all must hold.
        negated: Whether the tree turns it round.
        actual: Nothing where nobody answered.
        holds: The answer with `negated` applied; nothing where unknown.
        alternative: Whether it is one of several of which one is enough.
    """

    __test__ = False  # pytest would take the name for a test

    test: Test
    depth: int
    negated: bool
    alternative: bool
    actual: FactValue | None
    holds: bool | None
    origin: Origin


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

    Nothing is returned where the rule is not in force on the day *on*, nor for a reaction: it
    reads events, not targets.
    """
    rule = rulebook.rule(rule_id)
    condition = condition_on(rulebook, rule, on)
    if condition is None or rule.kind == "reaction":
        return ()
    decisions = decisions_on(organisation.decisions, on)
    found = []
    for known in known_facts(organisation, compiled_rules(rulebook, on), on):
        target = known.target
        if target.kind != rule.target:
            continue
        read = reasoned(condition, known)
        decision = decisions.get(target.site, {}).get(rule_id)
        tests = tuple(_tests(read))
        standing = status(rule, read.holds, decision)
        found.append(TargetReading(target.site, target.target, read.holds, standing, tests))
    return tuple(found)


def _tests(
    read: Reasoned, depth: int = 0, *, negated: bool = False, alternative: bool = False
) -> Iterator[TestReading]:
    if read.test is not None:
        holds = read.holds if read.holds is None or not negated else not read.holds
        yield TestReading(
            test=read.test,
            depth=depth,
            negated=negated,
            alternative=alternative,
            actual=read.actual,
            holds=holds,
            origin=read.origin,
        )
        return
    turned = negated is not (read.part == "not")
    # Turned round, "all" becomes "one of", and the other way about.
    one_of = read.part != "not" and (read.part == "any") is not negated and len(read.parts) > 1
    for part in read.parts:
        yield from _tests(part, depth + one_of, negated=turned, alternative=one_of or alternative)
