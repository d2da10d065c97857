import time
from functools import partial

import numpy as np

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.search.supervision import solve
from tests.scheduler.roster_engine.small_problems import cells, employee, problem


def _month(people=6):
    """Enough to keep the solver busy for a few seconds."""
    draw = np.random.default_rng(5)
    rules = partial(employee, run_min=2, run_max=5, rest_min=2, weekends_max=2, shift_max=(28, 4))
    staff = [rules(f"p{n}", minutes_min=7200, minutes_max=9000) for n in range(people)]
    grid = (28, 2)
    return problem(
        28,
        staff,
        need=draw.integers(1, 4, grid),
        requests=draw.integers(0, 4, (people, *grid[:1], 3)),
        forbidden=np.array([[False, False], [True, False]]),
    )


def test_the_answer_passes_the_audit_and_its_trace_only_gets_better():
    case = _month()

    answer = solve(case, seconds=12, seed=1)

    assert violations(case, answer.cells) == ()
    assert cost(case, answer.cells) == answer.cost
    assert answer.bound <= answer.cost
    costs = [price for _, price, _ in answer.trace if price is not None]
    assert sorted(costs, reverse=True) == costs
    assert answer.cost == costs[-1]


def test_the_same_seed_and_steps_give_the_same_roster():
    case = _month(8)

    first, second = (solve(case, seconds=300, seed=7, steps=3000) for _ in range(2))

    assert not first.was_cut
    assert not second.was_cut
    assert first.cells.tobytes() == second.cells.tobytes()
    assert (first.cost, first.bound) == (second.cost, second.bound)


def test_a_year_is_planned_by_weeks_and_joined_legally():
    draw = np.random.default_rng(2)
    rules = {"run_min": 2, "rest_min": 2, "run_max": 5, "weekends_max": 30, "shift_max": (364, 60)}
    worked = {"minutes_min": 220 * 480, "minutes_max": 240 * 480}
    case = problem(
        364,
        tuple(employee(f"p{n}", **rules, **worked) for n in range(17)),
        shifts=(("D", 480), ("N", 480)),
        need=draw.integers(4, 8, (364, 2)),
        forbidden=np.array([[False, False], [True, False]]),
    )

    answer = solve(case, seconds=300, seed=1, steps=4000)

    first = next(price for _, price, _ in answer.trace if price is not None)
    assert not answer.was_cut
    assert violations(case, answer.cells) == ()
    assert answer.cost < 0.8 * first


def test_steps_that_the_time_does_not_suffice_for_are_told():
    answer = solve(_month(), seconds=0.1, seed=7, steps=10**9)

    assert answer.was_cut


def test_rules_that_contradict_each_other_are_told_with_the_employee():
    case = problem(employees=(employee("p"), employee("q", minutes_min=9000, minutes_max=9000)))

    answer = solve(case, seconds=30, seed=1)

    assert ("infeasible", 1, None) == (answer.status, answer.impossible, answer.cells)


def test_pinned_cells_stay_where_they_are():
    pins = np.full((1, 7), -2, dtype=np.int16)
    pins[0, :3] = cells("N.D")
    case = problem(pins=pins)

    answer = solve(case, seconds=30, seed=1)

    assert "optimal" == answer.status
    assert [1, -1, 0] == answer.cells[0, :3].tolist()


def test_a_limit_too_short_for_any_roster_is_kept_and_told():
    began = time.monotonic()

    answer = solve(_month(), seconds=0.05, seed=1)

    assert "unknown" == answer.status
    assert time.monotonic() - began < 5  # a hang would take the whole of the test's time
