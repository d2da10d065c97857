"""What every plan must hold, whatever the problem."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.audit import violations
from scheduler.assignment.solver import Means, assign
from tests.scheduler.assignment.strategies import problems


def missing(problem, plan):
    priority = {task.id: task.priority for task in problem.tasks}
    lost = [priority[uncovered.task] for uncovered in plan.uncovered]
    return [lost.count(level) for level in (0, 1, 2)]


@given(problems(), st.integers(0, 14))
def test_every_plan_passes_the_audit_however_small_its_parts_are(problem, most):
    plan = assign(problem, means=Means(most=most))

    assert () == violations(problem, plan)


@given(problems())
def test_improving_never_covers_less_than_the_constructive_plan(problem):
    first = assign(problem, steps=0)

    plan = assign(problem)

    assert missing(problem, plan) <= missing(problem, first)


@given(problems(), st.integers(0, 3))
def test_the_same_problem_seed_and_steps_give_the_same_plan(problem, seed):
    first = assign(problem, seed=seed, steps=300)

    again = assign(problem, seed=seed, steps=300)

    assert first == again


@given(problems())
def test_replanning_a_plan_changes_nobody(problem):
    first = assign(problem).assignments
    before = {a.task: a.people for a in first}
    planned_on = {a.task: a.day for a in first}

    after = assign(replace(problem, previous=before, planned_on=planned_on))

    if len(first) == len(after.assignments):
        assert planned_on == {a.task: a.day for a in after.assignments}
        assert {t: set(p) for t, p in before.items()} == {
            a.task: set(a.people) for a in after.assignments
        }


@given(problems())
def test_settled_people_stay_where_they_are(problem):
    first = assign(problem).assignments
    settled = {a.task: a.people for a in first}
    days = {a.task: a.day for a in first}
    again = replace(problem, fixed=settled, planned_on=days)

    plan = assign(again)

    assert settled.items() <= {a.task: a.people for a in plan.assignments}.items()
    assert days.items() <= {a.task: a.day for a in plan.assignments}.items()
    assert () == violations(again, plan)


@given(problems())
def test_each_proposal_and_reason_speaks_both_languages(problem):
    plan = assign(problem)

    words = [t for u in plan.uncovered for t in (u.reason, *u.helps)]
    words += [assigned.reason for assigned in plan.assignments]
    assert all(text.zh and text.en for text in words)
    assert len(problem.tasks) == len(plan.assignments) + len(plan.uncovered)
