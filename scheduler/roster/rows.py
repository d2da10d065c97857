"""One person's shifts in a row against their limits: rest, hours, days off, nights."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain, pairwise

from scheduler.roster.periods import Period, Spans
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


def row_faults(person: RosterPerson, row: Row, spans: Spans) -> list[RowFault]:
    """Return every limit that the row breaks; *spans* are the person's."""
    averages = (_over_average(row, period) for period in spans.periods)
    return [*_faults_nearby(person, row, spans), *chain.from_iterable(averages)]


def _faults_nearby(person: RosterPerson, row: Row, spans: Spans) -> list[RowFault]:
    """Return the faults that only a few days around a shift decide."""
    slots = in_order(row.values())
    found = list(_overlaps(slots))
    for limit in person.limits:
        if limit.name in _CHECKS:
            found += _CHECKS[limit.name](slots, limit)
        elif limit.name == "weekly-rest-hours":
            found += _rest_in_one_piece(slots, limit, spans.weeks)
    return found


def fault_of_adding(person: RosterPerson, row: Row, slot: Slot, spans: Spans) -> RowFault | None:
    """Return the first limit that one more slot would break, and the row does not yet, if any."""
    if slot.day in row:
        return RowFault("overlap", slot.day)
    for period in spans.periods:
        if period.holds(slot.day) and _minutes_in(row, period) + slot.minutes > period.minutes:
            return RowFault("week-hours-average", slot.day, period.limit)
    run = max([_FARTHEST_DAYS, *(int(limit.value) + 1 for limit in _runs(person))])
    near = {day: each for day, each in row.items() if abs((day - slot.day).days) <= run}
    if any(limit.name == "night-shifts" for limit in person.limits):
        near = dict(row)
    found = _faults_nearby(person, {**near, slot.day: slot}, spans)
    before = set(_faults_nearby(person, near, spans)) if found else set()
    return next((fault for fault in found if fault not in before), None)


def overtime(person: RosterPerson, slots: Iterable[Slot]) -> int:
    """Return the minutes beyond weekly hours; 0 for who has agreed to none."""
    limit = next((one for one in person.limits if one.name == "week-hours" and one.overtime), None)
    if limit is None:
        return 0
    minutes: Counter[tuple[int, int]] = Counter()
    for slot in slots:
        minutes[week_of(slot.day)] += slot.minutes
    return sum(max(0, total - int(limit.value * 60)) for total in minutes.values())


def _runs(person: RosterPerson) -> Iterator[Limit]:
    return (limit for limit in person.limits if limit.name.endswith("-in-a-row"))


@cache
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
        if minutes[week_of(slot.day)] > limit.most * 60:
            yield RowFault("week-hours", slot.day, limit)


def _weekly_rest(slots: list[Slot], limit: Limit) -> Iterator[RowFault]:
    worked: Counter[tuple[int, int]] = Counter()
    for slot in slots:
        worked[week_of(slot.day)] += 1
        if worked[week_of(slot.day)] > 7 - limit.value:
            yield RowFault("weekly-rest", slot.day, limit)


def _rest_in_one_piece(
    slots: list[Slot], limit: Limit, weeks: Iterable[tuple[int, int]]
) -> Iterator[RowFault]:
    """Each ISO week holds a rest of that length; the last shift of a week without is at fault."""
    for begins, ends in weeks:
        inside = [slot for slot in slots if slot.since < ends and begins < slot.until]
        free = [begins, *(slot.until for slot in inside)]
        taken = [*(slot.since for slot in inside), ends]
        longest = max(end - start for start, end in zip(free, taken, strict=True))
        if longest < limit.value * 60:
            yield RowFault("weekly-rest-hours", inside[-1].day, limit)


def _over_average(row: Row, period: Period) -> Iterator[RowFault]:
    total = 0
    for slot in in_order(row.values()):
        total += slot.minutes if period.holds(slot.day) else 0
        if period.holds(slot.day) and total > period.minutes:
            yield RowFault("week-hours-average", slot.day, period.limit)


def _minutes_in(row: Row, period: Period) -> int:
    return sum(slot.minutes for day, slot in row.items() if period.holds(day))


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
