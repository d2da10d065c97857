"""A change that was tried, with what it brings."""

from dataclasses import dataclass

from rules.text import Text

# Where fewer than these help, it is said how many changes were tried.
WANTED = 3


@dataclass(frozen=True)
class Repair:
    """
    A change that was tried.

    Attributes:
        fills: How many of the empty places, or contradictions, there are less with it.
        left: How many there are all the same.
        trouble: How much of it the change is; the lesser comes first among equals.
        empty: How many places are empty once no contradiction is left; nothing if one is.
    """

    text: Text
    fills: int
    left: int
    trouble: int
    empty: int | None = None
