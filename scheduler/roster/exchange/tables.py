"""A group's people, slots and limits as arrays for compiled code; days of the history included."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.exchange.bond_tables import apart_table, beside_table
from scheduler.roster.objective import Fairness
from scheduler.roster.problem import Cells, RosterPerson
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slots
from scheduler.roster.standing import stopped_by

OFF, NO_MATTER, GONE = -1, -2, -3
NO_LIMIT = 1 << 40
_DAY = 1440


class Tables(NamedTuple):
    """
    Slots are numbered, those of the roster first, then those of the history.

    Attributes:
        first: Number of the roster's first day; days before it are history.
        day: [slot] its day.
        since: [slot] in minutes since the epoch, as is `until`.
        minutes: [slot] what counts as working time.
        night: [slot] 1 for a night.
        post: [slot] number of its post.
        need: [slot] people without whom it is uncovered.
        want: [slot] people preferred.
        lack: [slot] cost of each person too few; 0 for a slot that is not the roster's.
        counted: [slot, measure] what it counts for fairness.
        may: [person, slot] 1 where nothing but the rest of the row stands against it.
        locked: [person, day] 1 where the cell stands as it is.
        rest: [person] least minutes between shifts; the next six are limits at most.
        agreed: [person] minutes of a week beyond which overtime by agreement begins.
        week_rest: [person] least minutes in one piece in a week, 0 for none.
        period: [person, number, (first day, last day, minutes)], padded with days that are none.
        week: [day] number of its ISO week, from 0.
        week_span: [week] first and last minute; 0 to 0 where the week is all history.
        threshold: [person, measure, step] of the price of fairness.
        previous: [person, day] slot of the last roster, OFF, NO_MATTER, or GONE if it is no more.
        wish: [person, slot] weight of the wishes that standing it leaves unmet.
        idle: [person, day] the same of a day off.
        apart: [person, number, (other, first day, last day)] who never stand a post together on
            these days, padded with OFF.
        beside: [person, number, (count, first day, last day, others)] sets of which one must stand
            with the person on these days.
    """

    first: int
    day: NDArray[np.int64]
    since: NDArray[np.int64]
    until: NDArray[np.int64]
    minutes: NDArray[np.int64]
    night: NDArray[np.int64]
    post: NDArray[np.int64]
    need: NDArray[np.int64]
    want: NDArray[np.int64]
    lack: NDArray[np.int64]
    counted: NDArray[np.int64]
    may: NDArray[np.bool_]
    locked: NDArray[np.bool_]
    rest: NDArray[np.int64]
    agreed: NDArray[np.int64]
    week_minutes: NDArray[np.int64]
    week_days: NDArray[np.int64]
    run_days: NDArray[np.int64]
    run_nights: NDArray[np.int64]
    nights: NDArray[np.int64]
    week_rest: NDArray[np.int64]
    period: NDArray[np.int64]
    week: NDArray[np.int64]
    week_span: NDArray[np.int64]
    threshold: NDArray[np.int64]
    previous: NDArray[np.int64]
    wish: NDArray[np.int64]
    idle: NDArray[np.int64]
    apart: NDArray[np.int64]
    beside: NDArray[np.int64]


class Numbering:
    """
    Numbers the people, days and slots of a group and turns cells into rows and back.

    Attributes:
        people: In the order of the problem.
        days: From the first of the history on.
        slots: The group's wanted ones, then those of the history.
    """

    def __init__(self, slots: Slots, people: Mapping[str, frozenset[str]]) -> None:
        problem = slots.problem
        posts = frozenset().union(*people.values())
        self.of = slots
        self.people = [person for person in problem.people if person.id in people]
        history = slots.rows(problem.history)
        self.past = {person.id: history[person.id] for person in self.people}
        begins = min([problem.since, *(day for row in self.past.values() for day in row)])
        self.first = (problem.since - begins).days
        self.days = [begins + timedelta(days=n) for n in range(self.first + len(slots.days))]
        self.wanted = [slot for slot in slots.wanted if slot.post in posts]
        stood = {slot for row in self.past.values() for slot in row.values()}
        pinned = {slots.of(*cell, day) for (who, day), cell in problem.pins.items() if cell}
        others = sorted((stood | pinned) - set(self.wanted), key=lambda slot: slot.key)
        self.slots = [*self.wanted, *others]
        self.number = {slot: i for i, slot in enumerate(self.slots)}
        self.by_key = {slot.key: i for i, slot in enumerate(self.wanted)}

    def rows(self, cells: Cells) -> NDArray[np.int64]:
        """Return [person, day] the number of the slot stood, else OFF."""
        rows = np.full((len(self.people), len(self.days)), OFF, dtype=np.int64)
        for p, person in enumerate(self.people):
            for day, slot in self.past[person.id].items():
                rows[p, (day - self.days[0]).days] = self.number[slot]
            for d in range(self.first, len(self.days)):
                cell = cells.get((person.id, self.days[d]))
                if cell is not None:
                    rows[p, d] = self.number[self.of.of(*cell, self.days[d])]
        return rows

    def cells(self, rows: NDArray[np.int64]) -> dict[tuple[str, date], tuple[str, str] | None]:
        """Return the cells of the roster's days."""
        found: dict[tuple[str, date], tuple[str, str] | None] = {}
        for p, person in enumerate(self.people):
            for d in range(self.first, len(self.days)):
                slot = self.slots[rows[p, d]] if rows[p, d] != OFF else None
                found[person.id, self.days[d]] = (slot.post, slot.shift) if slot else None
        return found


