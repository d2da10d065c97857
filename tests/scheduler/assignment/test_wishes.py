"""Wishes weigh less than work: preferred places, and not the same place too often running."""

from datetime import timedelta

from scheduler.assignment.objective import cost_of
from scheduler.assignment.solver import assign
from tests.scheduler.assignment.builders import MONDAY, problem_of, task_of, worker_of


def test_who_prefers_a_place_checks_it():
    people = [
        worker_of(name, prefers=frozenset({"roof"} if name == "wu" else ()))
        for name in ("li", "wu", "xu")
    ]

    plan = assign(problem_of([task_of("a", place="roof", minutes=5)], people))

    assert [("wu",)] == [assigned.people for assigned in plan.assignments]


def test_a_preference_does_not_leave_all_the_work_to_one():
    tasks = [task_of(f"t{n}", place="roof", minutes=60, rule=f"r{n}") for n in range(4)]
    people = [worker_of("li"), worker_of("wu", prefers=frozenset({"roof"}))]

    plan = assign(problem_of(tasks, people))

    assert {"li", "wu"} == {person for each in plan.assignments for person in each.people}


def test_the_same_place_changes_hands_after_the_days_allowed_running():
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    tasks = [task_of(f"t{n}", day=day, minutes=10) for n, day in enumerate(days)]
    people = [worker_of("li"), worker_of("wu")]
    problem = problem_of(tasks, people, most_running=2)

    plan = assign(problem)

    assert 0 == cost_of(problem, plan).repeated


def test_one_person_alone_goes_on_although_it_is_too_often():
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    tasks = [task_of(f"t{n}", day=day) for n, day in enumerate(days)]
    problem = problem_of(tasks, [worker_of("li")], most_running=2)

    plan = assign(problem)

    assert () == plan.uncovered
    assert 2 == cost_of(problem, plan).repeated


def test_minutes_already_worked_today_are_not_given_out_again():
    problem = problem_of(
        [task_of(minutes=30)],
        [worker_of("li", minutes_per_day=60)],
        spent={("li", MONDAY): 40},
    )

    plan = assign(problem)

    assert ["capacity"] == [uncovered.code for uncovered in plan.uncovered]
