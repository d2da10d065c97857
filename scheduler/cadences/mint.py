"""Makes occurrences from local seconds; equal windows of one time zone are made once."""

from datetime import datetime

from rules.durations import Duration
from scheduler.deadlines import deadline
from scheduler.occurrence import Moved, Occurrence
from scheduler.workdays import WorkCalendar

_Key = tuple[str, int, int, bool]


class Mint:
    """
    Makes occurrences for calendars of one time zone and rules of one grace.

    Thousands of sites keep the same hours: an occurrence that does not name its calendar is made
    once and handed to all of them.
    """

    def __init__(self, grace: Duration | None) -> None:
        self.grace = grace
        self._made: dict[_Key, Occurrence] = {}
        self.slots: dict[tuple[int, int, int, bool], tuple[Occurrence, ...]] = {}

    def occurrence(
        self, period: str, opens: int, due: int, calendar: WorkCalendar, *, provisional: bool
    ) -> Occurrence:
        """Return the occurrence that opens and falls due at these local seconds."""
        key = (period, opens, due, provisional)
        known = self._made.get(key)
        if known is None:
            due_at = calendar.clock.instant(due)
            known = Occurrence(
                period=period,
                opens_at=calendar.clock.instant(opens),
                due_at=due_at,
                closes_at=self.closing(due_at, calendar),
                provisional=provisional,
            )
            self._made[key] = known
        return known

    def closing(self, due_at: datetime, calendar: WorkCalendar) -> datetime:
        """Return the end of the grace after *due_at*."""
        if self.grace is None:
            return due_at
        return deadline(due_at, self.grace, calendar).due_at

    def moved(self, occurrence: Occurrence, moved: Moved) -> Occurrence:
        """Return *occurrence* with the reason for its day."""
        return Occurrence(
            period=occurrence.period,
            opens_at=occurrence.opens_at,
            due_at=occurrence.due_at,
            closes_at=occurrence.closes_at,
            moved=moved,
            provisional=occurrence.provisional,
        )