def tables(numbering: Numbering, fair: list[Fairness], lack: Mapping[int, int]) -> Tables:
    """Return the arrays; *lack* is the cost of a person too few by the slot's priority."""
    slots, people = numbering.slots, numbering.people
    weeks = {week: i for i, week in enumerate(dict.fromkeys(map(week_of, numbering.days)))}
    measures = list(dict.fromkeys(each.measure for each in fair))
    steps = max((len(each.thresholds) for each in fair), default=1)
    threshold = np.full((len(people), max(1, len(measures)), steps), NO_LIMIT, dtype=np.int64)
    place = {person.id: p for p, person in enumerate(people)}
    posts = list(numbering.of.posts)
    wish, idle = _wishes(numbering, place)
    for each in fair:
        threshold[place[each.person], measures.index(each.measure)] = each.thresholds
    return Tables(
        first=numbering.first,
        day=_figures((slot.day - numbering.days[0]).days for slot in slots),
        since=_figures(slot.since for slot in slots),
        until=_figures(slot.until for slot in slots),
        minutes=_figures(slot.minutes for slot in slots),
        night=_figures(int(slot.is_night) for slot in slots),
        post=_figures(posts.index(slot.post) for slot in slots),
        need=_figures(slot.need for slot in slots),
        want=_figures(slot.want for slot in slots),
        lack=_figures(
            lack[slot.priority] if i < len(numbering.wanted) else 0 for i, slot in enumerate(slots)
        ),
        counted=np.array(
            [[measure(slot) for measure in measures] or [0] for slot in slots], dtype=np.int64
        ).reshape(len(slots), max(1, len(measures))),
        may=_may(numbering),
        locked=_locked(numbering),
        rest=_limits(people, "rest-hours", 60, none=0),
        agreed=_agreed(people),
        week_minutes=_limits(people, "week-hours", 60),
        week_days=7 - _limits(people, "weekly-rest", 1, none=-NO_LIMIT),
        run_days=_limits(people, "days-in-a-row", 1),
        run_nights=_limits(people, "nights-in-a-row", 1),
        nights=_limits(people, "night-shifts", 1),
        week_rest=_limits(people, "weekly-rest-hours", 60, none=0),
        period=_periods(numbering),
        week=_figures(weeks[week_of(day)] for day in numbering.days),
        week_span=_week_spans(numbering, weeks),
        threshold=threshold,
        previous=_previous(numbering),
        wish=wish,
        idle=idle,
        apart=apart_table(numbering.of.problem.bonds, place, numbering.days),
        beside=beside_table(numbering.of.problem.bonds, place, numbering.days),
    )


