from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.roster.core.audit import violations
from scheduler.roster.core.cost import cost, request_cost
from scheduler.roster.core.edges import Beyond, Edges, edges
from scheduler.roster.core.problem import OFF
from scheduler.roster.core.window import window
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.legal_row import legal_row
from scheduler.roster.pricing.pricer import Pricer
from tests.scheduler.roster_engine.small_problems import cells, employee, problem

EXACT = StateLimits(caps=10_000)


@st.composite
def three_weeks(draw):
    """One person, three weeks, and the rules that reach over the edge of a week."""
    draws = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    person = employee(
        minutes_min=480 * draw(st.integers(0, 8)),
        minutes_max=480 * draw(st.integers(9, 15)),
        run_min=draw(st.integers(1, 3)),
        run_max=draw(st.integers(3, 6)),
        rest_min=draw(st.integers(0, 3)),
        weekends_max=draw(st.integers(0, 3)),
        shift_max=(draw(st.integers(3, 21)), draw(st.integers(0, 21))),
    )
    return problem(
        21,
        (person,),
        shifts=(("D", 480), ("N", 480)),
        forbidden=draws.integers(0, 2, (2, 2)).astype(np.bool_),
        days_off=draws.random((1, 21)) < 0.1,
        requests=draws.integers(0, 9, (1, 21, 3)),
    )


def _some_legal_row(case, seed):
    """A legal row that is nobody's favourite, so that weeks end in all kinds of runs."""
    pricer = Pricer(case, EXACT)
    price = pricer.demand.wish[0].copy()
    price += np.random.default_rng(seed).integers(0, 60, price.shape).astype(np.float32)
    row = np.empty(case.days, dtype=np.int16)
    assume(legal_row(pricer.tables, 0, price, pricer.scratch, row))
    return row


@settings(max_examples=40)
@given(case=three_weeks(), seed=st.integers(0, 99), week=st.integers(0, 2))
def test_a_week_between_others_is_planned_as_well_as_all_its_rows_tried_out(case, seed, week):
    whole = _some_legal_row(case, seed)[None, :]
    first, last = 7 * week, 7 * week + 7
    best = None
    for row in product(range(OFF, 2), repeat=7):
        tried = whole.copy()
        tried[0, first:last] = row
        price = request_cost(case, 0, tried[0])
        if (best is None or price < best) and violations(case, tried) == ():
            best = price

    part = window(case, whole, first, last)
    pricer = Pricer(part.problem, EXACT, part.edges)
    priced = pricer.price(np.array([0]), np.zeros((7, 2)), each=1)

    whole[0, first:last] = priced.rows[0]
    assert violations(case, whole) == ()
    assert best == request_cost(case, 0, whole[0])


def test_what_lies_around_some_days_is_the_run_next_to_them():
    (row,) = cells(".DD.NN.DD.")

    assert Edges(Beyond(0, 2, is_open=False), Beyond(1, 2, is_open=False)) == edges(row, 3, 4)
    assert Edges(Beyond(OFF, 1, is_open=True), Beyond(OFF, 1, is_open=True)) == edges(row, 1, 9)
    assert Edges() == edges(row, 0, 10)


def test_a_window_costs_what_its_days_cost_of_the_whole():
    draws = np.random.default_rng(3)
    case = problem(
        21,
        (employee("p"), employee("q")),
        need=draws.integers(0, 3, (21, 2)),
        requests=draws.integers(0, 9, (2, 21, 3)),
    )
    roster = draws.integers(-1, 2, (2, 21)).astype(np.int16)

    weeks = [window(case, roster, first, first + 7) for first in (0, 7, 14)]

    parts = [cost(each.problem, roster[:, each.first : each.last]) for each in weeks]
    assert cost(case, roster) == sum(parts)
