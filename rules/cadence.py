"""Cadences: how often a duty falls due. What each means on a calendar is the scheduler's part."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from rules.days import ClockTime, Day
from rules.durations import Duration
from rules.frozen import Frozen

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Period = Literal["week", "half-month", "month", "quarter", "half-year", "year", "term"]


class TimeSpan(Frozen):
    """Part of a day on the local clock; an `until` at or before `since` lies on the next day."""

    since: ClockTime
    until: ClockTime


class Interval(Frozen):
    """
    At least every N minutes or hours (a maximum gap) while a span lasts.

    Attributes:
        within: `opening-hours` of the site, `all-day` (24 hours), `night` (site's night span),
            or a span of the local clock; the span may cross midnight.
    """

    type: Literal["interval"]
    every: int = Field(ge=1, le=10_000)
    unit: Literal["minute", "hour"]
    within: Literal["opening-hours", "all-day", "night"] | TimeSpan = "opening-hours"


class TimesADay(Frozen):
    """N times a day: in the given spans, else in N equal parts of the opening hours."""

    type: Literal["times-a-day"]
    times: int = Field(ge=1, le=48)
    spans: tuple[TimeSpan, ...] = ()


class OnDay(Frozen):
    """
    The day inside a period on which a periodic duty falls due; without it, the period's last day.

    Attributes:
        weekday: Day of the week; with `nth`, the nth such day of the month (-1 is the last).
        day: Day of the month, 1..31 (a shorter month ends earlier) or -1 for the last.
        month: Month within the period, from 1: 4 in a year is April, 2 in a quarter its second.
    """

    weekday: Weekday | None = None
    nth: Literal[1, 2, 3, 4, 5, -1] | None = None
    day: int | None = Field(default=None, ge=-1, le=31)
    month: int | None = Field(default=None, ge=1, le=12)


class Periodic(Frozen):
    """
    Once in every N calendar periods: the window is the period, the due day its last or `on`.

    Attributes:
        unit: Periods are those of the calendar (ISO weeks, calendar months, quarters from January).
        phase_on: A day inside the first period counted; needed only where every is above 1.
    """

    type: Literal["periodic"]
    every: int = Field(default=1, ge=1, le=1_000)
    unit: Literal["day", "week", "half-month", "month", "quarter", "half-year", "year"]
    on: OnDay | None = None
    phase_on: Day | None = None


class MaxGap(Frozen):
    """At most N days between two performances; counts from the start or the last completion."""

    type: Literal["max-gap"]
    days: int = Field(ge=1, le=10_000)


class Count(Frozen):
    """N times in each period, at least `min_gap_days` apart; due dates are spread evenly."""

    type: Literal["count"]
    times: int = Field(ge=1, le=1_000)
    per: Period
    min_gap_days: int = Field(default=0, ge=0, le=1_000)


class PerMeal(Frozen):
    """
    Once for each meal that the site serves.

    Attributes:
        meals: Only these meals; empty means every meal served.
        opens_before: How long before the meal the window opens.
        due_after: How long after the start of the meal it falls due.
    """

    type: Literal["meal"]
    meals: tuple[Literal["breakfast", "lunch", "dinner", "snack"], ...] = ()
    opens_before: Duration = Duration(amount=60, unit="minute")
    due_after: Duration = Duration(amount=60, unit="minute")


class PerTerm(Frozen):
    """
    N times in each school term.

    Attributes:
        when: Within `within_days` of the term's start, before its end, or spread over the term.
    """

    type: Literal["term"]
    times: int = Field(default=1, ge=1, le=366)
    when: Literal["start", "end", "spread"] = "spread"
    within_days: int = Field(default=14, ge=1, le=366)


class RandomDraw(Frozen):
    """N days drawn by a seed in each period; hidden from the person checked until they open."""

    type: Literal["random"]
    times: int = Field(ge=1, le=366)
    per: Period


class OnEvent(Frozen):
    """
    Before, at or after each event of a kind.

    Attributes:
        event: `opening`, `closing`, `term-start`, `term-end`, `holiday-start`, `holiday-end`, or a
            kind of event that the organisation records, for example `weather-warning`.
        within: The window's length, before or after the event; `immediately` after it leaves a
            day to record what was done, since laws that say "at once" name no figure.
    """

    type: Literal["event"]
    event: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    when: Literal["before", "after"] = "after"
    within: Duration


Cadence = Annotated[
    Interval | TimesADay | Periodic | MaxGap | Count | PerMeal | PerTerm | RandomDraw | OnEvent,
    Field(discriminator="type"),
]
