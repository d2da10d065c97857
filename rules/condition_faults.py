"""Everything in a condition that has no meaning, at its place; reading it stops at the first."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.conditions import parsed
from rules.refusal import Refusal
from rules.yaml_document import Location


def refusals(raw: object, at: Location = ()) -> Iterator[tuple[Location, Refusal]]:
    """Yield every part of the condition *raw* that `rules.conditions.parsed` would refuse."""
    if not isinstance(raw, Mapping) or not raw:
        yield from _refusal(raw, at)
        return
    for key, value in raw.items():
        here = (*at, str(key))
        if key in {"all", "any"} and isinstance(value, list) and value:
            for index, item in enumerate(value):
                yield from refusals(item, (*here, index))
        elif key == "not":
            yield from refusals(value, here)
        elif isinstance(value, Mapping) and value:
            for operator, operand in value.items():
                yield from _refusal({key: {operator: operand}}, (*here, str(operator)))
        else:
            yield from _refusal({key: value}, here)


def _refusal(raw: Any, at: Location) -> Iterator[tuple[Location, Refusal]]:
    try:
        parsed(raw)
    except Refusal as refusal:
        yield at, refusal
