"""One person's shifts in a row against their limits: rest, hours, days off, nights."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.roster.problem import Limit, LimitName, RosterPerson
from scheduler.roster.slots import Slot, in_order

Row = Mapping[date, Slot]
_FARTHEST_DAYS = 8


@dataclass(frozen=True)
class RowFault:
    """A limit broken by the shift of a day; `overlap` where two shifts meet."""

    code: LimitName | str
    day: date
    limit: Limit | None = None


def row_faults(person: RosterPerson, row: Row) -> list[RowFault]:
    """Return every limit that the row breaks."""
    slots = in_order(row.values())
    found = list(_overlaps(slots))
    for limit in person.limits:
        found += _CHECKS[limit.name](slots, limit)
    return found


def fault_of_adding(person: RosterPerson, row: Row, slot: Slot) -> RowFault | None:
    """Return the first limit that one more slot would break, and the row does not yet, if any."""
    if slot.day in row:
        return RowFault("overlap", slot.day)
    run = max([_FARTHEST_DAYS, *(int(limit.value) + 1 for limit in _runs(person))])
    near = {day: each for day, each in row.items() if abs((day - slot.day).days) <= run}
    if any(limit.name == "night-shifts" for limit in person.limits):
        near = dict(row)
    found = row_faults(person, {**near, slot.day: slot})
    before = set(row_faults(person, near)) if found else set()
    return next((fault for fault in found if fault not in before), None)


def _runs(person: RosterPerson) -> Iterator[Limit]:
    return (limit for limit in person.limits if limit.name.endswith("-in-a-row"))


def week_of(day: date) -> tuple[int, int]:
    """Return the ISO year and week."""
    iso = day.isocalendar()
    return (iso.year, iso.week)


def _overlaps(slots: list[Slot]) -> Iterator[RowFault]:
    for before, after in pairwise(slots):
        if after.since < before.until:
            yield RowFault("overlap", after.day)


def _rest(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    for before, after in pairwise(slots):
        if 0 <= after.since - before.until < limit.value * 60:
            yield RowFault("rest-hours", after.day, limit)


def _day_hours(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    for slot in slots:
        if slot.minutes > limit.value * 60:
            yield RowFault("day-hours", slot.day, limit)


def _week_hours(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    minutes: Counter[tuple[int, int]] = Counter()
    for slot in slots:
        minutes[week_of(slot.day)] += slot.minutes
        if minutes[week_of(slot.day)] > limit.value * 60:
            yield RowFault("week-hours", slot.day, limit)


def _weekly_rest(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    worked: Counter[tuple[int, int]] = Counter()
    for slot in slots:
        worked[week_of(slot.day)] += 1
        if worked[week_of(slot.day)] > 7 - limit.value:
            yield RowFault("weekly-rest", slot.day, limit)


def _days_in_a_row(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    yield from _run([slot.day for slot in slots], limit)


def _nights_in_a_row(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    yield from _run([slot.day for slot in slots if slot.is_night], limit)


def _run(days: list[date], limit: Limit) -> Iterator[RowFault]:
    length, last = 0, None
    for day in days:
        length = length + 1 if last is not None and day - last == timedelta(days=1) else 1
        last = day
        if length > limit.value:
            yield RowFault(limit.name, day, limit)


def _night_shifts(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    nights = [slot.day for slot in slots if slot.is_night]
    for day in nights[int(limit.value) :]:
        yield RowFault("night-shifts", day, limit)


_CHECKS: dict[LimitName, Callable[[list[Slot], Limit], Iterator[RowFault]]] = {
    "rest-hours": _rest,
    "day-hours": _day_hours,
    "week-hours": _week_hours,
    "weekly-rest": _weekly_rest,
    "days-in-a-row": _days_in_a_row,
    "nights-in-a-row": _nights_in_a_row,
    "night-shifts": _night_shifts,
}
