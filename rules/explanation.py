"""Why a rule applies to a target, may, or does not: the whole condition, the layers, the dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.compiled_rules import compiled_rules
from rules.conditions import Condition
from rules.derive import derive
from rules.kleene import truth, waits_for
from rules.known_facts import Known, known_facts
from rules.layers import Overruled, obligations, overruled
from rules.organisation.happened import Decision
from rules.organisation.model import Organisation
from rules.pack import LAYERS, Layer, Rule, RuleVersion
from rules.parameters import condition_on
from rules.reasoned import Reasoned, reasoned
from rules.rulebook import RuleBook
from rules.standing import Status, decision_fact, decisions_on, status


@dataclass(frozen=True)
class LayerHere:
    """
    A rule of the same obligation, as it stands at the target.

    Attributes:
        standing: `binds`, `may-apply`, or nothing where it does not apply.
        overruled: What stands over it here, and why.
    """

    rule: Rule
    layer: Layer
    standing: Status | None
    overruled: Overruled | None


@dataclass(frozen=True)
class Explanation:
    """
    How one rule stands to one target on one day.

    Attributes:
        target: `site-id` for a site, else `site-id/target-id`.
        in_force: Whether the rule binds anybody on that day; without it there is no condition.
        version: The version that covers the day.
        waits_for: What is missing to decide: facts, or `decision:<rule-id>`.
        layers: Every rule of the same obligation, the highest layer first, this one included.
    """

    rule: Rule
    site: str
    target: str
    on: date
    in_force: bool
    version: RuleVersion | None
    standing: Status | None
    condition: Reasoned | None
    decision: Decision | None
    waits_for: tuple[str, ...]
    layers: tuple[LayerHere, ...]


def explanations(
    rulebook: RuleBook, organisation: Organisation, rule_id: str, on: date
) -> Iterator[Explanation]:
    """
    Yield how the rule stands to every target of its kind in *organisation*, in file order.

    The rule book must be the organisation's own; hand in one site to ask about that site alone.

    Raises:
        KeyError: If the rule book has no such rule.
    """
    rule = rulebook.rule(rule_id)
    condition = condition_on(rulebook, rule, on)
    decisions = decisions_on(organisation.decisions, on)
    standings = _standings(rulebook, organisation, rule_id, on)
    for known in known_facts(organisation, compiled_rules(rulebook, on), on):
        target = known.target
        if target.kind != rule.target or rule.kind == "reaction":
            continue
        decision = decisions.get(target.site, {}).get(rule_id)
        holds = truth(condition, known.facts) if condition is not None else False
        standing = status(rule, holds, decision)
        yield Explanation(
            rule=rule,
            site=target.site,
            target=target.target,
            on=on,
            in_force=condition is not None,
            version=rulebook.version(rule, on),
            standing=standing,
            condition=reasoned(condition, known) if condition is not None else None,
            decision=decision,
            waits_for=_waiting(rule, condition, known) if standing == "may-apply" else (),
            layers=_layers(rulebook, rule_id, standings.get(target.target, {}), on),
        )


def _waiting(rule: Rule, condition: Condition | None, known: Known) -> tuple[str, ...]:
    facts = waits_for(condition, known.facts) if condition is not None else ()
    return facts or (decision_fact(rule.id),)


def _standings(
    rulebook: RuleBook, organisation: Organisation, rule_id: str, on: date
) -> dict[str, dict[str, Status]]:
    """Return how the rules of the obligation stand, by target and rule."""
    roots = obligations(rulebook)
    root = roots.get(rule_id)
    found: dict[str, dict[str, Status]] = {}
    if root is not None:
        for binding in derive(rulebook, organisation, on):
            if roots.get(binding.rule) == root:
                found.setdefault(binding.target, {})[binding.rule] = binding.status
    return found


def _layers(
    rulebook: RuleBook, rule_id: str, standings: dict[str, Status], on: date
) -> tuple[LayerHere, ...]:
    roots = obligations(rulebook)
    root = roots.get(rule_id)
    if root is None:
        return ()
    binding = [rule for rule, standing in standings.items() if standing == "binds"]
    beaten = {each.rule: each for each in overruled(rulebook, binding, on)}
    family = sorted(
        (each for each in roots if roots[each] == root),
        key=lambda each: -LAYERS.index(rulebook.pack_of(each).layer),
    )
    return tuple(
        LayerHere(
            rulebook.rule(each),
            rulebook.pack_of(each).layer,
            standings.get(each),
            beaten.get(each),
        )
        for each in family
    )
