"""Makes occurrences from local seconds; equal windows of one time zone are made once."""

from datetime import datetime

from rules.durations import Duration
from scheduler.deadlines import deadline
from scheduler.occurrence import Moved, Occurrence
from scheduler.workdays import WorkCalendar

_Key = tuple[str, int, int]


class Mint:
    """
    Makes occurrences for calendars of one time zone and rules of one grace.

    Thousands of sites keep the same hours: an occurrence that does not name its calendar is made
    once and handed to all of them.

    Attributes:
        made: By whether they are provisional, then by period, opening and due second.
        slots: The slots of spans of intervals, by span, step and whether they are provisional.
    """

    def __init__(self, grace: Duration | None) -> None:
        self.grace = grace
        self.made: dict[bool, dict[_Key, Occurrence]] = {False: {}, True: {}}
        self.slots: dict[tuple[int, int, int, bool], tuple[Occurrence, ...]] = {}

    def occurrence(
        self, period: str, opens: int, due: int, calendar: WorkCalendar, *, provisional: bool
    ) -> Occurrence:
        """Return the occurrence that opens and falls due at these local seconds."""
        known = self.made[provisional].get((period, opens, due))
        return known or self.make(period, opens, due, calendar, provisional=provisional)

    def make(
        self, period: str, opens: int, due: int, calendar: WorkCalendar, *, provisional: bool
    ) -> Occurrence:
        """Make an occurrence that is not known yet."""
        due_at = calendar.clock.instant(due)
        made = Occurrence(
            period=period,
            opens_at=calendar.clock.instant(opens),
            due_at=due_at,
            closes_at=self.closing(due_at, calendar),
            provisional=provisional,
        )
        self.made[provisional][period, opens, due] = made
        return made

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
