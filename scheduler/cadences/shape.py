"""The part of a rule version that decides its dates; versions with equal shapes share them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.cadence import Cadence, MaxGap, Periodic
from rules.durations import Duration
from rules.pack import RuleVersion, Window
from scheduler.day_off import Policy
from scheduler.workdays import DayKind


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
