"""
What the rows of single people allow, found once for all that the limits cannot tell apart.

Of a slot only its times matter to a row, and of a row only the days near the slot; so most answers
hold for many people, for the same times at other posts, and for many rosters that are compared.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.roster.explain.blocks import new_faults
from scheduler.roster.periods import Spans
from scheduler.roster.problem import RosterPerson
from scheduler.roster.slots import Slot

Row = Mapping[date, Slot]
Rows = Mapping[str, Row]
# These limits look no farther than a week and a run of days; of others the whole row counts.
_SHORT = frozenset(
    {
        "rest-hours",
        "day-hours",
        "week-hours",
        "weekly-rest",
        "weekly-rest-hours",
        "days-in-a-row",
        "nights-in-a-row",
    }
)
_NEAR_DAYS = 8


@dataclass(frozen=True)
class Stops:
    """
    What the rest of a row has against one more slot.

    Attributes:
        limits: Names of the limits that it would break.
        is_fixed: Whether the slot meets another shift, which no limit decides.
    """

    limits: frozenset[str] = frozenset()
    is_fixed: bool = False

    @property
    def is_free(self) -> bool:
        """Whether it has nothing against it."""
        return not self.limits and not self.is_fixed


class RowFacts:
    """Answers about rows; people and rows must stay as they are, and are kept as long as this."""

    def __init__(self) -> None:
        self._stops: dict[Hashable, Stops] = {}
        self._near: dict[tuple[int, int, date], tuple[Row, tuple[int, ...]]] = {}
        self._kinds: dict[int, int | None] = {}
        self._numbers: dict[Hashable, int] = {}
        self._kept: list[object] = []

    def stops(
        self,
        person: RosterPerson,
        row: Row,
        slot: Slot,
        spans: Spans,
        *,
        without: date | None = None,
    ) -> Stops:
        """
        Return what the row has against the slot.

        Args:
            person: Whose limits count.
            row: Of the person.
            slot: On another day than those of the row.
            spans: Of the person.
            without: A day of the row that the person would be off instead.
        """
        near, shape = self._about(person, row, slot.day)
        kind = self._kinds[id(person)]
        if kind is None:
            return _stops(person, near, slot, spans, without)
        key = (kind, shape, self._shape(slot), without)
        if key not in self._stops:
            self._stops[key] = _stops(person, near, slot, spans, without)
        return self._stops[key]

    def _about(self, person: RosterPerson, row: Row, day: date) -> tuple[Row, tuple[int, ...]]:
        key = (id(person), id(row), day)
        found = self._near.get(key)
        if found is None:
            near = about(person, row, day, day)
            self._kept += [person, row]
            if id(person) not in self._kinds:
                self._kinds[id(person)] = self._kind(person)
            found = self._near[key] = (near, tuple(sorted(map(self._shape, near.values()))))
        return found

    def _kind(self, person: RosterPerson) -> int | None:
        """Number the limits; nothing where the person's longer spans matter as well."""
        if _looks_far(person):
            return None
        return self._number(tuple(replace(limit, clause=None) for limit in person.limits))

    def _shape(self, slot: Slot) -> int:
        return self._number((slot.day, slot.since, slot.until, slot.minutes, slot.is_night))

    def _number(self, thing: Hashable) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))


def about(person: RosterPerson, row: Row, first: date, last: date) -> Row:
    """Return the part of the row that the person's limits compare with slots of these days."""
    if _looks_far(person):
        return row
    runs = [limit.value for limit in person.limits if limit.name.endswith("-in-a-row")]
    farthest = timedelta(days=max([_NEAR_DAYS, *(int(value) + 1 for value in runs)]))
    first, last = first - farthest, last + farthest
    return {day: other for day, other in row.items() if first <= day <= last}


def _looks_far(person: RosterPerson) -> bool:
    return any(limit.name not in _SHORT for limit in person.limits)


def _stops(
    person: RosterPerson, near: Row, slot: Slot, spans: Spans, without: date | None
) -> Stops:
    rest = {day: other for day, other in near.items() if day != without}
    faults = new_faults(person, near, {**rest, slot.day: slot}, spans)
    limits = frozenset(fault.code for fault in faults if fault.limit)
    return Stops(limits, any(fault.limit is None for fault in faults))
