"""What a roster becomes where somebody is away, with the fewest cells changed; nothing is kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.text import Text
from scheduler.roster.audit import violations
from scheduler.roster.draft import Draft
from scheduler.roster.problem import (
    Absence,
    Cell,
    Cells,
    Roster,
    RosterProblem,
    RosterUncovered,
)
from scheduler.roster.slots import Slots, days_between
from scheduler.roster.solver import solve

_REASON = Text(zh="假设不在", en="supposed away")


@dataclass(frozen=True)
class CellChange:
    """What a person does on a day before and after; nothing is a day off."""

    person: str
    day: date
    before: Cell | None
    after: Cell | None


@dataclass(frozen=True)
class Away:
    """
    The roster without somebody for some days.

    Attributes:
        changes: By day, then as people stand in the problem.
        uncovered: Shifts that lack more people than before, with why and what would help.
        proved: No roster with this cover changes fewer cells.
        broken: Rules that the roster as it stands breaks already, as where facts changed since it
            was made; what changes mends these too.
    """

    changes: tuple[CellChange, ...]
    uncovered: tuple[RosterUncovered, ...]
    proved: bool
    broken: tuple[Text, ...]


def without_person(
    problem: RosterProblem,
    cells: Cells,
    person: str,
    span: tuple[date, date],
    *,
    seconds: float,
) -> Away:
    """
    Return what changes where *person* is away from the first to the last day of *span*, included.

    Days before the first stay as they are.

    Args:
        problem: Posts, people and rules.
        cells: The roster as it stands.
        person: Of the problem.
        span: Days of the roster.
        seconds: Cap on the time spent looking for fewer changes.
    """
    first, last = span
    zone = ZoneInfo(problem.time_zone)
    leave = Absence(
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
        _REASON,
    )
    people = tuple(
        replace(one, absences=(*one.absences, leave)) if one.id == person else one
        for one in problem.people
    )
    days = list(days_between(first, problem.until))
    ahead = {(one.id, day): cells.get((one.id, day)) for one in people for day in days}
    stood = {key: cell for key, cell in cells.items() if key[1] < first and cell is not None}
    left = replace(
        problem,
        since=first,
        history={**problem.history, **stood},
        pins={key: cell for key, cell in problem.pins.items() if key[1] >= first},
    )
    asked = replace(left, people=people, previous=ahead)
    roster = solve(asked, seconds=seconds, even=False)
    order = {one.id: number for number, one in enumerate(people)}
    changes = [
        CellChange(*key, ahead[key], cell)
        for key, cell in roster.cells.items()
        if ahead[key] != cell
    ]
    changes.sort(key=lambda one: (one.day, order[one.person]))
    lacked = _lacking(problem, ahead)
    short = (one for one in roster.uncovered if one.missing > lacked.get(_key(one), 0))
    return Away(tuple(changes), tuple(short), roster.status == "solved", _broken(left, ahead))


def _broken(problem: RosterProblem, cells: Cells) -> tuple[Text, ...]:
    found = violations(problem, Roster(cells, (), "best-found"))
    return tuple(one.text for one in found if one.code != "wrong-uncovered")


def _key(one: RosterUncovered) -> tuple[str, date, str]:
    return (one.post, one.day, one.shift)


def _lacking(problem: RosterProblem, cells: Cells) -> dict[tuple[str, date, str], int]:
    """Return how many people each shift lacks in the roster as it stands."""
    draft = Draft(Slots(replace(problem, pins=cells)))
    return {slot.key: draft.missing(slot) for slot in draft.slots.wanted}
