"""Days drawn by a seed in each period, hidden until they open."""

from collections.abc import Iterator
from hashlib import blake2b

from rules.cadence import RandomDraw
from scheduler.cadences.count import periods_of
from scheduler.cadences.frame import Frame, iso
from scheduler.cadences.spread import counted_days
from scheduler.occurrence import Occurrence


def occurrences(cadence: RandomDraw, frame: Frame) -> Iterator[Occurrence]:
    """
    Yield N drawn days of every period that touches the horizon; each is a window of its own.

    The draw ranks the days by a hash of seed, rule, target, period and day: it needs no state,
    and neither the horizon nor the other periods change it.
    """
    for period in periods_of(cadence.per, frame):
        days, none_counts = counted_days(frame, period)
        ranked = sorted((_rank(frame, period.key, day), day) for day in days)
        drawn = sorted(day for _, day in ranked[: cadence.times])
        for number, day in enumerate(drawn, start=1):
            key = period.key if cadence.times == 1 else f"{period.key}/{number}"
            nominal = day if none_counts else None
            yield frame.hidden(frame.day_occurrence(key, day, day, nominal=nominal))


def _rank(frame: Frame, period: str, day: int) -> bytes:
    context = frame.context
    drawn = "|".join((context.seed, context.rule, context.target, period, iso(day)))
    return blake2b(drawn.encode(), digest_size=16).digest()
