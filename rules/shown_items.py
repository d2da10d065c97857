"""Which items of a checklist are asked, given what was answered before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.checklist import Checklist, Item


@dataclass(frozen=True)
class Answered:
    """The last answer to an item: its value, and its verdict `pass`, `fail`, `na` or `noted`."""

    value: Any
    verdict: str


def shown_items(checklist: Checklist, answered: Mapping[str, Answered]) -> tuple[Item, ...]:
    """
    Return the items that are asked, in their order.

    An item that depends on one that is not asked is not asked either, whatever was answered there
    before.
    """
    asked: dict[str, Item] = {}
    for item in checklist.items:
        if _is_asked(item, {name: answered[name] for name in asked if name in answered}):
            asked[item.id] = item
    return tuple(asked.values())


def _is_asked(item: Item, answered: Mapping[str, Answered]) -> bool:
    if item.shown_when is None:
        return True
    found = answered.get(item.shown_when.item)
    return found is not None and any(
        answer in (found.value, found.verdict) for answer in item.shown_when.answers
    )