def _figures(values: object) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def _limits(
    people: list[RosterPerson], name: str, unit: int, *, none: int = NO_LIMIT
) -> NDArray[np.int64]:
    held = [{limit.name: limit.most for limit in person.limits} for person in people]
    return _figures(int(mine[name] * unit) if name in mine else none for mine in held)


def _agreed(people: list[RosterPerson]) -> NDArray[np.int64]:
    held = (next((one.value for one in person.limits if one.overtime), None) for person in people)
    return _figures(NO_LIMIT if value is None else int(value * 60) for value in held)


def _wishes(
    numbering: Numbering, place: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what each cell leaves unmet, and what a day off does."""
    days = {day: d for d, day in enumerate(numbering.days)}
    wish = np.zeros((len(numbering.people), len(numbering.slots)), dtype=np.int64)
    idle = np.zeros((len(numbering.people), len(numbering.days)), dtype=np.int64)
    at_day = [days[slot.day] for slot in numbering.slots]
    for one in numbering.of.problem.wishes:
        if one.person not in place or one.day not in days:
            continue
        p, d = place[one.person], days[one.day]
        idle[p, d] += 0 if one.is_met_by(None) else one.weight
        for s, slot in enumerate(numbering.slots):
            if at_day[s] == d and not one.is_met_by((slot.post, slot.shift)):
                wish[p, s] += one.weight
    return wish, idle


def _may(numbering: Numbering) -> NDArray[np.bool_]:
    may = np.zeros((len(numbering.people), len(numbering.slots)), dtype=np.bool_)
    for p, person in enumerate(numbering.people):
        day_hours = next((one.value for one in person.limits if one.name == "day-hours"), 24)
        for s, slot in enumerate(numbering.wanted):
            if slot.minutes <= day_hours * 60:
                may[p, s] = stopped_by(numbering.of, person, slot) is None
    return may


def _locked(numbering: Numbering) -> NDArray[np.bool_]:
    locked = np.zeros((len(numbering.people), len(numbering.days)), dtype=np.bool_)
    locked[:, : numbering.first] = True
    for p, person in enumerate(numbering.people):
        for d, day in enumerate(numbering.days):
            locked[p, d] |= (person.id, day) in numbering.of.problem.pins
    return locked


def _periods(numbering: Numbering) -> NDArray[np.int64]:
    mine = [numbering.of.spans[person.id].periods for person in numbering.people]
    most = max(1, *(len(periods) for periods in mine)) if mine else 1
    found = np.zeros((len(mine), most, 3), dtype=np.int64)
    found[:, :, 1] = -1
    for p, periods in enumerate(mine):
        for k, each in enumerate(periods):
            first = max(0, (each.first - numbering.days[0]).days)
            found[p, k] = (first, (each.last - numbering.days[0]).days, each.minutes)
    return found


def _week_spans(numbering: Numbering, weeks: Mapping[tuple[int, int], int]) -> NDArray[np.int64]:
    spans = np.zeros((len(weeks), 2), dtype=np.int64)
    asked = next(iter(numbering.of.spans.values())).weeks
    spans[len(weeks) - len(asked) :] = asked
    return spans


def _previous(numbering: Numbering) -> NDArray[np.int64]:
    found = np.full((len(numbering.people), len(numbering.days)), NO_MATTER, dtype=np.int64)
    place = {person.id: p for p, person in enumerate(numbering.people)}
    for (person, day), cell in numbering.of.problem.previous.items():
        d = (day - numbering.days[0]).days
        if person in place and numbering.first <= d < len(numbering.days):
            known = GONE if cell is None else numbering.by_key.get((cell[0], day, cell[1]), GONE)
            found[place[person], d] = OFF if cell is None else known
    return found
