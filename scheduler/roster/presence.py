"""When each person is on shift, for the assignment of tasks and the rest after bad nights."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from rules.text import Text
from scheduler.roster.problem import Cells, RosterProblem
from scheduler.roster.slots import Slots

Presence = Mapping[date, tuple[tuple[datetime, datetime], ...]]

_RESTING = Text(zh="通宵未眠后休息", en="resting after a sleepless night")


def presence(problem: RosterProblem, cells: Cells) -> dict[str, Presence]:
    """
    Return for each person with a shift the spans on shift by the day on which they start.

    People without any shift are left out: the roster says nothing about them.
    """
    slots = Slots(problem)
    found: dict[str, dict[date, tuple[tuple[datetime, datetime], ...]]] = defaultdict(dict)
    for person, row in slots.rows(cells).items():
        for day, slot in row.items():
            found[person][day] = ((slots.instant(slot.since), slots.instant(slot.until)),)
    return dict(found)


def rested(
    problem: RosterProblem, person: str, sleepless_on: date, *, nights: int, why: Text = _RESTING
) -> RosterProblem:
    """
    Return the problem with the person blocked after a sleepless night.

    Args:
        problem: The problem so far.
        person: Who stood the night.
        sleepless_on: Day on which that night shift began.
        nights: Following days on which no shift of theirs may start.
        why: Shown where the person is asked for.
    """
    days = [sleepless_on + timedelta(days=number) for number in range(1, nights + 1)]
    people = tuple(
        replace(one, blocked={**one.blocked, **dict.fromkeys(days, why)})
        if one.id == person
        else one
        for one in problem.people
    )
    return replace(problem, people=people)
