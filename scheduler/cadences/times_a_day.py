"""N times a day: in given spans, or in equal parts of the opening hours."""

from collections.abc import Iterator

from rules.cadence import TimesADay
from scheduler.cadences.frame import Frame, iso
from scheduler.cadences.interval import face_span
from scheduler.occurrence import Occurrence
from scheduler.workdays import Spans


def occurrences(cadence: TimesADay, frame: Frame) -> Iterator[Occurrence]:
    """Yield the N windows of every counting day; on a closed day without given spans, none."""
    for day in range(frame.since - 2, frame.until + 1):
        if not frame.counts(day):
            continue
        for number, window in enumerate(_windows(cadence, frame, day), start=1):
            yield frame.mint.occurrence(
                f"{iso(day)}/{number}",
                *window,
                frame.calendar,
                provisional=day >= frame.provisional_from,
            )


def _windows(cadence: TimesADay, frame: Frame, day: int) -> Iterator[tuple[int, int]]:
    if not cadence.spans:
        spans = frame.calendar.spans(day)
        if spans:
            yield from equal_parts(spans, cadence.times)
        return
    share, rest = divmod(cadence.times, len(cadence.spans))
    for at, span in enumerate(cadence.spans):
        times = share + (at < rest)
        if times:
            yield from equal_parts((face_span(day, span),), times)


def equal_parts(spans: Spans, times: int) -> Iterator[tuple[int, int]]:
    """Yield *times* windows that share the time of *spans* equally, to the minute."""
    total = sum(closes - opens for opens, closes in spans)
    marks = [total * at // times // 60 * 60 for at in range(1, times)] + [total]
    before = 0
    for mark in marks:
        yield _at(spans, before, ends=False), _at(spans, mark, ends=True)
        before = mark


def _at(spans: Spans, elapsed: int, *, ends: bool) -> int:
    """Return the local second after *elapsed* seconds of open time."""
    for opens, closes in spans:
        length = closes - opens
        if elapsed < length or (ends and elapsed == length):
            return opens + elapsed
        elapsed -= length
    return spans[-1][1]
