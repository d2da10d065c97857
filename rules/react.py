"""Reacting: events in, the consequences of the reactions that they meet out, each with why."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from rules.change_days import change_days
from rules.compiled_reactions import compiled_reactions, reactions
from rules.consequence import Consequence, finding_event
from rules.engine import EngineName, matcher
from rules.event import Event
from rules.firing import Firing
from rules.pack import LAYERS
from rules.reactions import OpenFinding
from rules.rulebook import RuleBook
from rules.strictness import strictest

__all__ = ["Consequence", "Reactor", "react"]


def react(
    rulebook: RuleBook, events: Iterable[Event], *, zone: ZoneInfo, engine: EngineName | None = None
) -> tuple[Consequence, ...]:
    """
    Return every consequence of *events*, event by event; an event given twice counts once.

    The packs are those of the organisation (`RuleBook.for_organisation`); the date of an event in
    the *zone* of its site chooses the versions and figures.

    Raises:
        FactRefused: If a fact has a value that the vocabulary does not admit.
    """
    reactor = Reactor(rulebook, zone, engine)
    unique = {event.key: event for event in events}
    return tuple(each for event in unique.values() for each in reactor.consequences(event))


class Reactor:
    """Reactions of one rule book, ready for any number of events; compiled once for each span."""

    def __init__(
        self, rulebook: RuleBook, zone: ZoneInfo, engine: EngineName | None = None
    ) -> None:
        self._rulebook = rulebook
        self._zone = zone
        self._matcher = matcher(engine)
        self._days = sorted({date.min, *change_days(rulebook, reactions(rulebook))})
        self._firing: dict[date, Firing] = {}
        self._ranks = {
            rule.id: (LAYERS.index(pack.layer), pack.product_default)
            for pack in rulebook.packs
            for rule in pack.rules
        }

    def consequences(self, event: Event) -> tuple[Consequence, ...]:
        """
        Return what follows from *event*, and from the findings that it opens.

        Raises:
            FactRefused: If a fact has a value that the vocabulary does not admit.
        """
        firing = self._on(event.at.astimezone(self._zone).date())
        found: list[Consequence] = []
        queue: deque[tuple[Event, tuple[str, ...]]] = deque([(event, ())])
        while queue:
            current, chain = queue.popleft()
            for each in self._merged(firing.consequences(current, chain)):
                found.append(each)
                # A finding opens no finding (the linter refuses it), so this comes to an end.
                if isinstance(each.do, OpenFinding):
                    queue.append((finding_event(each, each.do), (*each.chain, *_rules(each))))
        return tuple(found)

    def _on(self, day: date) -> Firing:
        start = self._days[bisect_right(self._days, day) - 1]
        if start not in self._firing:
            compiled = compiled_reactions(self._rulebook, start)
            self._firing[start] = Firing(compiled, self._matcher)
        return self._firing[start]

    def _merged(self, fired: Iterable[Consequence]) -> Iterator[Consequence]:
        """
        Yield *fired* with all that ask for the same thing as one, led by the lowest layer.

        A default of the product leads only where nobody else asks.
        """
        same: dict[tuple[str, str], list[Consequence]] = {}
        for each in fired:
            same.setdefault((each.do.do, each.do.id), []).append(each)
        for group in same.values():
            if len(group) == 1:
                yield group[0]
            else:
                yield _as_one(sorted(group, key=lambda each: self._ranks[each.rule]))


def _as_one(group: list[Consequence]) -> Consequence:
    lead, others = group[0], group[1:]
    because = {name: value for each in reversed(group) for name, value in each.because.items()}
    chain = tuple(dict.fromkeys(rule for each in group for rule in each.chain))
    also = tuple(each.rule for each in others)
    do = strictest(each.do for each in group)
    return replace(lead, do=do, because=because, chain=chain, also=also)


def _rules(each: Consequence) -> tuple[str, ...]:
    return (each.rule, *each.also)
