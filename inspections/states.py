"""States of occurrences and findings, computed from windows and event logs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.text import Text

OccurrenceState = Literal[
    "proposed", "scheduled", "in_progress", "done", "late", "missed", "excused", "cancelled"
]
OccurrenceEvent = Literal[
    "started",
    "performed",
    "made-up",
    "missed",
    "recovered",
    "excused",
    "cancelled",
    "rescheduled",
    "moved",
    "explained",
    "signed",
    "reported",
    "report-withdrawn",
]
FindingState = Literal["open", "in_progress", "awaiting_verification", "closed"]
FindingEvent = Literal[
    "opened",
    "assigned",
    "started",
    "submitted",
    "confirmed",
    "rejected",
    "reopened",
    "extension-asked",
    "extended",
    "extension-refused",
    "extension-withdrawn",
    "escalated",
    "known-until",
    "chased",
    "noted",
]

STATE_NAMES: dict[str, Text] = {
    "proposed": Text(zh="提议", en="proposed"),
    "scheduled": Text(zh="应检", en="scheduled"),
    "in_progress": Text(zh="进行", en="in progress"),
    "done": Text(zh="完成", en="done"),
    "late": Text(zh="逾期完成", en="late"),
    "missed": Text(zh="漏检", en="missed"),
    "excused": Text(zh="豁免", en="excused"),
    "cancelled": Text(zh="取消", en="cancelled"),
}
FINDING_STATE_NAMES: dict[str, Text] = {
    "open": Text(zh="待整改", en="open"),
    "in_progress": Text(zh="整改中", en="in progress"),
    "awaiting_verification": Text(zh="待复查", en="awaiting verification"),
    "closed": Text(zh="已闭环", en="closed"),
}
FINDING_STEPS: dict[tuple[FindingState, str], FindingState] = {
    ("open", "started"): "in_progress",
    ("in_progress", "submitted"): "awaiting_verification",
    ("awaiting_verification", "confirmed"): "closed",
    ("awaiting_verification", "rejected"): "open",
    ("closed", "reopened"): "open",
}


@dataclass(frozen=True, slots=True)
class Window:
    """When an occurrence may be performed; all three instants belong to it."""

    opens_at: datetime
    due_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of an event log; `at` is when it happened, not when it was written."""

    kind: str
    at: datetime


def occurrence_state(window: Window, log: Iterable[Happening]) -> OccurrenceState:
    """
    Return the state that *log* gives; the order of entries with different kinds does not matter.

    Performing inside the window wins over everything that was written meanwhile without knowing
    of it. A performance outside the window counts for nothing: missed never turns green.
    """
    entries = tuple(log)
    performed = performed_at(window, entries)
    if performed is not None:
        return "done" if performed <= window.due_at else "late"
    kinds = {entry.kind for entry in entries}
    if "excused" in kinds:
        return "excused"
    if "missed" in kinds:
        return "missed"
    if _is_cancelled(entries):
        return "cancelled"
    return "in_progress" if "started" in kinds else "scheduled"


def performed_at(window: Window, log: Iterable[Happening]) -> datetime | None:
    """Return when it was first performed inside the window; nothing if it was not."""
    inside = (
        entry.at
        for entry in log
        if entry.kind == "performed" and window.opens_at <= entry.at <= window.closes_at
    )
    return min(inside, default=None)


def is_past_the_law(window: Window, state: str, *, now: datetime) -> bool:
    """Tell whether the due instant has passed with nothing performed."""
    return state in {"scheduled", "in_progress"} and now > window.due_at


def finding_state(log: Iterable[Happening]) -> FindingState:
    """Return the state after the steps of *log*, in its order; other entries change nothing."""
    state: FindingState = "open"
    for entry in log:
        state = FINDING_STEPS.get((state, entry.kind), state)
    return state


def is_overdue(state: str, *, due_at: datetime, now: datetime) -> bool:
    """Tell whether a finding is overdue: not closed after its last day."""
    return state != "closed" and now > due_at


def _is_cancelled(entries: tuple[Happening, ...]) -> bool:
    """Tell whether the duty ended and did not bind again; of two at once the later entry wins."""
    turns = [entry for entry in entries if entry.kind in {"cancelled", "rescheduled"}]
    return bool(turns) and max(enumerate(turns), key=_by_time)[1].kind == "cancelled"


def _by_time(numbered: tuple[int, Happening]) -> tuple[datetime, int]:
    return numbered[1].at, numbered[0]
