"""When a site is open, works and teaches: its hours, closed days, holidays and terms as one."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from rules.cadence import WEEKDAYS
from rules.organisation.model import OpeningSpan, SiteCalendar
from rules.text import Text
from scheduler.day_names import FULL_WEEKDAY_NAMES, WEEKDAY_NAMES
from scheduler.local_clock import DAY, local_clock, seconds_of
from scheduler.public_days import public_calendar

DayKind = Literal["every", "opening", "working", "school"]
Spans = tuple[tuple[int, int], ...]
_OUTSIDE_TERMS = Text(zh="不在学期内", en="outside the terms")
_WEEKEND = Text(zh="周末", en="weekend")
_CLOSED_WEEKDAYS = tuple(
    Text(zh=f"{name.zh}不开放", en=f"closed on {full}s")
    for name, full in zip(WEEKDAY_NAMES, FULL_WEEKDAY_NAMES, strict=True)
)


class WorkCalendar:
    """
    The days and hours of one site.

    Days are business days in the site's zone: a span that crosses midnight belongs to the day it
    starts on. Precedence: extra opening, then closed days, then holidays and make-up workdays,
    then the weekly hours. Two calendars with the same content are equal.
    """

    def __init__(self, calendar: SiteCalendar, *, time_zone: str, country: str) -> None:
        self.site = calendar
        self.time_zone = time_zone
        self.country = country
        self.clock = local_clock(time_zone)
        self.zone = self.clock.zone
        self.public = public_calendar(country)
        self._weekly = tuple(_weekly_spans(calendar.opening, code) for code in WEEKDAYS)
        self._closures = tuple(
            (span.since.toordinal(), span.until.toordinal(), span.reason)
            for span in calendar.closed
        )
        self._terms = tuple(
            (term.since.toordinal(), term.until.toordinal()) for term in calendar.terms
        )
        self._extra = {extra.on.toordinal(): extra for extra in calendar.extra}
        self._spans: dict[int, Spans] = {}
        self._counting: dict[tuple[DayKind, int], frozenset[int]] = {}
        self._counting_years: dict[tuple[DayKind, range], frozenset[int]] = {}
        self._value = (calendar, time_zone, country)
        self._hash = hash(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and (
            self is other or (self._hash == other._hash and self._value == other._value)
        )

    def __hash__(self) -> int:
        return self._hash

    def is_open(self, day: date) -> bool:
        """Tell whether the site opens on *day*."""
        return bool(self.spans(day.toordinal()))

    def openings(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the spans that start on *day*, ascending, as aware times of the site's zone."""
        instant, zone = self.clock.instant, self.zone
        return tuple(
            (instant(opens).astimezone(zone), instant(closes).astimezone(zone))
            for opens, closes in self.spans(day.toordinal())
        )

    def is_working_day(self, day: date) -> bool:
        """Tell whether *day* is a public working day: weekdays less holidays, plus make-up days."""
        return self.public.is_working(day.toordinal())

    def is_school_day(self, day: date) -> bool:
        """Tell whether *day* lies inside a term and the site opens on it."""
        return self.in_term(day) and self.is_open(day)

    def in_term(self, day: date) -> bool:
        """Tell whether *day* lies inside a school term, both ends included."""
        return self._in_term(day.toordinal())

    def is_provisional(self, day: date) -> bool:
        """Tell whether the public holidays of the year of *day* are not published yet."""
        return self.public.is_provisional(day.year)

    def why_closed(self, day: date) -> Text | None:
        """Return why the site does not open on *day*; nothing where it opens."""
        return None if self.is_open(day) else self.reason(day.toordinal(), "opening")

    def why_not(self, day: date, kind: DayKind) -> Text | None:
        """Return why *day* does not count as a day of *kind*; nothing where it counts."""
        ordinal = day.toordinal()
        return None if self.counts(ordinal, kind) else self.reason(ordinal, kind)

    def reason(self, ordinal: int, kind: DayKind) -> Text:
        """Return why the day of *ordinal* does not count as a day of *kind*; it must not count."""
        if kind == "school" and not self._in_term(ordinal):
            return _OUTSIDE_TERMS
        working = kind == "working"
        own = None if working else self._own_closure(ordinal)
        if own is not None:
            return own
        holiday = self.public.holiday(ordinal) if working or self._keeps_holidays else None
        if holiday is not None:
            return holiday_text(holiday)
        return _WEEKEND if working else _CLOSED_WEEKDAYS[(ordinal - 1) % 7]

    def counts(self, ordinal: int, kind: DayKind) -> bool:
        """Tell whether the day of *ordinal* is a day of *kind*."""
        return kind == "every" or ordinal in self.counting(kind, date.fromordinal(ordinal).year)

    def counting(self, kind: DayKind, year: int) -> frozenset[int]:
        """Return the ordinals of all days of *kind* in *year*."""
        key = (kind, year)
        if key not in self._counting:
            test = self._test(kind)
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            self._counting[key] = frozenset(day for day in range(first, last + 1) if test(day))
        return self._counting[key]

    def counting_years(self, kind: DayKind, years: range) -> frozenset[int]:
        """Return the ordinals of all days of *kind* in consecutive *years*."""
        if len(years) == 1:
            return self.counting(kind, years[0])
        key = (kind, years)
        if key not in self._counting_years:
            each = (self.counting(kind, year) for year in years)
            self._counting_years[key] = frozenset[int]().union(*each)
        return self._counting_years[key]

    def spans(self, ordinal: int) -> Spans:
        """Return the opening spans that start on the day of *ordinal*, in local seconds."""
        if ordinal not in self._spans:
            before = self._raw_spans(ordinal - 1)
            floor = before[-1][1] if before else 0
            own = ((max(opens, floor), closes) for opens, closes in self._raw_spans(ordinal))
            self._spans[ordinal] = tuple(span for span in own if span[0] < span[1])
        return self._spans[ordinal]

    def last_closing(self, day: date) -> datetime | None:
        """Return the instant, in UTC, at which the last span that starts on *day* ends."""
        spans = self.spans(day.toordinal())
        return self.clock.instant(spans[-1][1]) if spans else None

    def _in_term(self, ordinal: int) -> bool:
        return any(first <= ordinal <= last for first, last in self._terms)

    @property
    def _keeps_holidays(self) -> bool:
        return self.site.public_holidays == "closed"

    def _test(self, kind: DayKind) -> Callable[[int], bool]:
        if kind == "every":
            return lambda _: True
        if kind == "working":
            return self.public.is_working
        if kind == "school":
            return lambda day: self._in_term(day) and bool(self.spans(day))
        return lambda day: bool(self.spans(day))

    def _raw_spans(self, ordinal: int) -> Spans:
        extra = self._extra.get(ordinal)
        spans = [] if self._is_shut(ordinal) else list(self._weekly[self._hours_of(ordinal)])
        if extra is not None:
            spans.append(_face_span(seconds_of(extra.opens), seconds_of(extra.closes)))
        start = ordinal * DAY
        return tuple((start + opens, start + closes) for opens, closes in _merged(spans))

    def _is_shut(self, ordinal: int) -> bool:
        """Tell whether a closed day or a holiday shuts the site, whatever its week says."""
        if self._own_closure(ordinal) is not None:
            return True
        return self._keeps_holidays and self.public.holiday(ordinal) is not None

    def _hours_of(self, ordinal: int) -> int:
        """Return the weekday whose hours hold; a make-up workday takes those it replaces."""
        replaced = self.public.replaced_by(ordinal) if self._keeps_holidays else None
        if replaced is not None and self._weekly[(replaced - 1) % 7]:
            return (replaced - 1) % 7
        return (ordinal - 1) % 7

    def _own_closure(self, ordinal: int) -> Text | None:
        for first, last, reason in self._closures:
            if first <= ordinal <= last:
                return reason
        return None


def _weekly_spans(opening: tuple[OpeningSpan, ...], code: str) -> Spans:
    spans = (s for s in opening if code in s.days)
    return _merged([_face_span(seconds_of(s.opens), seconds_of(s.closes)) for s in spans])


def _face_span(opens: int, closes: int) -> tuple[int, int]:
    return opens, closes if closes > opens else closes + DAY


def _merged(spans: list[tuple[int, int]]) -> Spans:
    """Join spans that touch or overlap, ascending."""
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return tuple(merged)


@lru_cache(maxsize=512)
def holiday_text(name: Text) -> Text:
    """Return the holiday called *name* as the reason for a closed day."""
    return Text(zh=f"{name.zh}放假", en=name.en)
