"""Planning again in the day: as little as possible changes, and that is proved."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.audit import violations
from scheduler.assignment.objective import CHANGED, UNCOVERED, cost_of
from scheduler.assignment.replan import replan
from scheduler.assignment.solver import assign
from tests.scheduler.assignment.builders import (
    MONDAY,
    leave,
    problem_of,
    task_of,
    worker_of,
)
from tests.scheduler.assignment.every_plan import every_plan
from tests.scheduler.assignment.strategies import problems

TODAY = frozenset({MONDAY})


def fallen_ill(problem, plan, person, day=MONDAY):
    workers = tuple(
        replace(one, absences=(*one.absences, leave(day, day))) if one.id == person else one
        for one in problem.workers
    )
    return replace(
        problem,
        workers=workers,
        previous={each.task: each.people for each in plan.assignments},
        planned_on={each.task: each.day for each in plan.assignments},
    )


def test_only_the_work_of_who_fell_ill_changes_hands():
    tasks = [task_of(f"t{n}", place=f"p{n}") for n in range(6)]
    problem = problem_of(tasks, [worker_of(name) for name in "abc"])
    plan = assign(problem)

    found = replan(fallen_ill(problem, plan, "a"), days=TODAY)

    mine = {each.task for each in plan.assignments if each.people == ("a",)}
    assert mine == {each.task for each in found.changed}
    assert found.is_least


def test_someone_makes_room_where_nobody_is_free():
    electric = task_of("wiring", place="x", qualifications=("electrician",), minutes=60)
    tasks = [electric, task_of("doors", place="y", minutes=60)]
    people = [
        worker_of("a", holds=("electrician",), minutes_per_day=60),
        worker_of("b", holds=("electrician",), minutes_per_day=60),
        worker_of("c", minutes_per_day=60),
    ]
    problem = problem_of(tasks, people, previous={"wiring": ("a",), "doors": ("b",)})

    found = replan(
        replace(problem, workers=(replace(people[0], works=()), *people[1:])), days=TODAY
    )

    assert {"wiring": ("b",), "doors": ("c",)} == {
        each.task: each.people for each in found.plan.assignments
    }
    assert 2 == len(found.changed)
    assert found.is_least


def test_plans_of_other_days_stay_as_they_are():
    tuesday = MONDAY + timedelta(days=1)
    tasks = [
        task_of(f"t{n}", place=f"p{n}", day=day) for n, day in enumerate((MONDAY, tuesday) * 3)
    ]
    problem = problem_of(tasks, [worker_of(name, minutes_per_day=90) for name in "ab"])
    plan = assign(problem)

    found = replan(fallen_ill(problem, plan, "a"), days=TODAY)

    assert {MONDAY} == {each.days[0] for each in found.changed}


@given(problems(), st.sampled_from("abcdef"))
def test_every_replanned_day_passes_the_audit(problem, person):
    after = fallen_ill(problem, assign(problem), person)

    found = replan(after, days=TODAY)

    assert () == violations(after, found.plan)
    assert cost_of(after, found.plan).points == found.plan.points


@given(problems(most_tasks=3, most_people=3), st.sampled_from("abc"))
def test_no_plan_of_one_day_covers_as_much_with_fewer_changes(problem, person):
    today = tuple(replace(task, day=MONDAY, days=()) for task in problem.tasks)
    problem = replace(problem, tasks=today)
    after = fallen_ill(problem, assign(problem), person)

    found = replan(after, days=TODAY)

    assert found.is_least
    least = min(_in_changes(cost_of(after, plan)) for plan in every_plan(after))
    assert least == _in_changes(cost_of(after, found.plan))


def _in_changes(cost):
    undone = sum(n * price for n, price in zip(cost.uncovered, UNCOVERED, strict=True))
    return undone + cost.changed * CHANGED
