"""The clocks of a finding, computed from its event log and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from inspections.states import FINDING_STEPS, FindingState

# What answers a request for more time, so that nobody is asked any more.
ANSWERS = frozenset({"extended", "extension-refused", "extension-withdrawn"})
# Closing settles it too.
SETTLES_REQUEST = ANSWERS | {"confirmed"}


@dataclass(frozen=True, slots=True)
class LogEvent:
    """
    One entry of the log of a finding.

    Attributes:
        id: Number in the log; of two entries at one instant the higher one came later.
    """

    id: int
    kind: str
    at: datetime
    by: str = ""
    note: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more time that nobody has answered."""

    by: str
    at: datetime
    until: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class FindingClock:
    """
    How a finding stands.

    Attributes:
        first_due_at: The deadline of the rule. Rules may shorten it; no extension moves it.
        due_at: The deadline in force, as last granted.
        extensions: How many times more time was granted since it was opened.
        asked: The request that waits for an answer.
        closed_at: When it was last confirmed; nothing while it is not closed.
    """

    first_due_at: datetime
    due_at: datetime
    state: FindingState = "open"
    extensions: int = 0
    asked: Asked | None = None
    closed_at: datetime | None = None

    def past_plan(self, now: datetime) -> bool:
        """Tell whether the deadline in force has passed and it is not closed."""
        return self.closed_at is None and now > self.due_at

    def past_law(self, now: datetime) -> bool:
        """Tell whether the deadline of the rule has passed, extended or not, and it is open."""
        return self.closed_at is None and now > self.first_due_at

    @property
    def closed_late(self) -> bool:
        """Whether it was closed after the rule's own deadline."""
        return self.closed_at is not None and self.closed_at > self.first_due_at


def clock_of(log: Iterable[LogEvent]) -> FindingClock:
    """
    Return the clock that *log* gives; in which order its entries arrived does not matter.

    Raises:
        ValueError: If the log does not say when and until when it was opened.
    """
    entries = sorted(log, key=lambda entry: (entry.at, entry.id))
    opened = next((entry for entry in entries if entry.kind == "opened"), None)
    if opened is None:
        raise ValueError("The log of a finding begins with its opening; this one has none.")
    due_at = datetime.fromisoformat(opened.data["due_at"])
    clock = FindingClock(due_at, due_at)
    for entry in entries:
        clock = _after(clock, entry)
    return clock


def _after(clock: FindingClock, entry: LogEvent) -> FindingClock:
    if entry.kind == "extension-asked":
        until = datetime.fromisoformat(entry.data["until"])
        return replace(clock, asked=Asked(entry.by, entry.at, until, entry.note))
    if entry.kind in ANSWERS:
        return _answered(clock, entry)
    if entry.kind == "noted" and "due_at" in entry.data:
        until = datetime.fromisoformat(entry.data["due_at"])
        shorter = min(clock.first_due_at, until), min(clock.due_at, until)
        return replace(clock, first_due_at=shorter[0], due_at=shorter[1])
    state = FINDING_STEPS.get((clock.state, entry.kind))
    if state is None:
        return clock
    closed = state == "closed"
    asked = None if closed else clock.asked
    return replace(clock, state=state, asked=asked, closed_at=entry.at if closed else None)


def _answered(clock: FindingClock, entry: LogEvent) -> FindingClock:
    clock = replace(clock, asked=None)
    if entry.kind != "extended":
        return clock
    until = datetime.fromisoformat(entry.data["to"])
    return replace(clock, due_at=until, extensions=clock.extensions + 1)
