"""Spreading N due days over the days of a period, and the windows between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from scheduler.cadences.frame import Frame
from scheduler.cadences.periods import Period
from scheduler.occurrence import Occurrence


def spread(days: Sequence[int], times: int, gap: int) -> list[int]:
    """
    Return *times* of the ascending *days*, evenly spread, the last of them included.

    Neighbours lie at least *gap* days apart; where the days do not allow that, the count wins
    over the gap, and where they are fewer than *times*, days are repeated.
    """
    count = len(days)
    even = [days[ceil(at * count / times) - 1] for at in range(1, times + 1)]
    if gap <= 1 or all(b - a >= gap for a, b in pairwise(even)):
        return even
    latest = _latest(days, times, gap)
    if latest is None:
        return even
    chosen: list[int] = []
    for target, limit in zip(even, latest, strict=True):
        wanted = max(target, chosen[-1] + gap) if chosen else target
        at = bisect_left(days, wanted)
        chosen.append(min(days[at], limit) if at < count else limit)
    return chosen


def _latest(days: Sequence[int], times: int, gap: int) -> list[int] | None:
    """Return the latest day for each of *times*, or nothing where the gap cannot be kept."""
    latest = [days[-1]]
    for _ in range(times - 1):
        at = bisect_right(days, latest[-1] - gap)
        if at == 0:
            return None
        latest.append(days[at - 1])
    return latest[::-1]


def counted_days(frame: Frame, period: Period) -> tuple[list[int], bool]:
    """Return the days to choose from in *period*, and whether none counts and all were taken."""
    every = list(range(period.first, period.last + 1))
    if frame.keeps_every_day:
        return every, False
    counting = frame.counting(period.first, period.last)
    days = [day for day in every if day in counting]
    if days or frame.shape.day_off == "skip":
        return days, False
    return every, True


def spread_occurrences(
    frame: Frame, period: Period, times: int, *, gap: int = 0
) -> Iterator[Occurrence]:
    """
    Yield *times* occurrences in *period*; their windows follow one another.

    With a gap, a window opens that many days after the last due day, so that doing two in a row
    keeps the gap too.
    """
    days, none_counts = counted_days(frame, period)
    if not days:
        return
    before: int | None = None
    for number, due in enumerate(spread(days, times, gap), start=1):
        if due == before and frame.shape.day_off == "skip":
            continue
        first = period.first if before is None else min(before + max(1, gap), due)
        key = period.key if times == 1 else f"{period.key}/{number}"
        yield frame.day_occurrence(key, first, due, nominal=due if none_counts else None)
        before = due
