"""Bring what a file says into the calendar of a site: what is new, moved, taken out, the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from inspections.calendars.entries import CalendarEntry, EntryKind, Where, same_words
from inspections.calendars.pieces import Days, days_of, hours_of, made_of, words_of
from rules.organisation.model import SiteCalendar
from rules.text import Text

Outcome = Literal["new", "moved", "renamed", "linked", "same", "cancelled", "gone", "absent"]
LISTS: dict[EntryKind, str] = {
    "term": "terms",
    "closed": "closed",
    "extra": "extra",
    "exam": "exams",
}
_Sign = Callable[[Any, CalendarEntry], bool]


@dataclass(frozen=True)
class Step:
    """
    What becomes of one entry at one site.

    Attributes:
        outcome: `linked` is there already and follows this calendar from now on; `gone` came from
            an earlier version and is not in this one; `absent` is cancelled and was never there.
        before: The days so far; nothing where it is new.
        after: The days from now on; nothing where it is taken out.
        where: Where the file speaks of it; nothing where it is gone from the file.
    """

    kind: EntryKind
    outcome: Outcome
    name: Text
    before: Days | None
    after: Days | None
    where: Where | None = None


@dataclass(frozen=True)
class Merged:
    """A calendar with the entries, and what became of each."""

    calendar: SiteCalendar
    steps: tuple[Step, ...]


def merged(calendar: SiteCalendar, source: str, entries: Iterable[CalendarEntry]) -> Merged:
    """
    Return *calendar* with the *entries* of the calendar called *source*.

    An entry is found again by its key, else by its days, else by its name where the days overlap.
    What an earlier version brought and these entries lack is taken out, but only between their
    first and last day: last year's terms stay when this year's calendar comes. What people wrote
    themselves is never taken out, unless the file says that it is cancelled.
    """
    single = [day for entry in entries for day in _single_days(entry)]
    pieces: dict[str, tuple[Any, ...]] = {}
    steps: list[Step] = []
    for kind, name in LISTS.items():
        one = _Merge(calendar, source, _span(single))
        mine = [entry for entry in single if entry.kind == kind]
        pieces[name] = one.carried_out(getattr(calendar, name), mine, kind)
        steps += one.steps
    return Merged(calendar.model_copy(update=pieces), tuple(steps))


def origin_of(source: str, key: str) -> str:
    """
    Return how a piece of a calendar names the entry that it came from.

    A key with `#` says it in full: what one calendar brought stays with it, whoever moves it.
    """
    return key if "#" in key else f"{source}#{key}"


class _Merge:
    """The entries of one kind against the pieces that are there."""

    def __init__(self, calendar: SiteCalendar, source: str, span: Days | None) -> None:
        self.steps: list[Step] = []
        self._calendar = calendar
        self._source = source
        self._span = span

    def carried_out(
        self, old: Sequence[Any], entries: Sequence[CalendarEntry], kind: EntryKind
    ) -> tuple[Any, ...]:
        wanted = sorted((entry for entry in entries if not entry.cancelled), key=_order)
        found = self._found(old, wanted)
        kept = {n: self._updated(piece, found.get(n)) for n, piece in enumerate(old)}
        rest = {n: piece for n, piece in kept.items() if n not in found}
        for entry in (entry for entry in entries if entry.cancelled):
            self._cancel(rest, entry, kind)
        for n in [n for n, piece in rest.items() if self._is_gone(piece)]:
            piece = rest.pop(n)
            self.steps.append(Step(kind, "gone", words_of(piece), days_of(piece), None))
        pieces = [piece for n, piece in kept.items() if n in found or n in rest]
        here = {id(entry) for entry in found.values()}
        for entry in (entry for entry in wanted if id(entry) not in here):
            pieces.append(self._made(entry, pieces))
            days = (entry.since, entry.until)
            self.steps.append(Step(kind, "new", entry.name, None, days, entry.where))
        return tuple(pieces)

    def _found(
        self, old: Sequence[Any], entries: Sequence[CalendarEntry]
    ) -> dict[int, CalendarEntry]:
        """Return the entry of each piece that one speaks of; the surest signs go first."""
        found: dict[int, CalendarEntry] = {}
        left = list(entries)
        signs: tuple[_Sign, ...] = (
            self._is_origin,
            self._is_renamed,
            _unbound_days,
            _unbound_name,
            self._is_twin,
        )
        for sign in signs:
            for entry in list(left):
                place = next(
                    (n for n, each in enumerate(old) if n not in found and sign(each, entry)), None
                )
                if place is not None:
                    found[place] = entry
                    left.remove(entry)
        return found

    def _is_origin(self, piece: Any, entry: CalendarEntry) -> bool:
        return bool(piece.origin == origin_of(self._source, entry.key))

    def _is_renamed(self, piece: Any, entry: CalendarEntry) -> bool:
        return self._is_mine(piece) and days_of(piece) == (entry.since, entry.until)

    def _is_twin(self, piece: Any, entry: CalendarEntry) -> bool:
        """Another calendar says the same; the piece stays with that one."""
        other = piece.origin is not None and not self._is_mine(piece)
        return other and days_of(piece) == (entry.since, entry.until)

    def _is_mine(self, piece: Any) -> bool:
        return piece.origin is not None and piece.origin.startswith(f"{self._source}#")

    def _is_gone(self, piece: Any) -> bool:
        if self._span is None or not self._is_mine(piece):
            return False
        since, until = days_of(piece)
        return since <= self._span[1] and self._span[0] <= until

    def _updated(self, piece: Any, entry: CalendarEntry | None) -> Any:
        if entry is None or entry.kind is None:
            return piece
        new = piece if self._is_twin(piece, entry) else self._made(entry, (), piece)
        outcome = _outcome(piece, new)
        before, after = days_of(piece), days_of(new)
        self.steps.append(Step(entry.kind, outcome, words_of(new), before, after, entry.where))
        return new

    def _cancel(self, rest: dict[int, Any], entry: CalendarEntry, kind: EntryKind) -> None:
        signs: tuple[_Sign, ...] = (self._is_origin, _unbound_name)
        places = (n for sign in signs for n, piece in rest.items() if sign(piece, entry))
        place = next(places, None)
        if place is None:
            self.steps.append(Step(kind, "absent", entry.name, None, None, entry.where))
            return
        piece = rest.pop(place)
        before = days_of(piece)
        self.steps.append(Step(kind, "cancelled", words_of(piece), before, None, entry.where))

    def _made(self, entry: CalendarEntry, terms: Iterable[Any], old: Any = None) -> Any:
        origin = origin_of(self._source, entry.key)
        return made_of(entry, self._calendar, origin=origin, terms=terms, old=old)


def _unbound_days(piece: Any, entry: CalendarEntry) -> bool:
    return piece.origin is None and days_of(piece) == (entry.since, entry.until)


def _unbound_name(piece: Any, entry: CalendarEntry) -> bool:
    since, until = days_of(piece)
    meets = since <= entry.until and entry.since <= until
    return piece.origin is None and meets and same_words(words_of(piece), entry.name)


def _outcome(old: Any, new: Any) -> Outcome:
    if old == new:
        return "same"
    if (days_of(old), hours_of(old)) != (days_of(new), hours_of(new)):
        return "moved"
    return "renamed" if words_of(old) != words_of(new) else "linked"


def _single_days(entry: CalendarEntry) -> list[CalendarEntry]:
    """A make-up day is one day: several in a row are several."""
    if entry.kind != "extra" or entry.since == entry.until:
        return [entry]
    count = (entry.until - entry.since).days + 1
    days = [entry.since + timedelta(days=number) for number in range(count)]
    return [replace(entry, key=f"{entry.key}/{day}", since=day, until=day) for day in days]


def _span(entries: Sequence[CalendarEntry]) -> Days | None:
    if not entries:
        return None
    return min(entry.since for entry in entries), max(entry.until for entry in entries)


def _order(entry: CalendarEntry) -> tuple[date, date, str]:
    return entry.since, entry.until, entry.key
