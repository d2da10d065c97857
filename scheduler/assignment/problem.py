"""What the assignment solver is asked and what it answers; plain values, no solver."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from rules.cadence import Weekday
from rules.organisation.model import Certificate, DateSpan
from rules.text import Text

Code = Literal[
    "no-role",
    "no-qualification",
    "excluded",
    "not-working",
    "absent",
    "overlap",
    "capacity",
    "mixed",
]
Span = tuple[datetime, datetime]

MINUTES_OF_A_DAY = 1440


def minute_of(instant: datetime) -> int:
    """Return whole minutes since the epoch."""
    return int(instant.timestamp()) // 60


@dataclass(frozen=True)
class Task:
    """
    One dated occurrence that needs people.

    Attributes:
        day: Local day on which it falls due, and is planned unless `days` allows others.
        minutes: Effort of each of its people.
        people: How many do it together; fewer than that do not cover it.
        roles: Any one of these; empty means any role.
        qualifications: All of these, valid on the day.
        excluded: People who must not do it: keeper, maintainer, rectifier, person checked.
        priority: 0 mandatory by law, 1 recommended by law, 2 of the house.
        days: Further local days of its window on which it may be planned.
        inspection: Target and checklist; tasks that share them may be done by one inspection.
        zone: Places near each other, of which one walk serves what else is alike; the place itself
            where it has no neighbours.
    """

    id: str
    site: str
    place: str
    day: date
    opens_at: datetime
    due_at: datetime
    minutes: int
    people: int = 1
    roles: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()
    priority: int = 0
    rule: str = ""
    days: tuple[date, ...] = ()
    inspection: str = ""
    zone: str = ""

    @cached_property
    def window(self) -> tuple[int, int]:
        """Opening and due instant in minutes since the epoch; never shorter than the effort."""
        due = minute_of(self.due_at)
        return min(minute_of(self.opens_at), due - self.minutes), due

    @cached_property
    def choices(self) -> tuple[date, ...]:
        """Every day on which it may be planned, in order."""
        return tuple(sorted({self.day, *self.days}))

    @property
    def is_timed(self) -> bool:
        """Whether the window is a day or shorter, so that the clock counts and not just the day."""
        return self.window[1] - self.window[0] <= MINUTES_OF_A_DAY


@dataclass(frozen=True)
class Worker:
    """
    A person as the planner sees one.

    Attributes:
        sites: Only tasks at these sites.
        minutes_per_day: Time for tasks on one day; the day is that of the task.
        blocked: Days on which the person must not be planned, for example after a sleepless night.
        presence: Spans on shift by local day; where given it replaces `works`, and tasks with a
            window of a day or less are planned only into these spans.
        prefers: Places that the person would rather check than others; a wish, no rule.
    """

    id: str
    name: Text
    sites: tuple[str, ...]
    roles: tuple[str, ...] = ()
    qualifications: tuple[Certificate, ...] = ()
    absences: tuple[DateSpan, ...] = ()
    minutes_per_day: int = 240
    works: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    blocked: frozenset[date] = frozenset()
    presence: Mapping[date, tuple[Span, ...]] | None = None
    prefers: frozenset[str] = frozenset()

    @cached_property
    def present_minutes(self) -> tuple[tuple[int, int], ...]:
        """All spans on shift in minutes since the epoch, in order."""
        spans = (span for day in (self.presence or {}).values() for span in day)
        return tuple(sorted((minute_of(since), minute_of(until)) for since, until in spans))


@dataclass(frozen=True)
class Titles:
    """
    Names for reasons, by code; a code without a name is shown itself.

    A role and a certificate may have the same code.
    """

    roles: Mapping[str, Text] = field(default_factory=dict)
    certificates: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class AssignmentProblem:
    """
    Tasks, people, and what is already settled.

    Attributes:
        fixed: Task id to person ids; these stand as they are and use up time.
        previous: Task id to person ids of the last plan; kept where the rules still allow it.
        planned_on: Task id to its day in the last plan, for tasks of `fixed` and `previous`; the
            task's `day` where not given.
        titles: For the reasons.
        spent: Minutes of a person on a day that are already worked, by tasks not listed here.
        most_running: On how many days running on which a place is checked the same person should
            be there at most; 0 for any number. A wish, no rule.
        first_day: Nothing is proposed for a day before it; nothing where every day may be.
    """

    tasks: tuple[Task, ...]
    workers: tuple[Worker, ...]
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    planned_on: Mapping[str, date] = field(default_factory=dict)
    titles: Titles = field(default_factory=Titles)
    spent: Mapping[tuple[str, date], int] = field(default_factory=dict)
    most_running: int = 0
    first_day: date | None = None


@dataclass(frozen=True)
class Assigned:
    """
    The people of one task, by id and in order, and why they.

    Attributes:
        day: The day chosen, one of the task's days.
    """

    task: str
    people: tuple[str, ...]
    reason: Text
    day: date


@dataclass(frozen=True)
class Uncovered:
    """
    A task that nobody, or too few, can do.

    Attributes:
        code: The hard rule that stops those who hold role and certificates; `mixed` if several,
            `capacity` also where everyone could come and they are too few.
        reason: How many of the site's people each hard rule stops.
        helps: What would cover it, each proved by trying it on the finished plan.
    """

    task: str
    code: Code
    reason: Text
    helps: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """Prices of tasks, as in `MinutePrices`, where one of the law left undone weighs *law*."""

    law: int
    tasks: Mapping[str, int]


@dataclass(frozen=True)
class Split:
    """
    Two proofs for full days that share tasks, of which one or the other holds for every plan.

    Attributes:
        task: The first of the tasks.
        most: Tasks of the law that a plan leaves undone at most, where `few` holds.
        few: Prices for plans that leave so many undone.
        more: Prices for those that leave more undone.
    """

    task: str
    most: int
    few: Weighed
    more: Weighed


@dataclass(frozen=True)
class MinutePrices:
    """
    What a minute of each person is worth in points, from which a bound is added up.

    Attributes:
        people: By person, over all days.
        days: By person and day, on top of that.
        full: Days of people on which tasks have prices instead of minutes.
        tasks: What a full day is paid for a task: by task, or where it needs several people by
            task, person and day.
        splits: Full days for which other prices prove more.
    """

    people: Mapping[str, int]
    days: Mapping[tuple[str, date], int]
    full: frozenset[tuple[str, date]] = frozenset()
    tasks: Mapping[str, int] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True)
class AssignmentPlan:
    """
    The plan, in the order of the problem's tasks.

    Attributes:
        cut_short: The clock ran out before the step budget, so that a second run may differ.
        points: What it costs (`scheduler.assignment.objective`).
        bound: No plan of the problem costs less, as `prices` prove; nothing where not asked for.
        hopeless: Of these points, those for tasks that nobody may do, whatever else is planned.
        prices: What the bound is added up from.
    """

    assignments: tuple[Assigned, ...]
    uncovered: tuple[Uncovered, ...]
    cut_short: bool = False
    points: int = 0
    bound: int | None = None
    hopeless: int = 0
    prices: MinutePrices | None = None

    @property
    def gap(self) -> float | None:
        """What part of its points another plan could save at most; hopeless tasks left out."""
        if self.bound is None:
            return None
        return (self.points - self.bound) / max(1, self.points - self.hopeless)
