"""When on its day a drill starts: inside opening hours and its shift, away from meals and naps."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from rules.organisation.model import Shift, Site
from rules.text import Text
from scheduler.workdays import WorkCalendar

_STEP = timedelta(minutes=10)
# People arrive and leave; nobody is counted twice or missed.
_SETTLING = timedelta(minutes=20)
_BEFORE_MEAL, _AFTER_MEAL = timedelta(minutes=20), timedelta(minutes=60)
_NAP = (time(12, 0), time(14, 30))
_NAP_ROOMS = "nap-room"
_OTHERWISE = time(10, 0)
Span = tuple[datetime, datetime]


def start_time(  # noqa: PLR0913 (all but the first three are named at the call)
    site: Site, calendar: WorkCalendar, day: date, *, minutes: int, shift: Shift | None, draw: str
) -> datetime:
    """
    Return when a drill of so many *minutes* starts on *day*, an aware time of the site's zone.

    Every possible ten minutes are as likely as another over *draw*. Where meals and naps leave
    nothing, the opening hours alone count; on a day without any, ten o'clock.
    """
    length = timedelta(minutes=minutes)
    openings = calendar.openings(day)
    quiet = tuple(_quiet(site, calendar, day))
    spans = openings if shift is None else tuple(_within(openings, _span(shift, calendar, day)))
    for choice, away in ((spans, quiet), (openings, quiet), (openings, ())):
        starts = list(_starts(choice, length, away))
        if starts:
            return starts[_number(draw, len(starts))]
    return datetime.combine(day, _OTHERWISE, calendar.zone)


def clock_faults(site: Site, calendar: WorkCalendar, span: Span) -> Iterator[tuple[str, Text]]:
    """Yield what speaks against a drill in *span*, by code: closed doors, a meal or a nap."""
    starts, ends = span
    openings = calendar.openings(starts.date())
    if openings and not any(opens <= starts and ends <= closes for opens, closes in openings):
        at = f"{starts:%H:%M}–{ends:%H:%M}"
        text = Text(zh=f"{at} 不在开放时间内。", en=f"{at} is outside the opening hours.")
        yield "outside-hours", text
    for since, until in _quiet(site, calendar, starts.date()):
        if starts < until and ends > since:
            at = f"{since:%H:%M}–{until:%H:%M}"
            text = Text(zh=f"{at} 是用餐或午睡时间。", en=f"{at} is a meal or a nap.")
            yield "meal-or-nap", text


def _starts(spans: Sequence[Span], length: timedelta, away: Sequence[Span]) -> Iterator[datetime]:
    for opens, closes in spans:
        start = _rounded(opens + _SETTLING)
        while start + length <= closes - _SETTLING:
            if all(start + length <= since or start >= until for since, until in away):
                yield start
            start += _STEP


def _quiet(site: Site, calendar: WorkCalendar, day: date) -> Iterator[Span]:
    for meal in site.calendar.meals:
        at = datetime.combine(day, meal.at, calendar.zone)
        yield at - _BEFORE_MEAL, at + _AFTER_MEAL
    if any(place.facts.get("place.kind") == _NAP_ROOMS for place in site.places):
        since, until = (datetime.combine(day, one, calendar.zone) for one in _NAP)
        yield since, until


def _span(shift: Shift, calendar: WorkCalendar, day: date) -> Span:
    since = datetime.combine(day, shift.since, calendar.zone)
    until = datetime.combine(day, shift.until, calendar.zone)
    return since, until if until > since else until + timedelta(days=1)


def _within(openings: Sequence[Span], span: Span) -> Iterator[Span]:
    for opens, closes in openings:
        since, until = max(opens, span[0]), min(closes, span[1])
        if since < until:
            yield since, until


def _rounded(at: datetime) -> datetime:
    late = timedelta(minutes=-at.minute % 10)
    return (at + late).replace(second=0, microsecond=0)


def _number(draw: str, below: int) -> int:
    # The remainder favours small numbers by less than one in 2^200.
    return int.from_bytes(sha256(draw.encode()).digest()) % below
