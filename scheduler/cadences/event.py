"""Before or after events: opening and closing, terms, holidays, and what the site records."""

from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from rules.cadence import OnEvent
from rules.durations import Duration
from scheduler.cadences.frame import Frame, iso
from scheduler.cadences.reach import (
    DAY_UNITS,
    day_after,
    day_before,
    longest_days,
    moment_after,
    moment_before,
)
from scheduler.context import RecordedEvent
from scheduler.day_off import Reach
from scheduler.deadlines import deadline
from scheduler.local_clock import DAY
from scheduler.occurrence import Occurrence

_CALENDAR_EVENTS = frozenset(
    {"opening", "closing", "term-start", "term-end", "holiday-start", "holiday-end"}
)
# "At once" names no figure: the window stays open for a day, so that what was done is recorded.
_AT_ONCE = Duration(amount=24, unit="hour")
_ENDS = frozenset({"closing", "term-end", "holiday-end"})


class Moment(NamedTuple):
    """An event: its key, its day as an ordinal, and its moment in local seconds."""

    key: str
    day: int
    at: int


def occurrences(cadence: OnEvent, frame: Frame) -> Iterator[Occurrence]:
    """Yield one window for each event of the calendar, or for each recorded event of the kind."""
    if cadence.within.unit == "immediately":
        cadence = cadence.model_copy(update={"within": _AT_ONCE})
    if cadence.event not in _CALENDAR_EVENTS:
        recorded = (event for event in frame.context.events if event.kind == cadence.event)
        yield from (_recorded_window(cadence, frame, event) for event in recorded)
        return
    window = _day_window if cadence.within.unit in DAY_UNITS else _short_window
    for moment in _moments(cadence, frame):
        occurrence = window(cadence, frame, moment)
        if occurrence is not None:
            yield occurrence


def _recorded_window(cadence: OnEvent, frame: Frame, event: RecordedEvent) -> Occurrence:
    """Return a window from or to the instant of *event*; days off do not move it."""
    calendar, at = frame.calendar, event.at.astimezone(UTC)
    if cadence.when == "before":
        local = moment_before(calendar.clock.local(at), cadence.within, calendar)
        opens_at, due_at = calendar.clock.instant(local), at
    else:
        opens_at, due_at = at, deadline(at, cadence.within, calendar).due_at
    return Occurrence(
        period=f"{event.kind}-{event.id}",
        opens_at=opens_at,
        due_at=due_at,
        closes_at=frame.mint.closing(due_at, calendar),
        provisional=calendar.clock.date(due_at).toordinal() >= frame.provisional_from,
    )


def _short_window(cadence: OnEvent, frame: Frame, moment: Moment) -> Occurrence | None:
    """Return a window of minutes or hours; it cannot move, so it falls away on a day off."""
    calendar, at = frame.calendar, moment.at
    if not frame.counts(moment.day):
        return None
    if cadence.when == "before":
        window = moment_before(at, cadence.within, calendar), at
    else:
        window = at, moment_after(at, cadence.within, calendar)
    provisional = moment.day >= frame.provisional_from
    return frame.mint.occurrence(moment.key, *window, calendar, provisional=provisional)


def _day_window(cadence: OnEvent, frame: Frame, moment: Moment) -> Occurrence | None:
    """
    Return a window of whole days.

    Before a start it ends the day before it, before an end on its last day; after a start it
    begins on its first day, after an end on the day after.
    """
    within, day = cadence.within, moment.day
    after_day = day + 1 if cadence.event in _ENDS else day
    if cadence.when == "before":
        first, last = day_before(after_day, within, frame.calendar), after_day - 1
        return frame.placed_occurrence(moment.key, Reach(min(first, last), last), last)
    last = max(after_day, day_after(after_day - 1, within, frame.calendar))
    return frame.placed_occurrence(moment.key, Reach(after_day, last), last)


def _moments(cadence: OnEvent, frame: Frame) -> Iterator[Moment]:
    """Yield every event whose window may fall due inside the horizon, ascending."""
    margin = longest_days(cadence.within)
    since, until = frame.since - margin, frame.until + margin
    if cadence.event in {"opening", "closing"}:
        yield from _daily(cadence.event, frame, frame.since - 2 - margin, frame.until + margin)
    elif cadence.event.startswith("term-"):
        yield from _terms(cadence.event, frame)
    else:
        yield from _holidays(cadence.event, frame, since, until)


def _daily(event: str, frame: Frame, since: int, until: int) -> Iterator[Moment]:
    """Yield openings or closings; a site that goes on through midnight neither closes nor opens."""
    spans = frame.calendar.spans
    for day in range(since, until + 1):
        own = spans(day)
        if not own:
            continue
        if event == "opening":
            at, beside = own[0][0], spans(day - 1)
            goes_on = bool(beside) and beside[-1][1] == at
        else:
            at, beside = own[-1][1], spans(day + 1)
            goes_on = bool(beside) and beside[0][0] == at
        if not goes_on:
            yield Moment(f"{event}-{iso(day)}", day, at)


def _terms(event: str, frame: Frame) -> Iterator[Moment]:
    starts = event == "term-start"
    for term in sorted(frame.calendar.site.terms, key=lambda term: term.since):
        day = (term.since if starts else term.until).toordinal()
        whole_day = (day * DAY, (day + 1) * DAY)
        spans = frame.calendar.spans(day) or (whole_day,)
        yield Moment(f"{event}-{iso(day)}", day, spans[0][0] if starts else spans[-1][1])


def _holidays(event: str, frame: Frame, since: int, until: int) -> Iterator[Moment]:
    """Yield the starts or ends of runs of public days off that hold a named holiday."""
    public = frame.calendar.public
    day = since
    while day <= until:
        if public.is_working(day):
            day += 1
            continue
        first, last = public.run(day)
        if any(public.holiday(each) for each in range(first, last + 1)):
            if event == "holiday-start":
                yield Moment(f"{event}-{iso(first)}", first, first * DAY)
            else:
                yield Moment(f"{event}-{iso(last)}", last, (last + 1) * DAY)
        day = last + 1
