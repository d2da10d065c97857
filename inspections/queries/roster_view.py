"""What the roster board shows of one site and week, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from inspections.models import RosterRunRow
from rules.text import Text


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift of a post, with how long it lasts in minutes."""

    post: str
    post_name: Text
    code: str
    name: Text
    since: time
    until: time
    minutes: int
    need: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A person's shift on a day."""

    shift: ShiftView
    reason: Text | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class HourLimit:
    """
    The hours a week that bind a person, and the clause that says so.

    Attributes:
        overtime: Hours beyond them that the person agreed to.
    """

    hours: float
    clause: Text
    average: bool
    overtime: float = 0


@dataclass(frozen=True)
class PersonWeek:
    """
    One row of the roster.

    Attributes:
        certified_until: Day on which the first certificate that a post asks for ends.
        days: Stands by day; `away` says why a day is not worked.
        minutes: Of the week.
    """

    key: str
    name: Text
    certified_until: date | None
    days: Mapping[date, tuple[Stand, ...]]
    away: Mapping[date, Text]
    minutes: int
    limit: HourLimit | None

    @property
    def is_over(self) -> bool:
        """Whether the week is longer than the limit, where that is not an average."""
        limit = self.limit
        if limit is None or limit.average:
            return False
        return self.minutes > (limit.hours + limit.overtime) * 60


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Days on which a shift has too few people for one reason, and what would help."""

    days: tuple[date, ...]
    shift: ShiftView | None
    missing: int
    reason: Text
    helps: tuple[Text, ...]


@dataclass(frozen=True)
class RosterWeek:
    """
    The week.

    Attributes:
        run: The newest roster that covers a day of it; nothing where none was solved.
        standing: People by (post, shift code, day).
        missing: How many lack, by (post, shift code, day).
        against: What keeps the roster from being published.
    """

    site: str
    site_name: Text
    days: tuple[date, ...]
    run: RosterRunRow | None
    shifts: tuple[ShiftView, ...]
    people: tuple[PersonWeek, ...]
    standing: Mapping[tuple[str, str, date], int]
    missing: Mapping[tuple[str, str, date], int]
    uncovered: tuple[Uncovered, ...]
    against: tuple[Text, ...]
