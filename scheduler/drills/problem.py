"""What the drill planner is asked and what it answers; plain values, no solver."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.text import Text

Fault = Literal["not-on-this-day", "outside-window", "too-close", "leader-away", "not-placed"]


@dataclass(frozen=True)
class DrillWanted:
    """
    A drill that a duty asks for in a period.

    Attributes:
        id: Of the occurrence, for example `duty-7/2026-Q3`.
        series: Of the duty; two drills of a series never fall on one day.
        kind: What is drilled; drills of a kind on one day are one event that serves them all.
        since: First day of the window, included.
        until: Last day of the window, included.
        min_gap_days: Days between two drills of the series, at least.
        priority: 0 demanded by law, 1 recommended by law, 2 of the house.
        announced: Whether people are told before; otherwise the day is drawn.
        pinned_on: The day somebody settled, or on which it was held.
        planned_on: The day of the last plan; kept unless something better outweighs it.
        wished_on: Where an even spread would put it.
        clause: The rule's source, for reasons.
    """

    id: str
    series: str
    kind: str
    title: Text
    since: date
    until: date
    min_gap_days: int = 0
    priority: Literal[0, 1, 2] = 0
    announced: bool = True
    pinned_on: date | None = None
    planned_on: date | None = None
    wished_on: date | None = None
    clause: Text | None = None


@dataclass(frozen=True)
class DayNote:
    """
    Why a day is no good for a drill, or less good than others.

    Attributes:
        weight: What drilling on it costs, above 0; nothing where no drill may be held at all.
    """

    text: Text
    weight: int | None = None


@dataclass(frozen=True)
class Leader:
    """
    A warden who is to lead a drill once in the horizon.

    Attributes:
        away: Days on which the warden cannot.
        led: Drills led in the horizon so far.
    """

    id: str
    name: Text
    away: frozenset[date] = frozenset()
    led: int = 0


@dataclass(frozen=True)
class Rotation:
    """
    What drills of a kind take in turns: scenarios, shifts or buildings.

    Attributes:
        past: How often each was taken in the horizon so far.
    """

    options: tuple[str, ...]
    past: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteDrills:
    """
    The drills of one site over a horizon.

    Attributes:
        notes: By day; a day without a note is good.
        rotations: By kind, then by what is rotated, for example `scenario`.
        last: Latest day before the horizon on which each series was drilled.
    """

    site: str
    since: date
    until: date
    wanted: tuple[DrillWanted, ...]
    notes: Mapping[date, tuple[DayNote, ...]] = field(default_factory=dict)
    leaders: tuple[Leader, ...] = ()
    rotations: Mapping[str, Mapping[str, Rotation]] = field(default_factory=dict)
    last: Mapping[str, date] = field(default_factory=dict)

    def gap(self, series: str) -> int:
        """Return how many days apart drills of a series are at least."""
        return max(1, *(one.min_gap_days for one in self.wanted if one.series == series))

    def is_open(self, day: date) -> bool:
        """Tell whether a drill may be held on *day*."""
        return all(note.weight is not None for note in self.notes.get(day, ()))

    def cost(self, day: date) -> int:
        """Return what drilling on *day* costs."""
        return sum(note.weight or 0 for note in self.notes.get(day, ()))


@dataclass(frozen=True)
class DrillEvent:
    """
    One rehearsal and every duty that it serves.

    Attributes:
        serves: Ids of the drills wanted.
        takes: What it takes of each rotation, for example scenario to `pipe-leak`.
        drawn: Whether the day was drawn, so that only its planners may see it before.
        avoids: Why its day is less good than others; empty on a good day.
    """

    day: date
    kind: str
    serves: tuple[str, ...]
    leader: str | None = None
    takes: Mapping[str, str] = field(default_factory=dict)
    drawn: bool = False
    avoids: tuple[Text, ...] = ()


@dataclass(frozen=True)
class DrillMissing:
    """
    A drill for which the horizon has no day.

    Attributes:
        proved: Whether it was shown that no plan holds more; otherwise time ran out.
    """

    id: str
    reason: Text
    proved: bool


@dataclass(frozen=True)
class DrillFault:
    """
    A rule that a plan, or a move in it, breaks.

    Attributes:
        id: Of the drill wanted.
    """

    id: str
    fault: Fault
    text: Text


@dataclass(frozen=True)
class DrillPlan:
    """
    The events of one site by day, and what has none.

    Attributes:
        idle_leaders: Wardens who lead no drill.
        optimal: Whether no plan is better, by the order of aims in docs/adr/0030.
    """

    site: str
    events: tuple[DrillEvent, ...]
    missing: tuple[DrillMissing, ...]
    idle_leaders: tuple[str, ...]
    optimal: bool
