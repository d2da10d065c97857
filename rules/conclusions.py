"""Facts that state rules conclude: the fixed point, with the rule behind each fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.conditions import Condition
from rules.facts import FactValue
from rules.kleene import truth
from rules.organisation.happened import Decision
from rules.pack import Rule
from rules.standing import status


@dataclass(frozen=True, eq=False)
class Concluding:
    """A rule that concludes a fact, with its condition on the day asked about."""

    rule: Rule
    condition: Condition


def concluded(
    facts: Mapping[str, FactValue],
    rules: Iterable[Concluding],
    decisions: Mapping[str, Decision],
) -> dict[str, tuple[FactValue, str]]:
    """
    Return the facts that *rules* add to *facts*, each with the rule that concluded it.

    Known facts are never overridden. Rounds go on until nothing new follows; where two rules
    conclude the same fact in one round, the first in pack order wins.
    """
    known = dict(facts)
    found: dict[str, tuple[FactValue, str]] = {}
    waiting = list(rules)
    while waiting:
        fired = [each for each in waiting if _fires(each, known, decisions.get(each.rule.id))]
        if not fired:
            break
        for each in fired:
            waiting.remove(each)
            conclusion = each.rule.concludes
            if conclusion is not None and conclusion.fact not in known:
                known[conclusion.fact] = conclusion.value
                found[conclusion.fact] = (conclusion.value, each.rule.id)
    return found


def _fires(each: Concluding, facts: Mapping[str, FactValue], decision: Decision | None) -> bool:
    return status(each.rule, truth(each.condition, facts), decision) == "binds"
