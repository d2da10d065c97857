"""A government office zone with three areas: every hour of July has a guard in each."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.roster.audit import publishable, violations
from scheduler.roster.gaps import gaps
from scheduler.roster.solver import solve
from tests.scheduler.roster.builders import FORTY, REST, absence, at, person, post, problem

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
AREAS = {"committee": "管委会", "sishui": "泗水", "city-room": "市区 503 室"}
STEPS = 3000


@pytest.fixture(scope="module")
def july():
    posts = [post(f"{area}-gate", site=area) for area in AREAS]
    guards = [
        person(f"guard-{number}", sites=tuple(AREAS), limits=(REST, FORTY)) for number in range(16)
    ]
    return problem(posts, guards, FIRST, LAST)


@pytest.fixture(scope="module")
def solved(july):
    return solve(july, steps=STEPS, seconds=120)


@pytest.fixture(scope="module")
def after_leave(july, solved):
    """The guard on the night of 11 July is granted leave from 02:00 to 06:00 on the 12th."""
    night = next(
        who
        for (who, day), cell in solved.cells.items()
        if day == date(2026, 7, 11) and cell == ("sishui-gate", "N")
    )
    day = date(2026, 7, 12)
    away = absence(at(day, "02:00"), at(day, "06:00"))
    people = tuple(
        replace(one, absences=(away,)) if one.id == night else one for one in july.people
    )
    return replace(july, people=people)


def test_every_hour_of_july_has_a_guard_in_each_area(july, solved):
    assert () == gaps(july, solved)
    assert () == solved.uncovered
    assert () == violations(july, solved)
    assert [] == publishable(july, solved)


def test_a_leave_request_opens_a_gap_and_publication_is_refused(after_leave, solved):
    (gap,) = gaps(after_leave, solved)

    assert at(date(2026, 7, 12), "02:00") == gap.since
    assert at(date(2026, 7, 12), "06:00") == gap.until
    assert "sishui-gate 7月12日 02:00–06:00 缺 1 人" == gap.text.zh
    assert gap.text == publishable(after_leave, solved)[0]


def test_filling_the_gap_touches_few_shifts_and_allows_publication(after_leave, solved):
    again = replace(after_leave, previous=solved.cells)

    roster = solve(again, steps=STEPS, seconds=120)

    assert [] == publishable(again, roster)
    changed = [key for key, cell in solved.cells.items() if roster.cells[key] != cell]
    assert 0 < len(changed) <= 4


def test_hours_nights_and_weekends_are_shared_evenly(july, solved):
    nights = {one.id: 0 for one in july.people}
    for (who, _), cell in solved.cells.items():
        nights[who] += cell is not None and cell[1] == "N"

    assert 93 == sum(nights.values())
    assert max(nights.values()) - min(nights.values()) <= 3
