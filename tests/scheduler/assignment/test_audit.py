"""The audit finds each fault that is put into a sound plan."""

from dataclasses import replace

from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import Assigned, AssignmentPlan
from tests.scheduler.assignment.builders import MONDAY, problem_of, task_of, worker_of

WHY = Text(zh="因为", en="because")


def codes(problem, *given):
    plan = AssignmentPlan(tuple(Assigned(task, people, WHY, MONDAY) for task, people in given), ())
    return [violation.code for violation in violations(problem, plan)]


def test_a_sound_plan_has_no_fault():
    assert [] == codes(problem_of([task_of("a")], [worker_of("li")]), ("a", ("li",)))


def test_a_task_that_vanished_is_found():
    assert ["lost"] == codes(problem_of([task_of("a")], [worker_of("li")]))


def test_a_task_listed_twice_is_found():
    found = codes(problem_of([task_of("a")], [worker_of("li")]), ("a", ("li",)), ("a", ("li",)))

    assert ["twice"] == found


def test_an_excluded_person_is_found():
    task = task_of("a", excluded=frozenset({"li"}))

    assert ["excluded"] == codes(problem_of([task], [worker_of("li")]), ("a", ("li",)))


def test_too_many_minutes_are_found():
    people = [worker_of("li", minutes_per_day=29)]

    assert ["capacity"] == codes(problem_of([task_of("a")], people), ("a", ("li",)))


def test_two_tasks_at_once_are_found():
    tasks = [task_of(name, hours=(9, 10), minutes=40) for name in ("a", "b")]
    found = codes(problem_of(tasks, [worker_of("li")]), ("a", ("li",)), ("b", ("li",)))

    assert ["overlap"] == found


def test_a_stranger_to_the_site_is_found():
    people = [worker_of("li", sites=("mall",))]

    assert ["wrong-site"] == codes(problem_of([task_of("a")], people), ("a", ("li",)))


def test_one_person_for_two_is_found():
    people = [worker_of("li")]

    assert ["wrong-number"] == codes(problem_of([task_of("a", people=2)], people), ("a", ("li",)))


def test_a_moved_pin_is_found():
    problem = problem_of([task_of("a")], [worker_of("li"), worker_of("wu")])
    pinned = replace(problem, fixed={"a": ("wu",)})

    assert ["pin-moved"] == codes(pinned, ("a", ("li",)))


def test_a_day_outside_the_window_is_found():
    tuesday = task_of("a", day=MONDAY.replace(day=7))

    assert ["wrong-day"] == codes(problem_of([tuesday], [worker_of("li")]), ("a", ("li",)))
