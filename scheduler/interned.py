"""Values recognised as equal, so that later look-ups need only compare identities."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Given = TypeVar("Given")
Value = TypeVar("Value", bound=Hashable)


class Interned(Generic[Given, Value]):
    """
    Maps each given object to one shared value for all that are equal.

    Rule versions and calendars are deep: comparing them costs more than an expansion saves when
    it happens for every duty, so each object is looked at once.
    """

    def __init__(self, value_of: Callable[[Given], Value]) -> None:
        self._value_of = value_of
        self._known: dict[int, tuple[Given, Value]] = {}
        self._shared: dict[Value, Value] = {}

    def of(self, given: Given) -> Value:
        """Return the shared value of *given*; equal values are the same object."""
        known = self._known.get(id(given))
        if known is None:
            value = self._value_of(given)
            # Holding the object keeps its id from being given to another.
            known = self._known[id(given)] = (given, self._shared.setdefault(value, value))
        return known[1]
