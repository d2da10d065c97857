"""What every family of cadences works with: the horizon, the calendar, days and windows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from rules.cadence import Cadence, Interval, OnEvent, PerMeal, TimesADay
from rules.pack import Window
from scheduler.cadences.mint import Mint
from scheduler.cadences.shape import Shape
from scheduler.context import ExpansionContext
from scheduler.day_off import Reach, explain_move, placed
from scheduler.local_clock import DAY, END_OF_DAY, seconds_of
from scheduler.occurrence import Occurrence
from scheduler.workdays import WorkCalendar

_NEVER = date.max.toordinal() + 1


@lru_cache(maxsize=8192)
def iso(day: int) -> str:
    """Return the ISO 8601 date of the day of ordinal *day*."""
    return date.fromordinal(day).isoformat()


class Frame:
    """
    One expansion: a shape on a calendar, with all that does not change from day to day at hand.

    Attributes:
        since: Ordinal of the first due day wanted; families may return more, never less.
        until: Ordinal of the last due day wanted.
        keeps_every_day: No due day can move or fall away.
        provisional_from: First ordinal on which unpublished holidays may still move a due day.
    """

    def __init__(
        self,
        shape: Shape,
        calendar: WorkCalendar,
        horizon: tuple[int, int],
        *,
        context: ExpansionContext,
        mint: Mint,
    ) -> None:
        self.shape, self.calendar, self.context, self.mint = shape, calendar, context, mint
        self.since, self.until = horizon
        self.keeps_every_day = shape.days == "every" or shape.day_off == "keep"
        self.provisional_from = _provisional_from(shape, calendar, horizon)
        window = shape.window or Window()
        self._opens = None if window.opens is None else seconds_of(window.opens)
        self._due = None if window.due is None else seconds_of(window.due)
        by_hours = shape.days != "every"
        self._by_first_opening = by_hours and window.opens is None
        self._by_last_closing = by_hours and window.due is None

    def counting(self, first: int, last: int) -> frozenset[int]:
        """Return the ordinals of days that count, at least from *first* to *last*."""
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return self.calendar.counting_years(self.shape.days, years)

    def counts(self, day: int) -> bool:
        """Tell whether what falls on *day* is to be done: the day counts, or every day is kept."""
        return self.keeps_every_day or day in self.counting(day, day)

    def day_occurrence(
        self, period: str, first: int, due: int, *, nominal: int | None = None
    ) -> Occurrence:
        """
        Return the occurrence from day *first* to day *due*.

        Where *nominal* is given, it is a day that does not count, and the occurrence says so.
        """
        provisional = max(due, nominal or 0) >= self.provisional_from
        plain = self._plain(((period, first, due),), provisional=provisional)[0]
        if nominal is None:
            return plain
        return self.mint.moved(plain, explain_move(nominal, due, self.calendar, self.shape.days))

    def day_occurrences(self, days: Sequence[tuple[str, int, int]]) -> list[Occurrence]:
        """Return the occurrences of ascending periods, each with first and due day, unmoved."""
        settled = bisect_left(days, self.provisional_from, key=_due_day)
        return [
            *self._plain(days[:settled], provisional=False),
            *self._plain(days[settled:], provisional=True),
        ]

    def placed_occurrence(self, period: str, reach: Reach, nominal: int) -> Occurrence | None:
        """Return the occurrence with its day-off policy applied within *reach*."""
        if self.keeps_every_day:
            return self.day_occurrence(period, reach.first, nominal)
        counting = self.counting(reach.first, reach.last)
        if nominal in counting:
            return self.day_occurrence(period, reach.first, nominal)
        due = placed(nominal, reach, counting, self.shape.day_off)
        if due is None:
            return None
        return self.day_occurrence(period, reach.first, due, nominal=nominal)

    def hidden(self, occurrence: Occurrence) -> Occurrence:
        """Return *occurrence* hidden until it opens."""
        return replace(occurrence, hidden_until=occurrence.opens_at)

    def _plain(
        self, days: Sequence[tuple[str, int, int]], *, provisional: bool
    ) -> list[Occurrence]:
        """
        Return the occurrences of periods with first and due day.

        A window opens at its clock time, on a single day at the first opening, else at midnight;
        it falls due at its clock time, at the last closing, or at the end of the day. This is the
        loop that a city of sites runs through: what does not change is looked up outside it.
        """
        known = self.mint.made[provisional]
        make, calendar, spans_of = self.mint.make, self.calendar, self.calendar.spans
        opens_at, due_at = self._opens or 0, END_OF_DAY if self._due is None else self._due
        by_first_opening, by_last_closing = self._by_first_opening, self._by_last_closing
        found = []
        for period, first, due in days:
            opens, ends = first * DAY + opens_at, due * DAY + due_at
            if by_last_closing or (by_first_opening and first == due):
                spans = spans_of(due)
                if spans and by_first_opening and first == due:
                    opens = spans[0][0]
                if spans and by_last_closing and spans[-1][1] != (due + 1) * DAY:
                    ends = spans[-1][1]
            if ends <= opens:
                ends += DAY
            occurrence = known.get((period, opens, ends))
            found.append(occurrence or make(period, opens, ends, calendar, provisional=provisional))
        return found


def _due_day(day: tuple[str, int, int]) -> int:
    return day[2]


def _provisional_from(shape: Shape, calendar: WorkCalendar, horizon: tuple[int, int]) -> int:
    if not rests_on_holidays(shape, calendar):
        return _NEVER
    years = range(date.fromordinal(horizon[0]).year - 1, date.fromordinal(horizon[1]).year + 3)
    first = next((year for year in years if calendar.public.is_provisional(year)), None)
    return date(first, 1, 1).toordinal() if first else _NEVER


def rests_on_holidays(shape: Shape, calendar: WorkCalendar) -> bool:
    """Tell whether public holidays can change the dates of *shape* on *calendar*."""
    cadence = shape.cadence
    if shape.days == "working":
        return True
    if isinstance(cadence, OnEvent) and cadence.event.startswith("holiday-"):
        return True
    closes = calendar.site.public_holidays == "closed"
    return closes and (shape.days != "every" or _uses_opening_hours(cadence))


def _uses_opening_hours(cadence: Cadence) -> bool:
    if isinstance(cadence, Interval):
        return cadence.within == "opening-hours"
    if isinstance(cadence, OnEvent):
        return cadence.event in {"opening", "closing"}
    return isinstance(cadence, PerMeal) or (isinstance(cadence, TimesADay) and not cadence.spans)
