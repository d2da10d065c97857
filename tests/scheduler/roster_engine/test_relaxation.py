"""Bounds that need no linear program."""

from itertools import product

import numpy as np
from hypothesis import given

from scheduler.roster.columns.relaxation import Relaxation
from scheduler.roster.core.cost import cost
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.pricer import Pricer
from tests.scheduler.roster_engine.small_problems import (
    employee,
    legal_rows,
    problem,
    tiny_problems,
)


def _bound(case, upper, limits):
    effort = Effort(ends_at=1e9, steps=10**9)
    return Relaxation(case, Pricer(case, limits), effort).tighten(upper, until=1.0)


@given(case=tiny_problems(people=2, longest=5))
def test_no_roster_costs_less_than_the_bound(case):
    rows = [legal_rows(case, e) for e in range(2)]
    costs = [cost(case, np.array(pair)) for pair in product(*rows)]
    if not costs:
        return

    bound = _bound(case, 2 * max(costs) + 1, StateLimits(caps=1, weekends=-1))

    assert bound <= min(costs)


def test_people_too_few_for_a_year_are_counted():
    """One person may work 200 days; two are wanted on each of 364: 528 places stay empty."""
    worker = employee(run_max=5, rest_min=2, minutes_max=200 * 480, shift_max=(364,))
    need = np.full((364, 1), 2, dtype=np.int64)
    case = problem(364, (worker,), (("D", 480),), need=need)

    bound = _bound(case, 60_000, StateLimits(caps=12))

    assert 528 * 100 - 100 <= bound <= 528 * 100
