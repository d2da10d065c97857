"""Firing: the reactions that one event meets, level by level, with the facts they conclude."""

from collections.abc import Iterable, Iterator, Mapping

from rules.compiled_reactions import CompiledReactions
from rules.consequence import Consequence
from rules.engine import Matcher
from rules.event import Event
from rules.facts import FactValue
from rules.matching import KEPT_OF_EVENTS, UNKNOWN, Matching, Outcome
from rules.reactions import Conclude

Facts = Mapping[str, FactValue]


class Firing:
    """The reactions in force on a day, ready for events."""

    def __init__(self, compiled: CompiledReactions, matcher: Matcher) -> None:
        self._compiled = compiled
        self._levels = {
            kind: tuple(
                (level.facts, Matching(level, compiled.gate, matcher, keep=KEPT_OF_EVENTS))
                for level in levels
            )
            for kind, levels in compiled.levels.items()
        }

    def consequences(self, event: Event, chain: tuple[str, ...]) -> Iterator[Consequence]:
        """
        Yield what the reactions to *event* ask for, each by itself, in order of level and pack.

        *chain* names the reactions that led to the event.
        """
        facts: Facts = event.facts
        concluded_by: dict[str, str] = {}
        cell = self._compiled.gate.cell
        for names, matching in self._levels.get(event.kind, ()):
            key = tuple(cell(name, facts[name]) if name in facts else UNKNOWN for name in names)
            outcomes = [each for each in matching.outcomes(facts, key) if each.holds]
            for outcome in outcomes:
                because = {name: facts[name] for name in outcome.carries}
                led = (*chain, *_concluders(because, concluded_by))
                yield from self._of_rule(outcome.rule_id, event, because, led)
            facts = self._with_conclusions(outcomes, facts, concluded_by)

    def _of_rule(
        self, rule: str, event: Event, because: Facts, chain: tuple[str, ...]
    ) -> Iterator[Consequence]:
        version = self._compiled.versions[rule]
        for do in version.then:
            if not isinstance(do, Conclude):
                yield Consequence(rule, version.since, event, do, because, chain)

    def _with_conclusions(
        self, outcomes: Iterable[Outcome], facts: Facts, concluded_by: dict[str, str]
    ) -> Facts:
        """Return *facts* with what *outcomes* conclude; a known fact is never overridden."""
        for outcome in outcomes:
            for do in self._compiled.versions[outcome.rule_id].then:
                if isinstance(do, Conclude) and do.fact not in facts:
                    facts = {**facts, do.fact: do.value}
                    concluded_by[do.fact] = outcome.rule_id
        return facts


def _concluders(because: Facts, concluded_by: Mapping[str, str]) -> tuple[str, ...]:
    if not concluded_by:
        return ()
    return tuple(dict.fromkeys(concluded_by[name] for name in because if name in concluded_by))
