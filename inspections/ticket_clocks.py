"""Clocks of a repair ticket, computed from its event log and the rules; each stands for itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from rules.durations import Duration
from rules.pack import Clock
from rules.text import Text
from scheduler.deadlines import deadline
from scheduler.workdays import WorkCalendar

ClockStatus = Literal["waiting", "running", "met", "breached", "superseded"]
# Who repairs the same day need not promise another one, and a repair is an answer.
_ALSO_STOPS: Mapping[str, frozenset[str]] = {
    "promised": frozenset({"completed"}),
    "answered": frozenset({"promised", "completed"}),
}


@dataclass(frozen=True, slots=True)
class TicketEntry:
    """
    One entry of a ticket's log, in order of time.

    Attributes:
        kind: `reported`, `answered`, `promised`, `completed`, `called-back`, `reopened`,
            `reclassified` or `noted`.
        category: The class from here on, of `reported` and `reclassified`.
    """

    kind: str
    at: datetime
    category: str | None = None
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class ClockState:
    """
    One clock now.

    Attributes:
        status: `waiting` until its start event, `superseded` where the ticket's class changed
            before the limit passed.
        starts_at: When it began; later than the report where the class changed to its own later.
        stopped_at: When what it waits for happened.
    """

    id: str
    title: Text
    rule: str
    status: ClockStatus
    starts_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None
    arithmetic: Text | None


@dataclass(frozen=True, slots=True)
class _Class:
    """The ticket's class during a span of its life."""

    since: datetime
    until: datetime | None
    category: str | None
    priority: str | None


def clock_states(
    clocks: Iterable[tuple[str, Clock]],
    log: Iterable[TicketEntry],
    *,
    calendar: WorkCalendar,
    now: datetime,
) -> tuple[ClockState, ...]:
    """
    Return the state of each clock that applies to the ticket, or applied and was breached.

    *clocks* come with the id of their rule. A breach of one clock hides no other.
    """
    entries = tuple(sorted(log, key=lambda entry: entry.at))
    classes = _classes(entries)
    states = (
        _state(rule, clock, span, entries, calendar=calendar, now=now)
        for rule, clock in clocks
        for span in _spans(clock, classes)
    )
    return tuple(state for state in states if state is not None)


def binding_clock(states: Iterable[ClockState]) -> ClockState | None:
    """Return the running clock that ends first: the one to work by."""
    running = [(each.due_at, n, each) for n, each in enumerate(states) if each.due_at]
    running = [entry for entry in running if entry[2].status == "running"]
    return min(running)[2] if running else None


def limit_after(start: datetime, limit: Duration, calendar: WorkCalendar) -> tuple[datetime, Text]:
    """
    Return when *limit* ends and the arithmetic in words.

    Working days end at the clock time at which they began: Friday 16:30 and one working day is
    Monday 16:30.
    """
    found = deadline(start, limit, calendar)
    if limit.unit != "working-day":
        return found.due_at, found.text
    local = start.astimezone(calendar.zone)
    last = found.days[-1].day if found.days else local.date()
    due = datetime.combine(last, local.timetz()).astimezone(UTC)
    at = f" {local:%H:%M}"
    return due, Text(zh=f"{found.text.zh}，{at.strip()} 截止", en=f"{found.text.en}, at{at}")


def _classes(entries: tuple[TicketEntry, ...]) -> tuple[_Class, ...]:
    turns = [entry for entry in entries if entry.kind in {"reported", "reclassified"}]
    ends = [entry.at for entry in turns[1:]]
    return tuple(
        _Class(entry.at, end, entry.category, entry.priority)
        for entry, end in zip(turns, [*ends, None], strict=True)
    )


def _spans(clock: Clock, classes: tuple[_Class, ...]) -> list[tuple[datetime, datetime | None]]:
    """Return the spans of the ticket's life in which *clock* applies, neighbours joined."""
    spans: list[tuple[datetime, datetime | None]] = []
    for each in classes:
        fits_category = clock.category in {None, each.category}
        if not fits_category or clock.priority not in {None, each.priority}:
            continue
        if spans and spans[-1][1] == each.since:
            spans[-1] = (spans[-1][0], each.until)
        else:
            spans.append((each.since, each.until))
    return spans


def _state(  # noqa: PLR0913 (the parts of one computation)
    rule: str,
    clock: Clock,
    span: tuple[datetime, datetime | None],
    entries: tuple[TicketEntry, ...],
    *,
    calendar: WorkCalendar,
    now: datetime,
) -> ClockState | None:
    applies_from, applies_until = span
    begun = _begin(clock, entries)
    if begun is None:
        if applies_until is not None:
            return None
        return ClockState(clock.id, clock.title, rule, "waiting", None, None, None, None)
    start = max(begun, applies_from)
    due_at, text = limit_after(start, clock.limit, calendar)
    stopped = _stop(clock, entries, start)
    status = _status(due_at, stopped, applies_until, now)
    if status == "superseded" and applies_until is not None and start >= applies_until:
        return None
    return ClockState(clock.id, clock.title, rule, status, start, due_at, stopped, text)


def _status(
    due_at: datetime, stopped: datetime | None, applies_until: datetime | None, now: datetime
) -> ClockStatus:
    end = min((at for at in (stopped, applies_until) if at is not None), default=None)
    if end is None:
        return "breached" if now > due_at else "running"
    if end > due_at:
        return "breached"
    return "met" if stopped is not None and end == stopped else "superseded"


def _begin(clock: Clock, entries: tuple[TicketEntry, ...]) -> datetime | None:
    """Return when the start event last happened: a reopened ticket begins its repair anew."""
    kinds = {"reported", "reopened"} if clock.starts == "reported" else {clock.starts}
    if clock.stops == "answered":
        kinds -= {"reopened"}
    times = [entry.at for entry in entries if entry.kind in kinds]
    return times[-1] if times else None


def _stop(clock: Clock, entries: tuple[TicketEntry, ...], start: datetime) -> datetime | None:
    kinds = {clock.stops} | _ALSO_STOPS.get(clock.stops, frozenset())
    # What happened before the class changed counts too: an answered ticket stays answered.
    begun = _begin(clock, entries) or start
    times = (entry.at for entry in entries if entry.kind in kinds and entry.at >= begun)
    first = next(times, None)
    return None if first is None else max(first, start)
