"""
Days drawn at random, each possible choice as likely as any other.

Choices are counted exactly and one of them is taken by number, so that neither a gap nor the
windows make some days likelier than chance would.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import shake_256
from itertools import count


@dataclass(frozen=True)
class Draw:
    """
    What was drawn.

    Attributes:
        days: One for each window, ascending; nothing where no day was left for it.
        ways: Out of how many choices that fill as many windows.
    """

    days: tuple[date | None, ...]
    ways: int


def drawn_days(windows: Sequence[Collection[date]], *, gap: int, seed: str) -> Draw:
    """
    Return a day out of each window, in their order, any two at least *gap* days apart.

    Where not every window can have a day, as many as possible have one. All choices that fill as
    many are equally likely over seeds; the same seed gives the same draw.

    Args:
        windows: The days of each, in any order; equal windows in a row are draws from one.
        gap: Least distance in days, from 1; 1 is the next day.
        seed: Known to planners only.
    """
    days = sorted({day for window in windows for day in window})
    counted = _Counted(days, windows, gap)
    _most, ways = counted.entered[0][0]
    return Draw(counted.choice(_below(ways, seed)), ways)


# How many windows are filled at best from here on, and in how many ways.
_Tally = tuple[int, int]


class _Counted:
    """
    How many ways there are from each window and day on.

    `entered[i][j]`: windows from i on, days from j on; `filled[i][j]`: the same with i filled.
    """

    def __init__(self, days: Sequence[date], windows: Sequence[Collection[date]], gap: int) -> None:
        self.days, self.windows = days, [frozenset(window) for window in windows]
        self.nexts = _next_admissible(days, gap)
        end = len(days)
        self.entered: list[list[_Tally]] = [[(0, 1)] * (end + 1)]
        self.filled: list[list[_Tally]] = []
        for window in reversed(self.windows):
            after, filled = self.entered[0], [(-1, 0)] * (end + 1)
            for here in range(end - 1, -1, -1):
                taken = self._taken(here, window, after)
                filled[here] = _best(filled[here + 1], taken)
            self.filled.insert(0, filled)
            self.entered.insert(0, [_best(*both) for both in zip(filled, after, strict=True)])

    def choice(self, rank: int) -> tuple[date | None, ...]:
        """Return the choice with that number."""
        chosen: list[date | None] = []
        here = 0
        for number, window in enumerate(self.windows):
            best, after = self.entered[number][here][0], self.entered[number + 1]
            filling = _ways(self.filled[number][here], best)
            if rank >= filling:
                rank -= filling
                chosen.append(None)
                continue
            while rank >= (taking := _ways(self._taken(here, window, after), best)):
                rank, here = rank - taking, here + 1
            chosen.append(self.days[here])
            here = self.nexts[here]
        return tuple(chosen)

    def _taken(self, here: int, window: Collection[date], after: Sequence[_Tally]) -> _Tally:
        if self.days[here] not in window:
            return -1, 0
        filled, ways = after[self.nexts[here]]
        return filled + 1, ways


def _best(one: _Tally, other: _Tally) -> _Tally:
    if one[0] == other[0]:
        return one[0], one[1] + other[1]
    return max(one, other)


def _ways(tally: _Tally, best: int) -> int:
    return tally[1] if tally[0] == best else 0


def _next_admissible(days: Sequence[date], gap: int) -> list[int]:
    """Return for each day the index of the first one that keeps the gap to it."""
    nexts, last = [], 0
    for day in days:
        while last < len(days) and (days[last] - day).days < max(1, gap):
            last += 1
        nexts.append(last)
    return nexts


def _below(total: int, seed: str) -> int:
    """Return a number below *total*, every one as likely as another over the seeds."""
    bits = total.bit_length()
    attempts = (_bits(f"{seed}|{attempt}", bits) for attempt in count())
    # What lies beyond is drawn again: a remainder would favour small numbers.
    return next(number for number in attempts if number < total)


def _bits(seed: str, bits: int) -> int:
    return int.from_bytes(shake_256(seed.encode()).digest(bits // 8 + 1)) & ((1 << bits) - 1)
