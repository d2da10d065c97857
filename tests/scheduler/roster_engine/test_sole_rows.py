"""Rows by CP-SAT, for employees whose limits are kept by prices and whom these do not help."""

import numpy as np
import pytest
from hypothesis import given

from scheduler.roster.columns.sole_row import NoneExists, SoleRow
from scheduler.roster.core.audit import row_violations, violations
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.search.annealing import LocalSearch
from scheduler.roster.search.first_roster import Contradiction, first_roster
from tests.scheduler.roster_engine.small_problems import (
    employee,
    legal_rows,
    problem,
    tiny_problems,
)

EFFORT = Effort(ends_at=1e9, steps=10**9)


@given(case=tiny_problems(longest=6))
def test_a_legal_row_is_found_exactly_where_there_is_one(case):
    legal = legal_rows(case, 0)

    if legal:
        row = SoleRow(case, 0).solve(EFFORT, seed=0)

        assert [] == row_violations(case, 0, row)
    else:
        with pytest.raises(NoneExists):
            SoleRow(case, 0).solve(EFFORT, seed=0)


def _by_prices(case):
    return LocalSearch(case, Pricer(case, StateLimits(caps=1, weekends=-1)), EFFORT, seed=0)


class _BlindTo(LocalSearch):
    """Finds the rows of everyone but of the second employee."""

    def complete(self, cells, members):
        super().complete(cells, members[members != 1])
        return 1 if 1 in members else None


def test_employees_without_a_row_by_prices_get_one_all_the_same():
    rules = {"run_min": 2, "run_max": 5, "rest_min": 2, "shift_max": (4, 4)}
    staff = tuple(employee(f"p{number}", minutes_min=8 * 480, **rules) for number in range(3))
    case = problem(14, staff, (("D", 480), ("N", 480)), need=np.ones((14, 2), dtype=np.int64))
    local = _BlindTo(case, Pricer(case, StateLimits(caps=1)), EFFORT, seed=0)

    cells = first_roster(local, seed=0)

    assert violations(case, cells) == ()


def test_rules_that_contradict_each_other_are_proved_where_prices_keep_them():
    impossible = employee("q", minutes_min=7 * 480, minutes_max=7 * 480, shift_max=(3, 3))
    case = problem(7, (employee("p"), impossible), (("D", 480), ("N", 480)))

    with pytest.raises(Contradiction) as found:
        first_roster(_by_prices(case), seed=0)

    assert 1 == found.value.employee
