"""Each hard rule with a pair: one case that it allows and one that it forbids."""

from datetime import date, timedelta

import pytest

from scheduler.assignment.solver import assign
from tests.scheduler.assignment.builders import (
    MONDAY,
    certificate,
    instant,
    leave,
    problem_of,
    task_of,
    worker_of,
)

SUNDAY = date(2026, 7, 12)

PAIRS = {
    "no-role": (task_of(roles=("cook",)), worker_of(roles=("cook",)), worker_of(roles=("guard",))),
    "no-qualification": (
        task_of(qualifications=("electrician",)),
        worker_of(qualifications=(certificate("electrician", until=MONDAY),)),
        worker_of(qualifications=(certificate("electrician", until=MONDAY - timedelta(days=1)),)),
    ),
    "excluded": (task_of(excluded=frozenset({"wang"})), worker_of("li"), worker_of("wang")),
    "absent": (
        task_of(),
        worker_of(absences=(leave(MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)),)),
        worker_of(absences=(leave(MONDAY - timedelta(days=3), MONDAY),)),
    ),
    "not-working": (task_of(day=SUNDAY), worker_of(works=("sun",)), worker_of()),
    "capacity": (task_of(minutes=30), worker_of(minutes_per_day=30), worker_of(minutes_per_day=29)),
}


@pytest.mark.parametrize("code", PAIRS)
def test_a_person_whom_the_rule_allows_takes_the_task(code):
    task, able, _ = PAIRS[code]

    plan = assign(problem_of([task], [able]))

    assert [(able.id,)] == [assigned.people for assigned in plan.assignments]


@pytest.mark.parametrize("code", PAIRS)
def test_a_person_whom_the_rule_stops_leaves_the_task_uncovered_with_its_code(code):
    task, _, unable = PAIRS[code]

    plan = assign(problem_of([task], [unable]))

    assert [code] == [uncovered.code for uncovered in plan.uncovered]


def test_a_person_blocked_on_the_day_counts_as_absent():
    plan = assign(problem_of([task_of()], [worker_of(blocked=frozenset({MONDAY}))]))

    assert ["absent"] == [uncovered.code for uncovered in plan.uncovered]


def test_people_of_another_site_are_not_asked():
    plan = assign(problem_of([task_of()], [worker_of(sites=("mall",))]))

    assert "本场所没有登记人员" == plan.uncovered[0].reason.zh


def test_two_patrols_in_one_hour_fit_one_person_only_if_the_hour_holds_both():
    short = [task_of(name, hours=(9, 10), minutes=30) for name in ("a", "b")]
    long = [task_of(name, hours=(9, 10), minutes=31) for name in ("a", "b")]

    covered = assign(problem_of(short, [worker_of()]))
    crowded = assign(problem_of(long, [worker_of()]))

    assert 0 == len(covered.uncovered)
    assert ["overlap"] == [uncovered.code for uncovered in crowded.uncovered]


def test_a_night_patrol_goes_to_the_person_on_that_shift():
    patrol = task_of(day=MONDAY + timedelta(days=1), hours=(2, 4))
    night = {MONDAY: ((instant(MONDAY, 22), instant(MONDAY, 30)),)}
    day = {MONDAY + timedelta(days=1): ((instant(MONDAY, 32), instant(MONDAY, 40)),)}
    people = [worker_of("day", presence=day), worker_of("night", presence=night)]

    plan = assign(problem_of([patrol], people))

    assert [("night",)] == [assigned.people for assigned in plan.assignments]


def test_a_task_for_two_with_one_person_is_uncovered_and_not_half_done():
    plan = assign(problem_of([task_of(people=2)], [worker_of()]))

    assert () == plan.assignments
    assert "1 人中 1 人可派；需要 2 人。" == plan.uncovered[0].reason.zh


def test_law_is_covered_before_house_rules_when_time_is_short():
    tasks = [
        task_of("house", priority=2, place="a"),
        task_of("law", priority=0, place="b"),
        task_of("advice", priority=1, place="c"),
    ]

    plan = assign(problem_of(tasks, [worker_of(minutes_per_day=60)]))

    assert ["house"] == [uncovered.task for uncovered in plan.uncovered]


def test_the_solver_frees_the_only_electrician_where_the_first_plan_would_not():
    tasks = [
        task_of("any", minutes=60, place="a", hours=(9, 10), priority=0),
        task_of("wiring", minutes=60, hours=(9, 10), qualifications=("electrician",), priority=2),
    ]
    people = [worker_of("a", holds=("electrician",)), worker_of("b", roles=("cook",))]

    plan = assign(problem_of(tasks, people))

    assert {"any": ("b",), "wiring": ("a",)} == {a.task: a.people for a in plan.assignments}
