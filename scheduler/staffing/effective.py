"""Effective hours: time at checks, with stand-by, waiting, ways and fetching material left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from scheduler.walks.ways import Point, Ways

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stay:
    """
    A check that somebody did.

    Attributes:
        standard: Minutes that the rule allows for it.
    """

    since: datetime
    until: datetime
    standard: int
    where: Point


@dataclass(frozen=True)
class Hours:
    """
    What became of time, in minutes.

    Attributes:
        on_shift: By the published rosters; nothing where they do not have the person.
        effective: At checks; each counts the time it took, its standard time at the most.
        ways: From one check to the next, as far as the way is known and there was time between.
    """

    checks: int = 0
    on_shift: int | None = None
    effective: float = 0.0
    ways: float = 0.0

    @property
    def rest(self) -> float | None:
        """Stand-by, waiting, fetching material: what is left of the time on shift."""
        if self.on_shift is None:
            return None
        return max(0.0, self.on_shift - self.effective - self.ways)

    @property
    def share(self) -> float | None:
        """Effective part of the time on shift, in percent; nothing without a roster."""
        return 100 * self.effective / self.on_shift if self.on_shift else None

    def __add__(self, other: "Hours") -> "Hours":
        """Add up days, or people."""
        shifts = [each.on_shift for each in (self, other) if each.on_shift is not None]
        return Hours(
            self.checks + other.checks,
            sum(shifts) if shifts else None,
            self.effective + other.effective,
            self.ways + other.ways,
        )


def hours_of_day(stays: Iterable[Stay], ways: Ways, *, on_shift: int | None) -> Hours:
    """Return what became of one person's day; time in which two checks were open counts once."""
    ordered = sorted(stays, key=lambda stay: (stay.since, stay.until))
    return Hours(
        len(ordered),
        on_shift,
        _minutes(_counted(ordered)),
        sum(
            min(ways.minutes(one.where, then.where), _gap(one, then))
            for one, then in pairwise(ordered)
        ),
    )


def _counted(ordered: Sequence[Stay]) -> timedelta:
    total = timedelta()
    reached: datetime | None = None
    for stay in ordered:
        until = min(stay.until, stay.since + stay.standard * _MINUTE)
        since = stay.since if reached is None else max(stay.since, reached)
        if until > since:
            total += until - since
            reached = until
    return total


def _gap(one: Stay, then: Stay) -> float:
    return max(0.0, _minutes(then.since - one.until))


def _minutes(span: timedelta) -> float:
    return span / _MINUTE
