"""What a rule demands from a day on: how often, by whom, within which limits, and what follows."""

from typing import Literal

from pydantic import Field

from rules.cadence import Cadence
from rules.checklist import Severity
from rules.days import ClockTime, Day
from rules.durations import Duration
from rules.frozen import Frozen
from rules.reactions import Do
from rules.text import Text


class Window(Frozen):
    """Local clock times at which a dated occurrence opens and falls due; whole days without it."""

    opens: ClockTime | None = None
    due: ClockTime | None = None


class People(Frozen):
    """
    Who may and must do it.

    Attributes:
        count: How many people at once.
        roles: Any one of these roles; empty means any role.
        qualifications: All of these certificates, valid on the day.
        excludes: Who must not be among them: the keeper of the place or asset, its maintainer,
            the rectifier of the finding, the person checked.
    """

    count: int = Field(default=1, ge=1, le=1_000)
    roles: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    excludes: tuple[Literal["keeper", "maintainer", "rectifier", "person-checked"], ...] = ()


class Limit(Frozen):
    """
    A figure that the rule sets, for readings, stocks, staffing or sizes.

    Attributes:
        name: Short English name, unique within the version, for example `sample-weight`.
        operator: How the actual value must stand to `value`.
        value: A number, or `$parameter`.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    operator: Literal["eq", "lt", "lte", "gt", "gte"]
    value: int | float | str
    unit: str


class FollowUp(Frozen):
    """
    A task that a failed item starts, with its limit, for example a repeat reading.

    Attributes:
        repeats: Whether the task is to take the same reading again; it is judged like the first.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    within: Duration
    separate_person: bool = False
    repeats: bool = False


class OnFail(Frozen):
    """
    What a failed item or a reading out of range starts.

    Attributes:
        severity: Overrides the severity of the item.
        deadline: For putting it right, counted from when it was found.
        separate_verifier: Whether the person who confirms must not be the one who put it right.
        default: What happens when a contractor or supplier misses the deadline.
    """

    severity: Severity | None = None
    deadline: Duration
    separate_verifier: bool = True
    follow_ups: tuple[FollowUp, ...] = ()
    default: Text | None = None


class Clock(Frozen):
    """
    A limit on answering, repairing or calling back on a repair ticket.

    Attributes:
        starts: The event that starts the clock.
        stops: The event that stops it.
        category: Only tickets of this category; nothing means all.
        priority: Only tickets of this priority; nothing means all.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    starts: Literal["reported", "completed"]
    stops: Literal["answered", "completed", "called-back", "promised"]
    limit: Duration
    category: str | None = None
    priority: str | None = None


class Gate(Frozen):
    """
    A check without which a person may not be rostered on a day.

    Attributes:
        role: People with this role.
        needs: Rule whose occurrence for the person must be done and passed that day.
    """

    role: str
    needs: str


class Coverage(Frozen):
    """
    Staff on a post at every instant of a span.

    Attributes:
        post: Kind of post (`post.kind`).
        minimum: People present at once.
        within: `all-day` is 24 hours.
    """

    post: str
    minimum: int = Field(ge=1, le=1_000)
    qualifications: tuple[str, ...] = ()
    within: Literal["all-day", "opening-hours", "night"] = "all-day"


class RuleVersion(Frozen):
    """
    What a rule demands from one day until the next version's day.

    Attributes:
        since: First day on which this version applies.
        until: Last day, included, where the rule ended.
        cadence: How often; needed by kinds duty and event.
        days: On which days it counts: `every` calendar day, the site's `opening` days, `working`
            days of the public calendar, or `school` days inside a term.
        day_off: What happens when the due day is not such a day.
        grace: How long after `due_at` a late performance is still taken.
        anchor: `completion` counts the next due date from when it was last done.
        minutes: Usual effort of one person, for the planner.
        scenarios: Scenarios that drills of this rule rotate through.
        rehearses: Checklist of the drills that those of this rule are as well: where both fall on
            one day, one drill serves both; its own checklist if not given.
        announced: Whether a drill or check is known to those checked before it starts.
        retention: How long its records are kept, with `retention_note` for what the law adds.
        then: What a reaction starts, in order.
    """

    since: Day = Field(alias="from")
    until: Day | None = None
    cadence: Cadence | None = None
    days: Literal["every", "opening", "working", "school"] = "every"
    day_off: Literal["keep", "skip", "before", "after"] = "keep"
    window: Window | None = None
    grace: Duration | None = None
    anchor: Literal["fixed", "completion"] = "fixed"
    people: People = People()
    minutes: int = Field(default=15, ge=1, le=10_000)
    checklist: str | None = None
    evidence: tuple[Text, ...] = ()
    retention: Duration | None = None
    retention_note: Text | None = None
    limits: tuple[Limit, ...] = ()
    on_fail: OnFail | None = None
    clocks: tuple[Clock, ...] = ()
    gate: Gate | None = None
    coverage: Coverage | None = None
    scenarios: tuple[Text, ...] = ()
    rehearses: str | None = None
    announced: bool = True
    then: tuple[Do, ...] = ()
