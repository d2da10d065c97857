"""Which rule or part of the program carries what is asked for, and what nothing carries yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rules.coverage.items import Item
from rules.pack import Rule
from rules.rulebook import RuleBook

State = Literal["carried", "in-part", "not-yet"]


@dataclass(frozen=True)
class Carried:
    """
    An item with what carries it.

    Attributes:
        rules: Ids of the rules, in the order of the packs.
        opt_in: Those among them that bind only who names their pack.
    """

    item: Item
    rules: tuple[str, ...]
    opt_in: frozenset[str]

    @property
    def state(self) -> State:
        """Whether all of the item is carried, some of it, or nothing."""
        if not self.rules and not self.item.parts:
            return "not-yet"
        return "in-part" if self.item.not_yet else "carried"


def carried(rulebook: RuleBook, items: Iterable[Item]) -> tuple[Carried, ...]:
    """Return each of *items* with the rules that have its id or name it in `covers`."""
    by_item = _rules_by_item(rulebook)
    return tuple(_carried(item, by_item.get(item.id, []), rulebook) for item in items)


def names_of_nothing(rulebook: RuleBook, items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """Return, by rule, the ids in its `covers` that are among none of *items*."""
    known = {item.id for item in items}
    found = {
        rule.id: tuple(name for name in rule.covers if name not in known)
        for rule in rulebook.rules.values()
    }
    return {rule: names for rule, names in found.items() if names}


def _carried(item: Item, rules: list[Rule], rulebook: RuleBook) -> Carried:
    ids = tuple(rule.id for rule in rules)
    return Carried(item, ids, frozenset(id_ for id_ in ids if rulebook.pack_of(id_).opt_in))


def _rules_by_item(rulebook: RuleBook) -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rulebook.rules.values():
        for name in dict.fromkeys((rule.id, *rule.covers)):
            found.setdefault(name, []).append(rule)
    return found
