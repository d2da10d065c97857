"""What is made of a rule book for a day, kept for the next to ask."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TypeVar

from rules.rulebook import RuleBook

_MOST = 32
Made = TypeVar("Made")
Make = Callable[[RuleBook, date], Made]


def kept_by_day(make: Make[Made]) -> Make[Made]:
    """Return *make* with its last 32 results kept; equal packs and days share one result."""
    kept: dict[tuple[str, date], Made] = {}

    @wraps(make)
    def found(rulebook: RuleBook, on: date) -> Made:
        key = (rulebook.digest, on)
        made = kept.get(key)
        if made is None:
            made = make(rulebook, on)
            while len(kept) >= _MOST:
                kept.pop(next(iter(kept)), None)
            kept[key] = made
        return made

    return found
