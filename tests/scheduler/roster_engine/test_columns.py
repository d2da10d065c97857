from itertools import product

import numpy as np
import pytest
from hypothesis import given

from scheduler.roster.columns.dive import Dive, DivePlan
from scheduler.roster.columns.generation import Generation
from scheduler.roster.columns.pool import Pool
from scheduler.roster.columns.residual import residual, whole
from scheduler.roster.columns.restricted import Restricted
from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.pricer import Pricer
from tests.scheduler.roster_engine.small_problems import legal_rows, tiny_problems

PAIRS = tiny_problems(people=2, longest=5)


def _generation(case, base=None):
    pricer = Pricer(case, StateLimits(caps=10_000))
    generation = Generation(
        base or whole(case), pricer, Pool(case.days), Effort(ends_at=1e9, steps=10**9)
    )
    generation.run()
    return generation


def _optimum(case):
    rows = [legal_rows(case, e) for e in range(2)]
    costs = [cost(case, np.array(pair)) for pair in product(*rows)]
    return min(costs, default=None)


@given(case=PAIRS)
def test_the_bound_never_exceeds_the_optimum_and_equals_the_program(case):
    optimum = _optimum(case)
    if optimum is None:
        return

    generation = _generation(case)

    assert generation.converged
    assert generation.bound <= optimum
    assert generation.solution.objective <= optimum + 1e-6
    assert generation.solution.objective - generation.bound < 1


@given(case=PAIRS)
def test_a_dive_ends_in_a_legal_roster_that_costs_what_the_audit_says(case):
    if _optimum(case) is None:
        return
    generation = _generation(case)

    dived = Dive(generation, DivePlan(upper=1e9), np.random.default_rng(0)).run()

    assert not len(dived.open_members)
    assert violations(case, dived.cells) == ()
    assert cost(case, dived.cells) >= generation.bound


@given(case=PAIRS)
def test_a_dive_that_ran_out_of_time_goes_on_with_what_it_settled(case):
    if _optimum(case) is None:
        return
    dive = Dive(_generation(case), DivePlan(upper=1e9, ends_by=0.0), np.random.default_rng(0))

    late = dive.run()
    dived = dive.go_on(DivePlan(upper=1e9))

    assert [0, 1] == late.open_members.tolist()
    assert not len(dived.open_members)
    assert violations(case, dived.cells) == ()


@given(case=PAIRS)
def test_a_column_given_back_leaves_the_program_as_it_was(case):
    if _optimum(case) is None:
        return
    generation = _generation(case)
    free = generation.solution.objective

    for column in range(len(generation.master.columns)):
        generation.master.take(column)
        taken = generation.solve(after_bounds=True)
        generation.master.release(column)

        assert taken.shares[column] == pytest.approx(1.0)
        assert taken.objective >= free - 1e-6
        assert generation.solve().objective == pytest.approx(free)


@given(case=PAIRS)
def test_a_barred_column_stays_barred_when_its_neighbour_is_given_back(case):
    if _optimum(case) is None:
        return
    generation = _generation(case)
    master = generation.master
    barred, other = 0, master.of_member[master.employees[0]][-1]

    master.bar(barred)
    master.take(other)
    master.release(other)

    assert generation.solve().shares[barred] == pytest.approx(0.0)


@given(case=PAIRS)
def test_the_choice_among_all_rows_is_the_optimum(case):
    optimum = _optimum(case)
    if optimum is None:
        return
    rows = [(e, row) for e in range(2) for row in legal_rows(case, e)]
    employees = np.array([e for e, _ in rows])

    chosen = Restricted(whole(case), employees, np.array([row for _, row in rows]))
    found = chosen.solve(effort=Effort(ends_at=1e9, steps=10**9), seed=0)

    assert optimum == cost(case, found)


@given(case=PAIRS)
def test_settled_rows_and_the_rest_together_cost_the_whole_roster(case):
    rows = [legal_rows(case, e) for e in range(2)]
    if not all(rows):
        return
    cells = np.array([rows[0][0], rows[1][-1]])

    rest = residual(case, cells, np.array([1]))

    own = rest.costs(np.array([1]), cells[1:])[0]
    standing = np.zeros_like(rest.need)
    for day, shift in enumerate(cells[1]):
        if shift >= 0:
            standing[day, shift] = 1
    gaps = rest.need - standing
    cover = (np.maximum(gaps, 0) * case.under + np.maximum(-gaps, 0) * case.over)[rest.need > 0]
    assert cost(case, cells) == rest.settled_cost + own + cover.sum()


def test_a_pool_holds_every_row_once():
    pool = Pool(3)
    rows = np.array([[0, 1, -1], [0, 1, -1], [1, 1, -1]], dtype=np.int16)

    pool.add(np.array([0, 0, 0]), rows)
    pool.add(np.array([1]), rows[:1])

    assert [0, 0, 1] == pool.employees.tolist()
    assert [[0, 1, -1], [1, 1, -1], [0, 1, -1]] == pool.rows.tolist()
