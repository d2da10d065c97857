"""The least of some parts that still clash."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Part = TypeVar("Part")


def needed_of(parts: Sequence[Part], clashes: Callable[[Sequence[Part]], bool]) -> list[Part]:
    """
    Return parts that clash and of which none can be left out; all together they must clash.

    Asks by halves, so that there are few questions where few parts matter.
    """

    def shrink(kept: list[Part], parts: list[Part], *, is_new: bool) -> list[Part]:
        if is_new and clashes(kept):
            return []
        if len(parts) == 1:
            return parts
        half = len(parts) // 2
        first, second = parts[:half], parts[half:]
        later = shrink(kept + first, second, is_new=True)
        earlier = shrink(kept + later, first, is_new=bool(later))
        return earlier + later

    return shrink([], list(parts), is_new=True) if parts else []
