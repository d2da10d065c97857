"""At most N days between two performances: a chain in which each due day counts from the last."""

from collections.abc import Iterator

from rules.cadence import MaxGap
from scheduler.cadences.frame import Frame, iso
from scheduler.day_off import Policy, Reach, placed
from scheduler.occurrence import Occurrence


def occurrences(cadence: MaxGap, frame: Frame) -> Iterator[Occurrence]:
    """
    Yield the chain of due days from the last completion, else from the start.

    A day that does not count moves the due day before, never after, so that the gap holds; the
    next gap counts from the moved day. `skip` drops the day and counts on from it.
    """
    chained = frame.shape.anchor == "completion"
    last = _last_done(frame)
    name = "after" if chained else "from"
    before = last
    if frame.keeps_every_day:  # nothing moves, so the chain can be entered anywhere
        before += max(0, (frame.since - 1 - last) // cadence.days - 1) * cadence.days
    while before <= frame.until:
        nominal = before + cadence.days
        due = _due(frame, before, nominal)
        if due is not None:
            key = f"{name}-{iso(before if chained else before + 1)}"
            off = nominal if due != nominal or not frame.counts(due) else None
            yield frame.day_occurrence(key, before + 1, due, nominal=off)
        before = nominal if due is None else due


def _last_done(frame: Frame) -> int:
    """Return the day that the first gap counts from."""
    context = frame.context
    if frame.shape.anchor == "completion" and context.performed is not None:
        return context.performed.toordinal()
    start = context.start or frame.shape.origin
    if start is None:
        raise ValueError("A maximum gap needs a day to count from.")
    return start.toordinal()


def _due(frame: Frame, before: int, nominal: int) -> int | None:
    if frame.keeps_every_day:
        return nominal
    policy: Policy = "skip" if frame.shape.day_off == "skip" else "before"
    reach = Reach(before + 1, nominal)
    return placed(nominal, reach, frame.counting(*reach), policy)
