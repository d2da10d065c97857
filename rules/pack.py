"""The shape of a rule pack: instruments, parameters, checklists and rules, each dated and cited."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.cadence import Cadence
from rules.checklist import Checklist, Severity
from rules.conditions import ConditionField
from rules.days import ClockTime, Day
from rules.durations import Duration
from rules.facts import Target
from rules.text import Text

Kind = Literal["duty", "event", "state", "constraint", "coverage", "retention", "permission"]
Grade = Literal["A", "B", "C"]
Precision = Literal["day", "month", "year", "unknown"]
Strength = Literal["mandatory", "recommended"]
Layer = Literal["law", "local", "house"]
Force = Literal[
    "statute",
    "regulation",
    "order",
    "local-law",
    "mandatory-standard",
    "recommended-standard",
    "notice",
    "trial",
    "guide",
    "house",
]

RECOMMENDED_FORCES = frozenset({"recommended-standard", "notice", "trial", "guide"})


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class EffectiveDate(_Frozen):
    """
    When something took effect, and how exactly that is known.

    Attributes:
        on: First day in force; the first of the month or year where only that is known, nothing
            where it is unknown. An unknown date is shown as unknown and never invented.
    """

    on: Day | None = None
    precision: Precision


class Instrument(_Frozen):
    """
    A law, standard, notice or house document that rules cite.

    Attributes:
        force: What kind of text it is; decides the strength of rules that do not state their own.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    number: str | None = None
    issuer: str | None = None
    force: Force
    effective: EffectiveDate
    status: Text
    jurisdiction: str = Field(pattern=r"^[A-Z]{2}(-[A-Za-z]+)*$")


class Source(_Frozen):
    """
    Where a rule comes from.

    Attributes:
        clause: The clause in words of both languages; nothing where its number is not verified,
            and then screens say "clause number unverified".
        grade: A full text read, B a reproduction of the clause read, C from memory.
        unverified: Parts that were not read; shown as such, never as law.
        origin: Where the text was read, or for house rules the document and line.
    """

    instrument: str
    clause: Text | None
    grade: Grade
    unverified: tuple[Text, ...] = ()
    origin: str | None = None


class DatedValue(_Frozen):
    """A parameter's value from one day until the next value's day."""

    since: Day = Field(alias="from")
    value: int | float | str | bool
    source: Source | None = None


class Parameter(_Frozen):
    """A figure that rules refer to as `$id`, with its unit and its values over time."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    unit: str
    values: tuple[DatedValue, ...] = Field(min_length=1)


class Window(_Frozen):
    """Local clock times at which a dated occurrence opens and falls due; whole days without it."""

    opens: ClockTime | None = None
    due: ClockTime | None = None


class People(_Frozen):
    """
    Who may and must do it.

    Attributes:
        count: How many people at once.
        roles: Any one of these roles; empty means any role.
        qualifications: All of these certificates, valid on the day.
        excludes: Who must not be among them: the keeper of the place or asset, its maintainer,
            the rectifier of the finding, the person checked.
    """

    count: int = Field(default=1, ge=1)
    roles: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    excludes: tuple[Literal["keeper", "maintainer", "rectifier", "person-checked"], ...] = ()


class Limit(_Frozen):
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


class FollowUp(_Frozen):
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


class OnFail(_Frozen):
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


class Clock(_Frozen):
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


class Gate(_Frozen):
    """
    A check without which a person may not be rostered on a day.

    Attributes:
        role: People with this role.
        needs: Rule whose occurrence for the person must be done and passed that day.
    """

    role: str
    needs: str


class Coverage(_Frozen):
    """
    Staff on a post at every instant of a span.

    Attributes:
        post: Kind of post (`post.kind`).
        minimum: People present at once.
        within: `all-day` is 24 hours.
    """

    post: str
    minimum: int = Field(ge=1)
    qualifications: tuple[str, ...] = ()
    within: Literal["all-day", "opening-hours", "night"] = "all-day"


class RuleVersion(_Frozen):
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
        announced: Whether a drill or check is known to those checked before it starts.
        retention: How long its records are kept, with `retention_note` for what the law adds.
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
    minutes: int = Field(default=15, ge=1)
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
    announced: bool = True


class Conclusion(_Frozen):
    """A fact that a state rule concludes for its target; it fills unknown facts only."""

    fact: str
    value: bool | int | float | str


class Example(_Frozen):
    """
    A small situation and whether the rule applies in it; `xunjian rules check` runs it.

    Attributes:
        facts: Full fact names and values; facts not named are unknown.
        on: The day of the question; the day of the pack's version if not given.
        applies: True, false, or `may` where a fact is missing to decide.
    """

    name: str = Field(min_length=1)
    facts: dict[str, bool | int | float | str | list[str]]
    on: Day | None = None
    applies: bool | Literal["may"]


class Rule(_Frozen):
    """
    One declared obligation.

    Attributes:
        kind: Only duty and event have a cadence and so make occurrences.
        effective: When the clause took effect.
        strength: Mandatory or recommended; by the instrument's force where not given.
        target: What the duty is bound to, one duty for each that meets `applies`.
        applies: Condition over facts of the target and of what it stands in (an asset's rule may
            test `asset.`, `place.` and `site.` facts).
        concludes: For state rules that define a fact.
        tightens: Rule of a lower layer that this one makes stricter.
        reading: Where the article's own reading is open: the question that the site decides.
        note: What a reader should know; never a condition.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Kind
    title: Text
    domain: str = Field(pattern=r"^[a-z][a-z-]*$")
    source: Source
    effective: EffectiveDate
    strength: Strength | None = None
    target: Target
    applies: ConditionField
    versions: tuple[RuleVersion, ...] = Field(min_length=1)
    concludes: Conclusion | None = None
    tightens: str | None = None
    reading: Text | None = None
    note: Text | None = None
    examples: tuple[Example, ...] = ()


class Pack(_Frozen):
    """
    A versioned file of rules of one layer.

    Attributes:
        version: Day of this version; also the default day of examples.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    layer: Layer
    version: Day
    instruments: tuple[Instrument, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)
