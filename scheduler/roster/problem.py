"""What the roster solver is asked and what it answers; plain values, no solver."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.assignment.problem import Titles

Cell = tuple[str, str]
Cells = Mapping[tuple[str, date], Cell | None]
LimitName = Literal[
    "rest-hours",
    "day-hours",
    "week-hours",
    "week-hours-average",
    "weekly-rest",
    "weekly-rest-hours",
    "days-in-a-row",
    "nights-in-a-row",
    "night-shifts",
]
Status = Literal["solved", "best-found", "infeasible"]
# Four months, over which hours are averaged where nothing says otherwise.
REFERENCE_WEEKS = 17


@dataclass(frozen=True)
class Limit:
    """
    A figure that holds for one person's shifts, and where it comes from.

    Attributes:
        value: At least so many `rest-hours` between shifts, days of `weekly-rest` in an ISO week
            and `weekly-rest-hours` in one piece within it; at most so many of the others;
            `night-shifts` over the whole roster.
        clause: Nothing for a figure of the house.
        weeks: How many weeks a `week-hours-average` is taken over, at most.
        overtime: Hours beyond `week-hours` that the person agreed to, used as little as can be.
    """

    name: LimitName
    value: float
    clause: Text | None = None
    weeks: int = REFERENCE_WEEKS
    overtime: float = 0

    @property
    def most(self) -> float:
        """What may be reached, overtime by agreement included."""
        return self.value + self.overtime


@dataclass(frozen=True)
class Absence:
    """A span in which the person is away; aware instants, the end excluded."""

    since: datetime
    until: datetime
    reason: Text


@dataclass(frozen=True)
class RosterPerson:
    """
    Someone who may stand shifts.

    Attributes:
        blocked: Days on which no shift may start, with why, for example after a sleepless night.
        limits: Hours and rest that hold for this person, one of each name.
    """

    id: str
    name: Text
    sites: tuple[str, ...]
    roles: tuple[str, ...] = ()
    qualifications: tuple[Certificate, ...] = ()
    absences: tuple[Absence, ...] = ()
    blocked: Mapping[date, Text] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class RosterShift:
    """
    A span of the local clock with its people; an `until` at or before `since` is next day.

    Attributes:
        minimum: People without whom the shift is uncovered.
        working_minutes: What counts against limits on hours; the whole span if not given.
        preferred: People who should stand it where that costs no cover; the minimum if not given.
        maximum: Never more than these; as many as preferred if not given.
    """

    code: str
    name: Text
    since: time
    until: time
    minimum: int = 1
    working_minutes: int | None = None
    preferred: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class PostCoverage:
    """
    People that a rule wants on the post at every instant of some spans.

    Attributes:
        qualifications: All of these, held by each of them.
        spans: Aware instants, ends excluded.
        clause: The rule's source.
        raises: Whether each shift that overlaps a span needs so many people for it, as while a
            weather warning holds.
    """

    minimum: int
    spans: tuple[tuple[datetime, datetime], ...]
    qualifications: tuple[str, ...] = ()
    clause: Text | None = None
    raises: bool = False


@dataclass(frozen=True)
class RosterPost:
    """
    A place to be staffed.

    Attributes:
        roles: Any one of these; empty means any role.
        qualifications: All of these, valid for the whole shift.
        priority: 0 demanded by law, 1 recommended by law, 2 of the house.
        days: Days on which its shifts start; nothing means every day.
    """

    id: str
    site: str
    name: Text
    shifts: tuple[RosterShift, ...]
    roles: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    priority: int = 2
    days: frozenset[date] | None = None
    coverage: tuple[PostCoverage, ...] = ()


@dataclass(frozen=True)
class Bond:
    """
    Who stands a post only together, or never together.

    Attributes:
        kind: `apart`: no two of the people stand the same post at the same time. `with`: the first
            stands only shifts that one of the others stands too.
        reason: For people; nothing where none is given.
        since: First day on which it holds, of shifts that start then; nothing: always did.
        until: Last day, included; nothing without end.
    """

    kind: Literal["apart", "with"]
    people: tuple[str, ...]
    reason: Text | None = None
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it binds shifts that start on the day; of two shifts both days count."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True)
class Wish:
    """
    What a person would like on a day, or with `unwanted` would rather not.

    Attributes:
        cell: The shift, or nothing for a day off.
        weight: 1 to 9; how much it counts against other wishes.
        unwanted: Anything but the cell meets it.
    """

    person: str
    day: date
    cell: Cell | None = None
    weight: int = 1
    unwanted: bool = False

    def is_met_by(self, cell: Cell | None) -> bool:
        """Tell whether what the person does that day meets it; nothing is a day off."""
        return (cell == self.cell) != self.unwanted


@dataclass(frozen=True)
class RosterProblem:
    """
    Posts and people over a run of days.

    Attributes:
        since: First day whose shifts are planned.
        until: Last day, included.
        history: Shifts stood before `since`; they count for rest, weeks and runs.
        pins: Cells that stand as they are; nothing in a cell is a day off.
        previous: The last roster; changed as little as the rest allows.
        holidays: Public holidays, shared evenly as nights and weekends are.
        titles: For the reasons.
        bonds: Pairings and separations; hard.
        wishes: Met where nothing else is worse for it.
    """

    since: date
    until: date
    time_zone: str
    posts: tuple[RosterPost, ...]
    people: tuple[RosterPerson, ...]
    history: Cells = field(default_factory=dict)
    pins: Cells = field(default_factory=dict)
    previous: Cells = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    titles: Titles = field(default_factory=Titles)
    bonds: tuple[Bond, ...] = ()
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True)
class RosterUncovered:
    """
    A shift with too few people.

    Attributes:
        reason: How many people each rule stops, with the clause of legal limits.
        helps: What would fill one place, each proved on the finished roster.
    """

    post: str
    day: date
    shift: str
    missing: int
    reason: Text
    helps: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Roster:
    """
    Who stands where.

    Attributes:
        cells: (person, day) to (post, shift), or nothing for a day off; every day of everyone.
        status: `infeasible` where pins break hard rules; then only the pins are set.
        clashes: The hard rules that the pins break.
        cut_short: The clock ran out before the step budget, so that a second run may differ.
        trace: Seconds from the start, and how many places were empty then.
    """

    cells: Cells
    uncovered: tuple[RosterUncovered, ...]
    status: Status
    clashes: tuple[Text, ...] = ()
    cut_short: bool = False
    trace: tuple[tuple[float, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Gap:
    """
    A span in which a post has too few people.

    Attributes:
        since: Aware instant, in the roster's time zone.
        until: Aware instant, excluded.
        text: Post, local date and clock times, and how many are missing.
    """

    post: str
    since: datetime
    until: datetime
    missing: int
    text: Text
