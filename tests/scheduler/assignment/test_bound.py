"""What is promised about the price of a plan: nothing is cheaper than the bound."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.assignment.bound import lower_bound
from scheduler.assignment.objective import UNCOVERED, cost_of
from scheduler.assignment.problem import MinutePrices, Split, Weighed
from scheduler.assignment.solver import Means, assign
from tests.scheduler.assignment.builders import MONDAY, problem_of, task_of, worker_of
from tests.scheduler.assignment.every_plan import every_plan
from tests.scheduler.assignment.strategies import NAMES, problems


@given(problems(most_tasks=3, most_people=3))
def test_no_plan_at_all_costs_less_than_the_bound(problem):
    cheapest = min(cost_of(problem, plan).points for plan in every_plan(problem))

    plan = assign(problem)

    assert plan.bound <= cheapest <= plan.points


@given(problems(most_tasks=3, most_people=3), st.data())
def test_whatever_the_prices_no_plan_costs_less_than_their_bound(problem, data):
    price = st.integers(0, 10**9)
    people = {name: data.draw(price) for name in NAMES[:3]}
    days = {(name, MONDAY + timedelta(days=n)): data.draw(price) for name in "ab" for n in range(3)}
    cheapest = min(cost_of(problem, plan).points for plan in every_plan(problem))

    bound = lower_bound(problem, MinutePrices(people, days))

    assert bound <= cheapest


@given(problems(most_tasks=3, most_people=3), st.data())
def test_whatever_full_days_are_sold_for_no_plan_costs_less_than_either_case(problem, data):
    price = st.integers(0, 2 * UNCOVERED[0])
    prices = st.fixed_dictionaries({task.id: price for task in problem.tasks})
    weighed = st.builds(Weighed, price, prices)
    days = [(name, MONDAY + timedelta(days=n)) for name in NAMES[:3] for n in range(4)]
    full = data.draw(st.sets(st.sampled_from(days), min_size=1).map(frozenset))
    splits = tuple(
        data.draw(st.builds(Split, st.just(task.id), st.integers(0, 2), weighed, weighed))
        for task in problem.tasks
    )
    cheapest = min(cost_of(problem, plan).points for plan in every_plan(problem))

    bound = lower_bound(problem, MinutePrices({}, {}, full, data.draw(prices), splits))

    assert bound <= cheapest


@given(problems(), st.integers(0, 14))
def test_the_points_of_a_plan_are_those_added_up_anew(problem, most):
    plan = assign(problem, means=Means(most=most))

    assert cost_of(problem, plan).points == plan.points
    assert lower_bound(problem, plan.prices) == plan.bound <= plan.points


def test_a_level_plan_is_proved_to_be_the_best():
    tasks = [task_of(f"t{n}", place=f"p{n}", minutes=60) for n in range(8)]
    people = [worker_of(name) for name in "abcd"]

    plan = assign(problem_of(tasks, people))

    assert plan.gap < 0.003


def test_what_nobody_may_do_is_no_gap():
    tasks = [task_of("lift", qualifications=("lift",)), task_of("door")]

    plan = assign(problem_of(tasks, [worker_of()]))

    assert UNCOVERED[0] == plan.hopeless
    assert plan.gap < 0.01
