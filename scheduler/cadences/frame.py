"""What every family of cadences works with: the horizon, the calendar, days and windows."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from rules.cadence import Cadence, Interval, OnEvent, PerMeal, TimesADay
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


@dataclass(frozen=True)
class Frame:
    """
    One expansion: a shape on a calendar.

    Attributes:
        since: Ordinal of the first due day wanted; families may return more, never less.
        until: Ordinal of the last due day wanted.
    """

    shape: Shape
    calendar: WorkCalendar
    since: int
    until: int
    context: ExpansionContext
    mint: Mint

    def counting(self, first: int, last: int) -> frozenset[int]:
        """Return the ordinals of days that count, at least from *first* to *last*."""
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return self.calendar.counting_years(self.shape.days, years)

    @cached_property
    def keeps_every_day(self) -> bool:
        """Whether no due day can move or fall away."""
        return self.shape.days == "every" or self.shape.day_off == "keep"

    @cached_property
    def provisional_from(self) -> int:
        """First ordinal on which unpublished holidays may still move a due day."""
        if not self._rests_on_holidays:
            return _NEVER
        years = range(date.fromordinal(self.since).year - 1, date.fromordinal(self.until).year + 3)
        first = next((year for year in years if self.calendar.public.is_provisional(year)), None)
        return date(first, 1, 1).toordinal() if first else _NEVER

    def day_occurrence(self, period: str, first: int, nominal: int, due: int) -> Occurrence:
        """Return the occurrence from day *first* to day *due*, moved there from *nominal*."""
        plain = self.mint.occurrence(
            period,
            self.window(first, due),
            self.calendar,
            provisional=max(due, nominal) >= self.provisional_from,
        )
        if nominal == due and (self.keeps_every_day or self._counts(due)):
            return plain
        moved = explain_move(nominal, due, self.calendar, self.shape.days)
        return self.mint.moved(plain, moved) if moved and not self.keeps_every_day else plain

    def placed_occurrence(self, period: str, reach: Reach, nominal: int) -> Occurrence | None:
        """Return the occurrence with its day-off policy applied within *reach*."""
        if self.keeps_every_day:
            return self.day_occurrence(period, reach.first, nominal, nominal)
        counting = self.counting(reach.first, reach.last)
        due = placed(nominal, reach, counting, self.shape.day_off)
        return None if due is None else self.day_occurrence(period, reach.first, nominal, due)

    def hidden(self, occurrence: Occurrence) -> Occurrence:
        """Return *occurrence* hidden until it opens."""
        return replace(occurrence, hidden_until=occurrence.opens_at)

    def window(self, first: int, due: int) -> tuple[int, int]:
        """Return the local seconds at which a window from day *first* to day *due* runs."""
        opens, ends = self.opening(first, one_day=first == due), self.closing(due)
        return opens, ends if ends > opens else ends + DAY

    def opening(self, day: int, *, one_day: bool) -> int:
        """Return when the window opens: its clock time, the day's first opening, or midnight."""
        window = self.shape.window
        if window is not None and window.opens is not None:
            return day * DAY + seconds_of(window.opens)
        if one_day and self.shape.days != "every":
            spans = self.calendar.spans(day)
            if spans:
                return spans[0][0]
        return day * DAY

    def closing(self, day: int) -> int:
        """Return when it falls due: its clock time, the last closing, or the end of the day."""
        window = self.shape.window
        if window is not None and window.due is not None:
            return day * DAY + seconds_of(window.due)
        if self.shape.days != "every":
            spans = self.calendar.spans(day)
            if spans and spans[-1][1] != (day + 1) * DAY:
                return spans[-1][1]
        return day * DAY + END_OF_DAY

    def _counts(self, day: int) -> bool:
        return self.calendar.counts(day, self.shape.days)

    @property
    def _rests_on_holidays(self) -> bool:
        if self.shape.days == "working":
            return True
        cadence = self.shape.cadence
        if isinstance(cadence, OnEvent) and cadence.event.startswith("holiday-"):
            return True
        closes = self.calendar.site.public_holidays == "closed"
        return closes and (self.shape.days != "every" or _uses_opening_hours(cadence))


def _uses_opening_hours(cadence: Cadence) -> bool:
    if isinstance(cadence, Interval):
        return cadence.within == "opening-hours"
    if isinstance(cadence, OnEvent):
        return cadence.event in {"opening", "closing"}
    return isinstance(cadence, PerMeal) or (isinstance(cadence, TimesADay) and not cadence.spans)
