"""Hours and rest of a person: the strictest of the house's and of the laws that bind the person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from rules.organisation.model import Person
from rules.text import Text
from scheduler.roster.problem import REFERENCE_WEEKS, Limit, LimitName

# No figures of the Chinese packs: what is usual, as parameters. Rest between shifts stands in none
# of them, and the holiday rules speak of days in a row as advice about holidays only.
REST_HOURS = 11
DAYS_IN_A_ROW = 6
USUAL_LIMITS = (Limit("rest-hours", REST_HOURS), Limit("days-in-a-row", DAYS_IN_A_ROW))

# Under comprehensive working hours the house keeps, on average over the approved period, to the 40
# hours of the standard system and the 36 hours of overtime a month that it allows; a month where no
# period is entered. The approval may say otherwise.
COMPREHENSIVE_WEEK = 48
USUAL_PERIOD_WEEKS = 4

NAMES_OF_LAW: dict[str, LimitName] = {
    "daily-rest": "rest-hours",
    "day-hours": "day-hours",
    "week-hours": "week-hours",
    "week-hours-average": "week-hours-average",
    # Eight hours in each 24 on average, with the weekly day of rest taken out: six days of them.
    "night-hours-average": "week-hours-average",
    "weekly-rest": "weekly-rest",
    "weekly-rest-hours": "weekly-rest-hours",
    "days-in-a-row": "days-in-a-row",
    "nights-in-a-row": "nights-in-a-row",
    "night-shifts": "night-shifts",
}
_OVERTIME_A_DAY, _OVERTIME_A_MONTH = "overtime-day", "overtime-month"
OVERTIME = frozenset({_OVERTIME_A_DAY, _OVERTIME_A_MONTH})
FIGURES = OVERTIME | NAMES_OF_LAW.keys()
_TIMES = {"night-hours-average": 6}
_AT_LEAST = frozenset({"rest-hours", "weekly-rest", "weekly-rest-hours"})
_LONGEST_MONTH = 31


@dataclass(frozen=True)
class LegalFigure:
    """One of `FIGURES` that a mandatory rule sets for a person, under the pack's name for it."""

    name: str
    value: float
    clause: Text


def strictest(
    person: Person, house: Iterable[Limit], legal: Iterable[LegalFigure]
) -> tuple[Limit, ...]:
    """Return the strictest limit of each name that holds for the person, agreed overtime on top."""
    figures = tuple(legal)
    found: dict[LimitName, Limit] = {}
    for limit in (*house, *_agreed(person), *_limits_of_law(figures)):
        known = found.get(limit.name)
        if known is None or _is_stricter(limit, known):
            found[limit.name] = limit
    if "week-hours" in found:
        overtime = agreed_overtime(person.facts, figures)
        found["week-hours"] = replace(found["week-hours"], overtime=overtime)
    return tuple(_over_own_period(person, found[name]) for name in sorted(found))


def agreed_overtime(facts: Mapping[str, Any], figures: Iterable[LegalFigure]) -> float:
    """
    Return the hours of overtime a week that a person agreed to, as far as the law lets them.

    What a month allows is spread so that its longest does not exceed it. How long one day may be is
    a limit of its own (`day-hours`); where the law allows no overtime on any day there is none.
    """
    entered = facts.get("person.overtime_hours")
    hours = float(entered) if isinstance(entered, (int, float)) else 0.0
    for one in figures:
        if one.name == _OVERTIME_A_MONTH:
            hours = min(hours, floor(100 * one.value * 7 / _LONGEST_MONTH) / 100)
        elif one.name == _OVERTIME_A_DAY and one.value == 0:
            hours = 0.0
    return hours


def _limits_of_law(figures: Iterable[LegalFigure]) -> Iterator[Limit]:
    for one in figures:
        if one.name in NAMES_OF_LAW:
            value = one.value * _TIMES.get(one.name, 1)
            yield Limit(NAMES_OF_LAW[one.name], value, one.clause)


def _agreed(person: Person) -> Iterator[Limit]:
    if person.facts.get("person.working_hours_system") == "comprehensive":
        yield Limit("week-hours-average", COMPREHENSIVE_WEEK)


def _over_own_period(person: Person, limit: Limit) -> Limit:
    """Average over the person's own period where one is entered."""
    comprehensive = person.facts.get("person.working_hours_system") == "comprehensive"
    usual = USUAL_PERIOD_WEEKS if comprehensive else REFERENCE_WEEKS
    entered = person.facts.get("person.hours_period_weeks")
    return replace(limit, weeks=int(entered) if isinstance(entered, (int, float)) else usual)


def _is_stricter(limit: Limit, known: Limit) -> bool:
    """Compare two figures; of equal ones that of a law counts, so that its clause is shown."""
    if limit.value == known.value:
        return known.clause is None
    if limit.name in _AT_LEAST:
        return limit.value > known.value
    return limit.value < known.value
