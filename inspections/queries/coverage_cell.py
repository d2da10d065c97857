"""One cell of the coverage map: how one rule stands at one site, by its worst target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.text import Text

CellState = Literal[
    "gap",
    "overdue",
    "missed",
    "late",
    "in_progress",
    "scheduled",
    "done",
    "excused",
    "waiting",
    "may-apply",
]
# Worst first: a cell shows the worst of its targets.
CELL_STATES: tuple[CellState, ...] = (
    "gap",
    "overdue",
    "missed",
    "late",
    "in_progress",
    "scheduled",
    "done",
    "excused",
    "waiting",
    "may-apply",
)
# Why a duty that binds has nothing planned.
NOBODY, NEVER_PLANNED, NO_DATES, NO_ROSTER = "nobody", "never-planned", "no-dates", "no-roster"


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """
    How one duty stands now.

    Attributes:
        gap: Why nothing covers it, where the state is `gap`.
        last_on: Day on which it was last performed, also before this system knew it.
        at: Instant that the state speaks of: the due time missed or overdue.
        next_at: Next due time; `hidden` ones are not told before they open.
        who: People on the next occurrence.
        beyond_plan: Whether the next due day lies after the planned days.
        occurrence: The occurrence to look at.
    """

    duty: int
    state: CellState
    gap: str | None = None
    last_on: date | None = None
    at: datetime | None = None
    next_at: datetime | None = None
    who: tuple[Text, ...] = ()
    missed: int = 0
    hidden: bool = False
    beyond_plan: bool = False
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """
    How a rule stands at a site.

    Attributes:
        site: Key of the site.
        shown: The standing of its worst target, earliest due first.
        targets: How many targets it binds, or may bind.
        worst: How many of them stand as badly.
    """

    rule: str
    site: str
    shown: DutyStanding
    targets: int
    worst: int

    @property
    def state(self) -> CellState:
        """The worst state of its targets."""
        return self.shown.state


def cell_of(rule: str, site: str, standings: Sequence[DutyStanding]) -> Cell:
    """Return the cell of some duties, at least one."""
    state = worst_of(one.state for one in standings)
    alike = [one for one in standings if one.state == state]
    return Cell(rule, site, min(alike, key=_first_due), len(standings), len(alike))


def worst_of(states: Iterable[CellState]) -> CellState:
    """Return the worst of *states*; a question is no state of a rule that binds elsewhere."""
    return min(states, key=CELL_STATES.index)


def _first_due(one: DutyStanding) -> tuple[bool, datetime | None, int]:
    at = one.at or one.next_at
    return (at is None, at, one.duty) if at else (True, None, one.duty)
