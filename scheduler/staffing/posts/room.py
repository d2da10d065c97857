"""How many shifts one person could stand in a run of days, everything else left aside."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.roster.periods import Spans
from scheduler.roster.problem import LimitName, RosterPerson
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slot

_DAYS_OF_A_WEEK = 7
_EVER = 10**6
# When the person is rested again, and on how many days running there was a shift.
_State = tuple[int, int]


@dataclass(frozen=True)
class Room:
    """
    What one person could stand at the most.

    Attributes:
        minutes: Of working time; nothing where no limit of hours speaks of these days.
    """

    shifts: int
    minutes: int | None


def room(
    person: RosterPerson, slots: Sequence[Slot], days: tuple[date, date], spans: Spans
) -> Room:
    """
    Return the room for *slots*, those that the person may stand from the first to the last of days.

    Rest and runs of days are exact; limits of weeks and of longer periods are added up. Rules that
    are left out can only make it less.
    """
    if not slots:
        return Room(0, None)
    limits = {limit.name: limit.most for limit in person.limits}
    minutes = _minutes(limits, slots, days, spans)
    most = min(_in_a_row(limits, slots), _in_weeks(limits, slots))
    if minutes is not None:
        most = min(most, minutes // max(1, min(slot.minutes for slot in slots)))
    return Room(most, minutes)


def _in_a_row(limits: Mapping[LimitName, float], slots: Iterable[Slot]) -> int:
    """Return the most shifts that leave the rest between them and the days off between runs."""
    rest = int(limits.get("rest-hours", 0) * 60)
    longest = int(limits.get("days-in-a-row", _EVER))
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.day, []).append(slot)
    best: dict[_State, int] = {(0, 0): 0}
    last: date | None = None
    for day, today in sorted(by_day.items()):
        runs_on = last is not None and (day - last).days == 1
        best = _after(best if runs_on else _rested(best), today, rest, longest)
        last = day
    return max(best.values())


def _after(
    best: Mapping[_State, int], today: Iterable[Slot], rest: int, longest: int
) -> dict[_State, int]:
    """Return the best of each state after a day, for everything that may be stood on it."""
    found = _rested(best)
    first = min(slot.since for slot in today)
    for (free, run), count in best.items():
        for slot in today:
            if slot.since >= free and run < longest:
                state = (slot.until + rest, run + 1)
                found[state] = max(found.get(state, 0), count + 1)
    # Who is rested before the day began is as good as rested for ever.
    late: dict[_State, int] = {}
    for (free, run), count in found.items():
        state = (free if free > first else 0, run)
        late[state] = max(late.get(state, 0), count)
    return late


def _rested(best: Mapping[_State, int]) -> dict[_State, int]:
    """Return the states after a day off."""
    found: dict[_State, int] = {}
    for (free, _), count in best.items():
        found[free, 0] = max(found.get((free, 0), 0), count)
    return found


def _in_weeks(limits: Mapping[LimitName, float], slots: Iterable[Slot]) -> int:
    """Return the most days with a shift that leave each week its days of rest."""
    most = _DAYS_OF_A_WEEK - int(limits.get("weekly-rest", 0))
    weeks = Counter(week_of(day) for day in {slot.day for slot in slots})
    return sum(min(days, most) for days in weeks.values())


def _minutes(
    limits: Mapping[LimitName, float],
    slots: Iterable[Slot],
    days: tuple[date, date],
    spans: Spans,
) -> int | None:
    found = [
        period.minutes
        for period in spans.periods
        if period.first <= days[0] and days[1] <= period.last
    ]
    if "week-hours" in limits:
        weeks = {week_of(slot.day) for slot in slots}
        found.append(int(len(weeks) * limits["week-hours"] * 60))
    return min(found, default=None)
