"""Consequences: what is to be done because of an event, with the reactions and facts behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.event import Event
from rules.facts import EVENT_KINDS, FactValue
from rules.reactions import Do, OpenFinding

_OF_EVENTS = tuple(f"{kind}." for kind in EVENT_KINDS)
# What a finding takes over from the event that it came from.
_TAKEN_OVER = ("repeats_30d", "immediate_danger", "domain")


@dataclass(frozen=True, slots=True)
class Consequence:
    """
    One thing to be done because of an event.

    Attributes:
        rule: The reaction; of several that ask for the same, that of the lowest layer.
        since: First day of its version.
        event: The event it answers; for what follows from a finding, that finding as an event.
        because: The facts that its condition rests on.
        chain: Reactions that led here, the first one first: those that opened the finding, and
            those that concluded a fact in `because`.
        also: Reactions that ask for the same thing; `do` satisfies them too.
    """

    rule: str
    since: date
    event: Event
    do: Do
    because: Mapping[str, FactValue]
    chain: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Identity: the same reaction to the same event has the same key whenever it is asked."""
        return f"{self.rule}/{self.event.key}/{self.do.id}"


def finding_event(opening: Consequence, opened: OpenFinding) -> Event:
    """
    Return the finding that *opening* opens, as an event.

    Its key is `finding-of/` and the key of the consequence; whoever records the finding keeps that
    key for later looks at it, so that they repeat nothing.
    """
    event = opening.event
    facts = {name: each for name, each in event.facts.items() if not name.startswith(_OF_EVENTS)}
    facts |= {
        "finding.from_rule": opening.rule,
        "finding.state": "open",
        "finding.overdue_working_days": 0,
        "finding.severity": opened.severity,
        "finding.major_hazard": opened.major_hazard,
    }
    for name in _TAKEN_OVER:
        if f"{event.kind}.{name}" in event.facts:
            facts[f"finding.{name}"] = event.facts[f"{event.kind}.{name}"]
    key = f"finding-of/{opening.key}"
    return Event("finding", key, event.site, event.target_kind, event.target, event.at, facts)
