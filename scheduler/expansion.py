"""From a rule version and a calendar to dated occurrences; equal expansions are made once."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from rules.cadence import (
    Count,
    Interval,
    MaxGap,
    OnEvent,
    Periodic,
    PerMeal,
    PerTerm,
    RandomDraw,
    TimesADay,
)
from rules.pack import RuleVersion
from scheduler.cadences import (
    count,
    event,
    interval,
    max_gap,
    meal,
    periodic,
    random_draw,
    term,
    times_a_day,
)
from scheduler.cadences.frame import Frame
from scheduler.cadences.mint import Mint
from scheduler.cadences.shape import Shape, shape_of
from scheduler.context import ExpansionContext
from scheduler.interned import Interned
from scheduler.local_clock import DAY
from scheduler.occurrence import Occurrence
from scheduler.workdays import WorkCalendar

# One entry for each kind of cadence; a new kind is one file in scheduler/cadences and a line here.
_FAMILIES: dict[type, Callable[[Any, Frame], Iterable[Occurrence]]] = {
    Interval: interval.occurrences,
    TimesADay: times_a_day.occurrences,
    Periodic: periodic.occurrences,
    MaxGap: max_gap.occurrences,
    Count: count.occurrences,
    PerMeal: meal.occurrences,
    PerTerm: term.occurrences,
    RandomDraw: random_draw.occurrences,
    OnEvent: event.occurrences,
}
_NOTHING = ExpansionContext()
_due = attrgetter("due_at")


def expand(
    version: RuleVersion,
    calendar: WorkCalendar,
    *,
    since: date,
    until: date,
    context: ExpansionContext = _NOTHING,
) -> tuple[Occurrence, ...]:
    """
    Return the occurrences of *version* whose local due day lies in [since, until], ascending.

    The days and windows do not depend on the horizon: two horizons that overlap agree where they
    do. Days before the version's first and after its last have none.

    Raises:
        ValueError: If the version has no cadence.
    """
    return Expander().expand(version, calendar, since=since, until=until, context=context)


class _Made(NamedTuple):
    """One expansion and the first local day on which one of its windows opens."""

    occurrences: tuple[Occurrence, ...]
    first_opening: date | None


class Expander:
    """Expands many duties: equal cadences on equal calendars over one horizon are made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], _Made] = {}
        self._shapes = Interned[RuleVersion, Shape](shape_of)
        self._calendars = Interned[WorkCalendar, WorkCalendar](lambda calendar: calendar)
        self._mints: dict[object, Mint] = {}

    def expand(
        self,
        version: RuleVersion,
        calendar: WorkCalendar,
        *,
        since: date,
        until: date,
        context: ExpansionContext = _NOTHING,
    ) -> tuple[Occurrence, ...]:
        """Return what `expand` returns, from memory where an equal expansion was made before."""
        shape, shared = self._shapes.of(version), self._calendars.of(calendar)
        # A cadence that no closed day can touch is the same on every calendar of a time zone.
        place = shared.time_zone if shape.is_free_of_calendar else id(shared)
        key = (id(shape), place, since, until, *_relevant(shape, context))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._expand(shape, shared, (since, until), context)
        return _in_force(made, version, shared, until=until)

    @property
    def distinct(self) -> int:
        """How many expansions were really made."""
        return len(self._made)

    def _expand(
        self,
        shape: Shape,
        calendar: WorkCalendar,
        horizon: tuple[date, date],
        context: ExpansionContext,
    ) -> _Made:
        since, until = (day.toordinal() for day in horizon)
        if until < since:
            return _Made((), None)
        mint = self._mint(shape, calendar)
        frame = Frame(shape, calendar, (since, until), context=context, mint=mint)
        found = sorted(_FAMILIES[type(shape.cadence)](shape.cadence, frame), key=_due)
        first = bisect_left(found, calendar.clock.instant(since * DAY), key=_due)
        last = bisect_left(found, calendar.clock.instant((until + 1) * DAY), key=_due)
        wanted = tuple(found[first:last])
        opens = min((occurrence.opens_at for occurrence in wanted), default=None)
        return _Made(wanted, None if opens is None else calendar.clock.date(opens))

    def _mint(self, shape: Shape, calendar: WorkCalendar) -> Mint:
        # A grace in working days ends elsewhere on every calendar.
        site = id(calendar) if shape.has_grace_of_site else None
        return self._mints.setdefault((calendar.time_zone, shape.grace, site), Mint(shape.grace))


def _relevant(shape: Shape, context: ExpansionContext) -> tuple[object, ...]:
    """Return the parts of *context* that the dates depend on, so that the rest can be shared."""
    cadence = shape.cadence
    if isinstance(cadence, RandomDraw):
        return context.seed, context.rule, context.target
    if isinstance(cadence, OnEvent):
        return tuple(event for event in context.events if event.kind == cadence.event)
    if isinstance(cadence, MaxGap):
        return context.start, context.performed if shape.anchor == "completion" else None
    if shape.anchor == "completion" and isinstance(cadence, Periodic):
        return (context.performed,)
    return ()


def _in_force(
    made: _Made, version: RuleVersion, calendar: WorkCalendar, *, until: date
) -> tuple[Occurrence, ...]:
    """Leave out what falls due outside the version's days; no window opens before its first."""
    found = made.occurrences
    if version.until is not None and version.until < until:
        end = calendar.clock.instant((version.until.toordinal() + 1) * DAY)
        found = found[: bisect_left(found, end, key=_due)]
    if made.first_opening is None or made.first_opening >= version.since:
        return found
    begin = calendar.clock.instant(version.since.toordinal() * DAY)
    found = found[bisect_left(found, begin, key=_due) :]
    return tuple(replace(o, opens_at=begin) if o.opens_at < begin else o for o in found)
