"""Derivation: facts of an organisation in, the rules that bind its targets out, each with why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.compiled_rules import CompiledRules, compiled_rules
from rules.conclusions import concluded
from rules.engine import EngineName, matcher
from rules.facts import FactValue, Target
from rules.matching import UNKNOWN, Key, Matching, Outcome
from rules.organisation.happened import Decision
from rules.organisation.model import Organisation
from rules.records import TargetFacts, targets
from rules.rulebook import RuleBook
from rules.standing import Status, decision_fact, decisions_on, status

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Binding:
    """
    A rule that binds one target, or that may.

    Attributes:
        target: `site-id` for a site, else `site-id/target-id`.
        waits_for: Of a rule that may apply: the facts to be answered, or `decision:<rule-id>`.
        because: The facts that the outcome rests on, with `decision:<rule-id>` where the site
            decided.
        concluded_by: Of the facts in `because` that nobody stated: the rule that concluded each.
    """

    site: str
    target_kind: Target
    target: str
    rule: str
    status: Status
    waits_for: tuple[str, ...]
    because: Mapping[str, FactValue]
    concluded_by: Mapping[str, str] = field(default_factory=dict)


def derive(
    rulebook: RuleBook,
    organisation: Organisation,
    on: date,
    *,
    engine: EngineName | None = None,
) -> tuple[Binding, ...]:
    """
    Return every rule that binds or may bind a target of *organisation* on the day *on*.

    Sites come in file order, each followed by what stands in it; rules in pack order.

    Raises:
        InputInvalid: If the organisation names a pack that does not exist.
        FactRefused: If a fact has a value that the vocabulary does not admit.
    """
    compiled = compiled_rules(rulebook.for_organisation(organisation), on)
    derivation = _Derivation(compiled, organisation, on, engine)
    return tuple(
        binding for target in targets(organisation) for binding in derivation.bindings(target)
    )


@dataclass(frozen=True, slots=True)
class _Joined:
    """What is known of a target with what it stands in."""

    facts: Mapping[str, FactValue]
    concluded_by: Mapping[str, str]


class _Derivation:
    def __init__(
        self,
        compiled: CompiledRules,
        organisation: Organisation,
        on: date,
        engine: EngineName | None,
    ) -> None:
        self._compiled = compiled
        self._decisions = decisions_on(organisation.decisions, on)
        running = matcher(engine)
        self._matchings = {
            kind: Matching(rules, compiled.gate, running) for kind, rules in compiled.kinds.items()
        }
        self._joined: dict[str, _Joined] = {}

    def bindings(self, target: TargetFacts) -> Iterator[Binding]:
        joined = self._join(target)
        key = self._key(target, joined)
        outcomes = self._matchings[target.kind].outcomes(joined.facts, key)
        decisions = self._decisions.get(target.site)
        if decisions is None:
            return (_binding(target, joined, outcome, outcome.standing) for outcome in outcomes)
        return _decided(target, joined, outcomes, decisions)

    def _join(self, target: TargetFacts) -> _Joined:
        above = self._joined.get(target.parent or "")
        facts = {**above.facts, **target.own} if above else dict(target.own)
        by = above.concluded_by if above else _NOTHING
        rules = self._compiled.kinds[target.kind].concluding
        if rules:
            found = concluded(facts, rules, self._decisions.get(target.site, {}))
            facts |= {name: value for name, (value, _) in found.items()}
            by = {**by, **{name: rule for name, (_, rule) in found.items()}}
        joined = _Joined(facts, by)
        if target.kind in {"site", "place"}:
            self._joined[target.target] = joined
        return joined

    def _key(self, target: TargetFacts, joined: _Joined) -> Key:
        facts, cell = joined.facts, self._compiled.gate.cell
        return tuple(
            cell(name, facts[name]) if name in facts else UNKNOWN
            for name in self._compiled.kinds[target.kind].facts
        )


def _decided(
    target: TargetFacts,
    joined: _Joined,
    outcomes: Iterable[Outcome],
    decisions: Mapping[str, Decision],
) -> Iterator[Binding]:
    for outcome in outcomes:
        rule = outcome.compiled.rule
        decision = decisions.get(rule.id)
        standing = status(rule, outcome.holds, decision)
        if standing is not None:
            settles = outcome.standing == "may-apply" and decision is not None
            yield _binding(target, joined, outcome, standing, settles=settles)


def _binding(
    target: TargetFacts,
    joined: _Joined,
    outcome: Outcome,
    standing: Status,
    *,
    settles: bool = False,
) -> Binding:
    """This runs for every binding of every target: what can be shared is shared."""
    facts, carries, by = joined.facts, outcome.carries, joined.concluded_by
    because = {name: facts[name] for name in carries}
    concluded_by = _NOTHING
    if by and not by.keys().isdisjoint(carries):
        concluded_by = {name: by[name] for name in carries if name in by}
    if settles:
        because[decision_fact(outcome.rule_id)] = True
    return Binding(
        target.site,
        target.kind,
        target.target,
        outcome.rule_id,
        standing,
        outcome.waits_for if standing == "may-apply" else (),
        because,
        concluded_by,
    )
