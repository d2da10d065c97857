"""What is known of each target, and where each fact comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.compiled_rules import CompiledRules
from rules.conclusions import concluded
from rules.facts import FactValue
from rules.organisation.model import Organisation
from rules.records import TargetFacts, targets
from rules.standing import decisions_on


@dataclass(frozen=True)
class Origin:
    """
    Where a fact comes from.

    Attributes:
        kind: `stated` by the organisation, `concluded` by a rule, or `unknown`.
        at: Target that it was stated or concluded for: the asset itself, its place, its site.
        rule: The rule that concluded it.
    """

    kind: Literal["stated", "concluded", "unknown"]
    at: str = ""
    rule: str = ""


UNKNOWN = Origin("unknown")


@dataclass(frozen=True)
class Known:
    """The facts of a target with those of what it stands in and those that rules conclude."""

    target: TargetFacts
    facts: Mapping[str, FactValue]
    origins: Mapping[str, Origin]

    def origin(self, fact: str) -> Origin:
        """Return where the fact comes from."""
        return self.origins.get(fact, UNKNOWN)


def known_facts(organisation: Organisation, compiled: CompiledRules, on: date) -> Iterator[Known]:
    """Yield what is known of every target on the day *on*, in file order."""
    decisions = decisions_on(organisation.decisions, on)
    above: dict[str, Known] = {}
    for target in targets(organisation):
        parent = above.get(target.parent or "")
        facts = {**(parent.facts if parent else {}), **target.own}
        origins = {**(parent.origins if parent else {})}
        origins |= dict.fromkeys(target.own, Origin("stated", target.target))
        concluding = compiled.kinds[target.kind].concluding
        if concluding:
            found = concluded(facts, concluding, decisions.get(target.site, {}))
            facts |= {name: value for name, (value, _) in found.items()}
            origins |= {
                name: Origin("concluded", target.target, rule) for name, (_, rule) in found.items()
            }
        known = Known(target, facts, origins)
        if target.kind in {"site", "place"}:
            above[target.target] = known
        yield known
