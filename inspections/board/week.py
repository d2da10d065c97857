"""The week board: people by days with minutes and limits, and what is uncovered, law first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from inspections.board.standing import Check, Days, Standing, standing
from inspections.importing import load_from_record
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.eligibility import is_absent, works_on
from scheduler.assignment.problem import Worker
from scheduler.walks.least_way import least_way

# Excused checks need nobody's time any more.
_WITHOUT_TIME = frozenset({"excused"})
_RESTS = Text(zh="当天停排", en="not to be planned that day")


@dataclass(frozen=True)
class Cell:
    """
    One person on one day.

    Attributes:
        checks: At the sites asked for, by due time; `elsewhere` are the minutes at others.
        way: Minutes on the way between their places, at the least.
        minutes: Of all of them, with the way; the limit is the person's.
        away: Why the day is not worked, where somebody said why.
        off: Whether week or roster leave the day free.
    """

    day: date
    checks: tuple[Check, ...]
    minutes: int
    elsewhere: int
    way: int
    limit: int
    away: Text | None
    off: bool

    @property
    def percent(self) -> int:
        """The part of the limit that is planned; 100 and more where none is left."""
        return 0 if not self.minutes else -(-100 * self.minutes // max(1, self.limit))

    @property
    def heat(self) -> int:
        """How full the day is: 0 nothing, 1 to 4 by quarters of the limit, 5 beyond it."""
        return 5 if self.minutes > self.limit else min(4, -(-self.percent // 25))


@dataclass(frozen=True)
class PersonDays:
    """One row of the board."""

    key: str
    name: Text
    limit: int
    cells: tuple[Cell, ...]

    @property
    def minutes(self) -> int:
        """Of all days shown."""
        return sum(cell.minutes for cell in self.cells)

    @property
    def checks(self) -> int:
        """How many checks the person has on the days shown."""
        return sum(len(cell.checks) for cell in self.cells)

    @property
    def room(self) -> int:
        """Minutes of the days worked."""
        return sum(cell.limit for cell in self.cells if not cell.off and cell.away is None)


@dataclass(frozen=True)
class BoardWeek:
    """
    The board.

    Attributes:
        organisation: As it stands, for names and further questions.
        people: Those who have something first, then those who could be asked.
        gaps: Checks that nobody does, law before recommendation before house, then by due time.
    """

    organisation: Organisation
    days: tuple[date, ...]
    people: tuple[PersonDays, ...]
    gaps: tuple[Check, ...]
    standing: Standing

    @cached_property
    def names(self) -> Mapping[str, Text]:
        """Names of all people by key."""
        return {one.id: one.name for one in self.organisation.people}

    @property
    def by_law(self) -> int:
        """How many uncovered checks the law demands."""
        return sum(one.priority == 0 for one in self.gaps)

    @property
    def minutes(self) -> int:
        """Of all people on the days shown, with their ways."""
        return sum(one.minutes for one in self.people)

    @property
    def way(self) -> int:
        """Of these minutes, those on the way."""
        return sum(cell.way for one in self.people for cell in one.cells)

    def cell(self, person: str, day: date) -> tuple[PersonDays, Cell] | None:
        """Return the cell of a person and a day, with its row."""
        for row in self.people:
            for cell in row.cells:
                if (row.key, cell.day) == (person, day):
                    return row, cell
        return None


def board_week(
    session: Session, rulebook: RuleBook, organisation_id: str, days: Days, *, now: datetime
) -> BoardWeek:
    """Return the board of the days asked for."""
    organisation = load_from_record(session, organisation_id, sites=days.sites)
    found = standing(session, organisation, rulebook, days, now=now)
    span = tuple(
        days.since + timedelta(days=number) for number in range((days.until - days.since).days + 1)
    )
    here = frozenset(days.sites) or frozenset(site.id for site in organisation.sites)
    team = frozenset(one.id for one in organisation.people if days.team in ("", one.team))
    rows = _People(found, span, here, team).rows()
    gaps = (one for one in found.checks if one.uncovered and one.site in here)
    return BoardWeek(
        organisation,
        span,
        rows,
        tuple(sorted(gaps, key=lambda one: (one.priority, one.due_at, one.id))),
        found,
    )


class _People:
    """Makes the rows."""

    def __init__(
        self,
        found: Standing,
        days: tuple[date, ...],
        here: frozenset[str],
        wanted: frozenset[str],
    ) -> None:
        self._workers = [
            worker
            for worker in found.problem.workers
            if worker.id in wanted and not here.isdisjoint(worker.sites)
        ]
        self._ways = found.ways
        self._days = days
        self._here = here
        self._held: defaultdict[tuple[str, date], list[Check]] = defaultdict(list)
        for check in found.checks:
            for person in check.people:
                self._held[person, check.day].append(check)

    def rows(self) -> tuple[PersonDays, ...]:
        """Return a row for each person of the sites."""
        made = [self._row(worker) for worker in self._workers]
        return tuple(sorted(made, key=lambda row: not row.minutes))

    def _row(self, worker: Worker) -> PersonDays:
        cells = tuple(self._cell(worker, day) for day in self._days)
        return PersonDays(worker.id, worker.name, worker.minutes_per_day, cells)

    def _cell(self, worker: Worker, day: date) -> Cell:
        checks = self._held.get((worker.id, day), [])
        mine = tuple(one for one in checks if one.site in self._here)
        going = (one.at for one in checks if one.state not in _WITHOUT_TIME)
        way = least_way(going, self._ways)
        return Cell(
            day=day,
            checks=mine,
            minutes=_minutes(checks) + way,
            way=way,
            elsewhere=_minutes(one for one in checks if one.site not in self._here),
            limit=worker.minutes_per_day,
            away=_away(worker, day),
            off=not works_on(worker, day),
        )


def _minutes(checks: Iterable[Check]) -> int:
    return sum(one.minutes for one in checks if one.state not in _WITHOUT_TIME)


def _away(worker: Worker, day: date) -> Text | None:
    if not is_absent(worker, day):
        return None
    spans = (span.reason for span in worker.absences if span.since <= day <= span.until)
    return next(spans, _RESTS)
