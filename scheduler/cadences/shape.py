"""The part of a rule version that decides its dates; versions with equal shapes share them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from rules.cadence import Cadence, Count, Interval, MaxGap, Periodic, RandomDraw
from rules.durations import Duration
from rules.pack import RuleVersion, Window
from scheduler.day_off import Policy
from scheduler.workdays import DayKind

_SITE_UNITS = frozenset({"working-day", "working-hour", "same-day"})


@dataclass(frozen=True)
class Shape:
    """
    Cadence, days, day-off policy, window, grace and anchor of a rule version.

    Attributes:
        origin: Day from which periods are counted, where the cadence names none; nothing for
            cadences that need none, so that versions of different ages share their dates.
    """

    cadence: Cadence
    days: DayKind
    day_off: Policy
    window: Window | None
    grace: Duration | None
    anchor: Literal["fixed", "completion"]
    origin: date | None

    def __post_init__(self) -> None:
        parts = (self.cadence, self.days, self.day_off, self.window, self.grace, self.anchor)
        object.__setattr__(self, "_hash", hash((parts, self.origin)))

    @cached_property
    def has_grace_of_site(self) -> bool:
        """Whether the grace ends at another time on every calendar."""
        return self.grace is not None and self.grace.unit in _SITE_UNITS

    @cached_property
    def is_free_of_calendar(self) -> bool:
        """Whether neither hours, closed days, holidays, terms nor meals can change the dates."""
        if self.days != "every" or self.has_grace_of_site:
            return False
        cadence = self.cadence
        if isinstance(cadence, Interval):
            return cadence.within == "all-day"
        if isinstance(cadence, Count | RandomDraw):
            return cadence.per != "term"
        return isinstance(cadence, Periodic | MaxGap)

    def __hash__(self) -> int:
        return int(self.__dict__["_hash"])


def shape_of(version: RuleVersion) -> Shape:
    """
    Return the shape of *version*.

    Raises:
        ValueError: If the version has no cadence.
    """
    if version.cadence is None:
        raise ValueError("A rule version without a cadence has no occurrences.")
    return Shape(
        cadence=version.cadence,
        days=version.days,
        day_off=version.day_off,
        window=version.window,
        grace=version.grace,
        anchor=version.anchor,
        origin=version.since if _counts_from_origin(version.cadence) else None,
    )


def _counts_from_origin(cadence: Cadence) -> bool:
    if isinstance(cadence, Periodic):
        return cadence.every > 1 and cadence.phase_on is None
    return isinstance(cadence, MaxGap)
