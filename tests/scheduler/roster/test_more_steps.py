"""More work never gives a worse roster."""

from datetime import timedelta
from itertools import pairwise

from scheduler.roster.groups import Group
from scheduler.roster.problem import Limit
from scheduler.roster.slots import Slots
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import (
    MONDAY,
    REST,
    absence,
    at,
    person,
    post,
    problem,
    shift,
)

LIMITS = (
    REST,
    Limit("weekly-rest", 1),
    Limit("week-hours-average", 48, weeks=4),
    Limit("nights-in-a-row", 3),
)
DAYS = 35
SHIFTS = tuple(
    shift(code, since, until, 2)
    for code, since, until in (
        ("D", "08:00", "16:00"),
        ("E", "16:00", "00:00"),
        ("N", "00:00", "08:00"),
    )
)


def _guard(number):
    """Somebody who is away for three days, each on others."""
    day = MONDAY + timedelta(days=(5 * number + DAYS - 1) % 19)
    away = absence(at(day, "00:00"), at(day + timedelta(days=3), "00:00"))
    return person(f"p{number}", limits=LIMITS, absences=(away,))


def test_more_steps_never_give_a_worse_roster():
    """Two places for eight people: too few for five weeks, so that only search tells how few."""
    until = MONDAY + timedelta(days=DAYS - 1)
    whole = problem([post(shifts=SHIFTS)], map(_guard, range(8)), MONDAY, until)
    group = Group(Slots(whole), ("gate",))

    found = [
        group.score(solve(whole, seed=1, steps=steps, seconds=600).cells)
        for steps in (60, 240, 480, 960)
    ]

    assert all(later <= earlier for earlier, later in pairwise(found))
    assert found[-1] < found[0]
