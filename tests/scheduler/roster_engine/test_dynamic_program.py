import numpy as np
from hypothesis import given

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import request_cost
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.legal_row import legal_row
from scheduler.roster.pricing.pricer import Pricer
from tests.scheduler.roster_engine.small_problems import legal_rows, problem, tiny_problems

EXACT = StateLimits(caps=10_000)
BY_PRICES = StateLimits(caps=1, weekends=-1)


def _price(case, limits, *, each=1):
    pricer = Pricer(case, limits)
    none = np.zeros((case.days, len(case.shifts)))
    return pricer.price(np.array([0]), none, each=each)


@given(case=tiny_problems())
def test_the_program_finds_a_cheapest_of_all_legal_rows(case):
    legal = legal_rows(case, 0)

    priced = _price(case, EXACT)

    assert bool(legal) == bool(len(priced.rows))
    if legal:
        cheapest = min(request_cost(case, 0, row) for row in legal)
        assert cheapest == request_cost(case, 0, priced.rows[0]) == priced.least
        assert violations(case, priced.rows) == ()


@given(case=tiny_problems())
def test_limits_kept_by_prices_leave_a_bound_and_legal_rows(case):
    legal = legal_rows(case, 0)

    priced = _price(case, BY_PRICES)

    for row in priced.rows:
        assert violations(case, row[None, :]) == ()
    if legal:
        assert priced.least <= min(request_cost(case, 0, row) for row in legal)


@given(case=tiny_problems())
def test_a_row_kept_legal_by_prices_passes_the_audit(case):
    pricer = Pricer(case, BY_PRICES)
    row = np.empty(case.days, dtype=np.int16)

    found = legal_row(pricer.tables, 0, pricer.demand.wish[0], pricer.scratch, row)

    assert not found or violations(case, row[None, :]) == ()


@given(case=tiny_problems())
def test_further_rows_differ_and_cost_no_less(case):
    priced = _price(case, EXACT, each=3)

    costs = [request_cost(case, 0, row) for row in priced.rows]
    assert sorted(costs) == costs
    assert len({row.tobytes() for row in priced.rows}) == len(priced.rows)


def test_duals_outside_the_costs_of_cover_are_brought_back_onto_the_grid():
    pricer = Pricer(problem(), EXACT)

    duals = pricer.on_grid(np.full((7, 2), 1000.0) + np.pi)

    assert (duals == 100.0).all()
    assert (pricer.on_grid(np.full((7, 2), -np.pi)) == -1.0).all()
    assert (pricer.on_grid(np.full((7, 2), np.pi)) / pricer.grid % 1 == 0).all()
