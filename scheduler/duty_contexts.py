"""What is particular to each duty of an organisation: its events and when it was last done."""

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rules.derive import Binding
from rules.facts import Target
from rules.organisation.happened import Event
from rules.organisation.model import Organisation
from rules.records import targets
from scheduler.context import ExpansionContext, RecordedEvent

_STANDING: frozenset[Target] = frozenset({"place", "asset"})


class _Befallen(NamedTuple):
    """An event with the kind of target that it befell; a site's event befalls all of it."""

    event: RecordedEvent
    target: str
    kind: Target


class Contexts:
    """Finds the context of each duty."""

    def __init__(self, organisation: Organisation, seed: str) -> None:
        self._seed = seed
        self._zone = ZoneInfo(organisation.time_zone)
        self._kinds: dict[str, Target] = {}
        self._parents: dict[str, str | None] = {}
        self._events: dict[str, tuple[_Befallen, ...]] = {}
        if organisation.events:
            self._note_targets(organisation)
        for event in organisation.events:
            self._events[event.site] = (*self._events.get(event.site, ()), self._befallen(event))
        self._performed: dict[tuple[str, str], date] = {}
        for done in organisation.performed:
            key = (done.rule, done.target)
            self._performed[key] = max(done.on, self._performed.get(key, done.on))

    def of(self, binding: Binding) -> ExpansionContext:
        """Return the context of *binding*; a file names a target with or without its site."""
        short = binding.target.removeprefix(f"{binding.site}/")
        performed = [self._performed.get((binding.rule, name)) for name in (binding.target, short)]
        return ExpansionContext(
            performed=max((day for day in performed if day is not None), default=None),
            events=self._events_for(binding),
            seed=self._seed,
            rule=binding.rule,
            target=binding.target,
        )

    def _note_targets(self, organisation: Organisation) -> None:
        for each in targets(organisation):
            self._kinds[each.target], self._parents[each.target] = each.kind, each.parent

    def _befallen(self, event: Event) -> _Befallen:
        at = event.at if event.at.tzinfo else event.at.replace(tzinfo=self._zone)
        target = f"{event.site}/{event.target}" if event.target else event.site
        recorded = RecordedEvent(event.id, event.kind, at)
        return _Befallen(recorded, target, self._kinds.get(target, "site"))

    def _events_for(self, binding: Binding) -> tuple[RecordedEvent, ...]:
        listed = self._events.get(binding.site, ())
        return tuple(each.event for each in listed if self._concerns(each, binding))

    def _concerns(self, each: _Befallen, binding: Binding) -> bool:
        """
        Tell whether a duty waits for an event.

        What befell one lift opens nothing for the other lifts, but it does for the lift's place,
        its site, and people, who do not stand in it.
        """
        if each.target in self._above(binding.target) or binding.target in self._above(each.target):
            return True
        kinds = {each.kind, binding.target_kind}
        return len(kinds) > 1 and not kinds <= _STANDING

    def _above(self, target: str) -> tuple[str, ...]:
        """Return *target* and what it stands in."""
        parent = self._parents.get(target)
        return (target,) if parent is None else (target, *self._above(parent))
