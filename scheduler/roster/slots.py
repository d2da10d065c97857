"""Shifts on dates, as spans of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from scheduler.roster.periods import Spans, periods
from scheduler.roster.problem import Cells, RosterPost, RosterProblem, RosterShift

# For fair shares and runs of nights only: a night shift has three hours between 22:00 and 06:00.
_NIGHT_BEGINS, _NIGHT_ENDS, _NIGHT_MINUTES = time(22), time(6), 180


@dataclass(frozen=True)
class Slot:
    """
    One shift of one post on one day.

    Attributes:
        since: Start in minutes since the epoch.
        until: End in minutes since the epoch, excluded.
        minutes: What counts as working time.
        need: People without whom it is uncovered.
        want: People preferred, at least `need`.
        most: People at most, at least `want`.
    """

    post: str
    day: date
    shift: str
    since: int
    until: int
    minutes: int
    need: int
    priority: int
    is_night: bool
    want: int
    most: int

    @cached_property
    def key(self) -> tuple[str, date, str]:
        """Post, day and shift."""
        return (self.post, self.day, self.shift)


class Slots:
    """
    Every slot of a problem, and those of any day before it.

    Attributes:
        wanted: Those of the roster's days.
        spans: Person id to the longer spans that the person's row is held against.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.zone = ZoneInfo(problem.time_zone)
        self.posts = {post.id: post for post in problem.posts}
        self.days = tuple(days_between(problem.since, problem.until))
        weeks = self._weeks()
        self.spans = {one.id: Spans(periods(problem, one), weeks) for one in problem.people}
        self.wanted = tuple(
            self._slot(post, shift, day)
            for day in self.days
            for post in problem.posts
            if post.days is None or day in post.days
            for shift in post.shifts
        )

    def of(self, post: str, shift: str, day: date) -> Slot:
        """
        Return the slot of a shift on any day.

        Raises:
            KeyError: If the post or the shift is unknown.
        """
        found = next((each for each in self.posts[post].shifts if each.code == shift), None)
        if found is None:
            raise KeyError(shift)
        return self._slot(self.posts[post], found, day)

    def rows(self, cells: Cells) -> dict[str, dict[date, Slot]]:
        """Return the slots of each person by day; everyone has a row."""
        rows: dict[str, dict[date, Slot]] = {person.id: {} for person in self.problem.people}
        for (person, day), cell in sorted(cells.items()):
            if cell is not None and person in rows:
                rows[person][day] = self.of(*cell, day)
        return rows

    def minute(self, day: date, clock: time) -> int:
        """Return a local clock time in minutes since the epoch."""
        return _epoch_minute(day, clock, self.zone)

    def instant(self, minute: int) -> datetime:
        """Return a minute since the epoch as an instant in the roster's time zone."""
        return datetime.fromtimestamp(minute * 60, self.zone)

    def _weeks(self) -> tuple[tuple[int, int], ...]:
        """Return the first and last minute of each ISO week that has a day of the roster."""
        mondays = [day - timedelta(days=day.weekday()) for day in self.days]
        return tuple(
            (self.minute(day, time()), self.minute(day + timedelta(days=7), time()))
            for day in dict.fromkeys(mondays)
        )

    def _slot(self, post: RosterPost, shift: RosterShift, day: date) -> Slot:
        since, until = self._span(day, shift.since, shift.until)
        night_since, night_until = self._span(day, _NIGHT_BEGINS, _NIGHT_ENDS)
        before = self._span(day - timedelta(days=1), _NIGHT_BEGINS, _NIGHT_ENDS)
        at_night = sum(
            max(0, min(until, end) - max(since, start))
            for start, end in (before, (night_since, night_until))
        )
        minutes = until - since if shift.working_minutes is None else shift.working_minutes
        need = max(shift.minimum, self._raised(post, since, until))
        want = max(need, shift.preferred or 0)
        return Slot(
            post.id,
            day,
            shift.code,
            since,
            until,
            minutes=minutes,
            need=need,
            priority=post.priority,
            is_night=at_night >= _NIGHT_MINUTES,
            want=want,
            most=max(want, shift.maximum or 0),
        )

    def _raised(self, post: RosterPost, since: int, until: int) -> int:
        """Return what a rule raises a shift to for the time of an event; 0 where none does."""
        raising = [each for each in post.coverage if each.raises]
        if not raising:
            return 0
        begins, ends = self.instant(since), self.instant(until)
        return max(
            (
                each.minimum
                for each in raising
                if any(begins < end and start < ends for start, end in each.spans)
            ),
            default=0,
        )

    def _span(self, day: date, since: time, until: time) -> tuple[int, int]:
        end = day if until > since else day + timedelta(days=1)
        return self.minute(day, since), self.minute(end, until)


# Many problems of the same days are compared with each other.
@lru_cache(maxsize=20_000)
def _epoch_minute(day: date, clock: time, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, clock, zone).timestamp()) // 60


def days_between(since: date, until: date) -> Iterator[date]:
    """Yield the days from *since* to *until*, both included."""
    day = since
    while day <= until:
        yield day
        day += timedelta(days=1)


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    """Sort slots by time."""
    return sorted(slots, key=lambda slot: (slot.since, slot.until, slot.post))
