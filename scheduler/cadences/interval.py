"""At least every N minutes or hours while a span lasts: patrols."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from rules.cadence import Interval, TimeSpan
from scheduler.cadences.frame import Frame
from scheduler.local_clock import DAY, LocalClock, seconds_of
from scheduler.occurrence import Occurrence
from scheduler.workdays import Spans

_SECONDS = {"minute": 60, "hour": 3600}


def occurrences(cadence: Interval, frame: Frame) -> Iterator[Occurrence]:
    """
    Yield the slots of every span: the first opens with it, the last falls due at its end.

    Slots follow the clock face. Where the clock changes, slots of at most N real minutes fill
    the span, so that the gap holds on the long day too.
    """
    step = cadence.every * _SECONDS[cadence.unit]
    # A span may last a whole day from late in the evening: it ends up to two days later.
    for day in range(frame.since - 2, frame.until + 1):
        if frame.counts(day):
            for span in _spans(cadence, frame, day):
                yield from _slots(frame, span, step)


def _spans(cadence: Interval, frame: Frame, day: int) -> Spans:
    start = day * DAY
    if cadence.within == "all-day":
        return ((start, start + DAY),)
    if cadence.within == "opening-hours":
        return frame.calendar.spans(day)
    site = frame.calendar.site
    night = TimeSpan(since=site.night_from, until=site.night_until)
    return (face_span(day, cadence.within if cadence.within != "night" else night),)


def face_span(day: int, span: TimeSpan) -> tuple[int, int]:
    """Return *span* on *day* in local seconds, past midnight where it ends before it starts."""
    since, until = seconds_of(span.since), seconds_of(span.until)
    return day * DAY + since, day * DAY + until + (DAY if until <= since else 0)


def _slots(frame: Frame, span: tuple[int, int], step: int) -> tuple[Occurrence, ...]:
    provisional = span[0] // DAY >= frame.provisional_from
    key = (*span, step, provisional)
    known = frame.mint.slots.get(key)
    if known is None:
        make = _even_slots if frame.calendar.clock.is_even(*span) else _uneven_slots
        known = tuple(make(frame, span, step, provisional=provisional))
        frame.mint.slots[key] = known
    return known


def _even_slots(
    frame: Frame, span: tuple[int, int], step: int, *, provisional: bool
) -> Iterator[Occurrence]:
    opens, end = span
    while opens < end:
        due = min(opens + step, end)
        period = f"{LocalClock.face(due):%Y-%m-%dT%H:%M}"
        yield frame.mint.occurrence(period, opens, due, frame.calendar, provisional=provisional)
        opens = due


def _uneven_slots(
    frame: Frame, span: tuple[int, int], step: int, *, provisional: bool
) -> Iterator[Occurrence]:
    """Yield the slots of a span in which the clock changes."""
    mint, calendar = frame.mint, frame.calendar
    opens_at = calendar.clock.instant(span[0])
    for due_at in _uneven_due(calendar.clock, span, step):
        yield Occurrence(
            period=_wall_key(calendar.clock, due_at),
            opens_at=opens_at,
            due_at=due_at,
            closes_at=mint.closing(due_at, calendar),
            provisional=provisional,
        )
        opens_at = due_at


def _uneven_due(clock: LocalClock, span: tuple[int, int], step: int) -> Iterator[datetime]:
    """Yield the clock times that exist, and steps of real time where two lie too far apart."""
    gap = timedelta(seconds=step)
    faces = (*range(span[0] + step, span[1], step), span[1])
    last = clock.instant(span[0])
    for face in faces:
        at = clock.instant(face)
        if clock.local(at) != face and face != span[1]:  # this clock time is skipped today
            continue
        while at - last > gap:
            last += gap
            yield last
        if at > last:
            last = at
            yield at


def _wall_key(clock: LocalClock, at: datetime) -> str:
    """Return the clock time of *at*; the second time the same hour passes it is marked."""
    here = at.astimezone(clock.zone)
    again = "-2" if here.fold and here.replace(fold=0).astimezone(UTC) != at else ""
    return f"{here:%Y-%m-%dT%H:%M}{again}"
