"""Terms, closed days, make-up days and exams of a site's calendar, read and made in one way."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from inspections.calendars.entries import CalendarEntry, same_words
from rules.cadence import WEEKDAYS, Weekday
from rules.organisation.model import CalendarSpan, ExtraOpening, SiteCalendar, Term
from rules.text import Text

Days = tuple[date, date]


def days_of(piece: Any) -> Days:
    """Return the first and the last day of a piece."""
    return (piece.on, piece.on) if isinstance(piece, ExtraOpening) else (piece.since, piece.until)


def hours_of(piece: Any) -> tuple[time, time] | None:
    """Return the hours of a make-up day; nothing for other pieces."""
    return (piece.opens, piece.closes) if isinstance(piece, ExtraOpening) else None


def words_of(piece: Any) -> Text:
    """Return the name or reason of a piece."""
    name: Text = piece.name if isinstance(piece, Term) else piece.reason
    return name


def made_of(
    entry: CalendarEntry, calendar: SiteCalendar, *, origin: str, terms: Iterable[Term], old: Any
) -> Any:
    """
    Return the piece that *entry* makes of *old*, or a new one where *old* is nothing.

    What the entry does not say stays: the name in the other language, the id, the hours.

    Args:
        entry: Its kind is known; a make-up day is one day.
        calendar: Of the site, for its usual hours.
        origin: Names the entry in the piece.
        terms: Those that are there, whose ids are taken.
        old: The piece so far.
    """
    name = words_of(old) if old and same_words(words_of(old), entry.name) else entry.name
    if entry.kind == "extra":
        opens, closes = _hours(entry, calendar, old)
        return ExtraOpening(on=entry.since, opens=opens, closes=closes, reason=name, origin=origin)
    since, until = entry.since, entry.until
    if entry.kind == "term":
        key = old.id if old else free_term_key(since, terms)
        return Term(id=key, name=name, since=since, until=until, origin=origin)
    return CalendarSpan(reason=name, since=since, until=until, origin=origin)


def free_term_key(since: date, terms: Iterable[Term]) -> str:
    """Return an id for a new term that begins on *since*."""
    taken, wanted = {term.id for term in terms}, f"term-{since:%Y-%m}"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)


def _hours(entry: CalendarEntry, calendar: SiteCalendar, old: Any) -> tuple[time, time]:
    """Return the hours of a make-up day: as the entry says, as they stand, or the usual ones."""
    if entry.opens is not None and entry.closes is not None:
        return entry.opens, entry.closes
    if old is not None and entry.hours_of is None:
        return old.opens, old.closes
    return _usual_hours(calendar, entry.hours_of or WEEKDAYS[entry.since.weekday()])


def _usual_hours(calendar: SiteCalendar, weekday: Weekday) -> tuple[time, time]:
    """Return from the first opening to the last closing of *weekday*, or of the first open one."""
    by_day = {day: [span for span in calendar.opening if day in span.days] for day in WEEKDAYS}
    spans = by_day[weekday] or next(found for found in by_day.values() if found)
    past_midnight = [span for span in spans if span.closes <= span.opens]
    last = max(past_midnight or spans, key=lambda span: span.closes)
    return min(span.opens for span in spans), last.closes
