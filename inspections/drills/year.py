"""What a year of drills looks like to whoever looks: required, planned, done, missed, by site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from inspections.drills.required import Required
from inspections.drills.settings import DrillSettings
from inspections.models import DrillReportRow, DrillRow
from inspections.states import OccurrenceState
from rules.text import Text

WindowState = Literal["done", "late", "missed", "excused", "cancelled", "planned", "open", "past"]
REPORT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Served:
    """
    A duty that a drill serves in a period.

    Attributes:
        state: Of its occurrence; nothing where its days are not planned yet.
        occurrence: Row id of that occurrence.
    """

    wanted: Required
    state: str | None
    occurrence: int | None


@dataclass(frozen=True)
class DrillView:
    """
    One drill as pages show it.

    Attributes:
        sites: Keys of the sites that take part, the leading one first.
        starts_at: In UTC, as `ends_at`.
        state: `proposed`, `scheduled`, `in_progress` (it started, its report is due), `done`,
            `late`, `missed` (its windows closed without a report), `excused` or `cancelled`.
        report_due_at: Until when its report is to be handed in.
        leader: Key of the warden who leads it, with the name.
        avoids: Why its day is less good than others.
        can_move: Whether it has not begun.
        moved: Whether the last move can be taken back.
        present: People who took part, of those expected, once reported; `seconds` likewise.
        shortcomings: How many its report names.
    """

    id: int
    site: str
    site_name: Text
    sites: tuple[str, ...]
    kind: str
    title: Text
    on: date
    starts_at: datetime
    ends_at: datetime
    minutes: int
    state: OccurrenceState
    hidden: bool
    pinned: bool
    leader: str | None
    leader_name: Text | None
    scenario: Text | None
    shift: Text | None
    building: Text | None
    serves: tuple[Served, ...]
    avoids: tuple[Text, ...]
    report_due_at: datetime
    reported: bool
    can_move: bool
    moved: bool
    note: str | None
    present: int | None = None
    expected: int | None = None
    seconds: int | None = None
    shortcomings: int = 0

    @property
    def scheduled_or_done(self) -> bool:
        """Whether it counts as planned: published, and not cancelled or missed."""
        return self.state in {"scheduled", "in_progress", "done", "late", "excused"}


@dataclass(frozen=True)
class Window:
    """
    The days in which a duty asks for a drill, both included.

    Attributes:
        state: `planned` where a drill serves it, `open` where none does, `past` where its days
            were over before anybody could plan.
        drill: Row id of the drill that serves it, as far as the viewer may know.
    """

    wanted: Required
    since: date
    until: date
    state: WindowState
    drill: int | None


@dataclass(frozen=True)
class KindYear:
    """
    A kind of drill at a site over the year.

    Attributes:
        required: How many drills duties ask for; one drill may serve several of them.
        least: How many drills serve them all at best known: those of its most frequent duty.
        planned: Drills of it that stand, held or not; `proposed` ones apart.
        missed: Windows that closed without one; `excused` likewise.
    """

    kind: str
    title: Text
    required: int
    least: int
    planned: int
    proposed: int
    done: int
    late: int
    missed: int
    excused: int
    windows: tuple[Window, ...]
    drills: tuple[int, ...]


@dataclass(frozen=True)
class ClosedSpan:
    """Days without drills, or (`avoided`) better without, both ends included."""

    since: date
    until: date
    text: Text
    avoided: bool


@dataclass(frozen=True)
class SiteYear:
    """A site over the year."""

    key: str
    name: Text
    kinds: tuple[KindYear, ...]
    closed: tuple[ClosedSpan, ...]
    idle: tuple[Text, ...]


@dataclass(frozen=True)
class Missing:
    """A drill that duties ask for and that no day was found for."""

    wanted: Required
    site_name: Text
    reason: Text
    proved: bool


@dataclass(frozen=True)
class DrillYear:
    """
    The drills of an organisation in a year, as one viewer may see them.

    Attributes:
        today: On the organisation's clock.
        can_plan: Whether the viewer plans drills.
        revision: Of what was seen; steps name it so that nobody changes what they have not seen.
        planned_duties: Whether any duty asks for drills; otherwise the organisation is to be
            planned first.
    """

    organisation: str
    year: int
    today: date
    can_plan: bool
    revision: int
    settings: DrillSettings
    sites: tuple[SiteYear, ...]
    drills: tuple[DrillView, ...]
    missing: tuple[Missing, ...]
    proposed_at: datetime | None
    published_at: datetime | None
    planned_duties: bool

    def count(self, *states: OccurrenceState) -> int:
        """Count the drills in these states."""
        return sum(drill.state in states for drill in self.drills)

    def of(self, drill: int) -> DrillView | None:
        """Return one drill; nothing where there is none, or the viewer may not know of it."""
        return next((one for one in self.drills if one.id == drill), None)


def drill_state(
    drill: DrillRow,
    report: DrillReportRow | None,
    served: Sequence[Served],
    *,
    now: datetime,
) -> OccurrenceState:
    """Return the state of a drill as of *now*."""
    if drill.state in {"proposed", "cancelled"}:
        return "proposed" if drill.state == "proposed" else "cancelled"
    states = {one.state for one in served if one.state is not None}
    if report is not None:
        on_time = any(report.started_at <= one.wanted.due_at for one in served)
        return "done" if on_time or not served else "late"
    if states and states <= {"done", "late"}:
        return "late" if "late" in states else "done"
    if states and states <= {"excused", "cancelled"}:
        return "excused"
    if served and all(one.wanted.closes_at < now for one in served):
        return "missed"
    return "in_progress" if drill.starts_at <= now else "scheduled"


def window_state(
    wanted: Required, state: str | None, drill: DrillView | None, *, today: date
) -> WindowState:
    """Return how things stand with a window."""
    match state:
        case "done" | "late" | "missed" | "excused" | "cancelled":
            return state
        case _:
            if drill is not None and drill.state in {"done", "late"}:
                return "done" if drill.state == "done" else "late"
            if drill is not None and drill.state == "missed":
                return "missed"
    if drill is not None and drill.scheduled_or_done:
        return "planned"
    if wanted.until < today:
        return "past" if state is None else "missed"
    return "open"


def closed_spans(notes: Mapping[date, Sequence[tuple[Text, bool]]]) -> tuple[ClosedSpan, ...]:
    """Return runs of days that share a reason; *notes* tell text and whether it only advises."""
    found: list[ClosedSpan] = []
    running: dict[tuple[str, bool], ClosedSpan] = {}
    for day in sorted(notes):
        for text, avoided in notes[day]:
            key = (text.zh, avoided)
            before = running.get(key)
            if before is not None and before.until + timedelta(days=1) == day:
                running[key] = ClosedSpan(before.since, day, text, avoided)
                continue
            if before is not None:
                found.append(before)
            running[key] = ClosedSpan(day, day, text, avoided)
    return tuple(sorted([*found, *running.values()], key=lambda one: (one.since, one.until)))


def count_windows(windows: Iterable[Window], state: WindowState) -> int:
    """Count the windows in a state."""
    return sum(window.state == state for window in windows)
