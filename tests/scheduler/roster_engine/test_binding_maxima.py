"""Rows where every shift has a maximum that binds, more of them than the states count."""

import numpy as np
import pytest

from scheduler.roster.core.audit import row_violations
from scheduler.roster.core.problem import OFF
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.legal_row import legal_row
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.search.annealing import LocalSearch
from tests.scheduler.roster_engine.small_problems import employee, problem

KINDS = tuple((f"s{number}", 480) for number in range(8))


def _month(*, rotates):
    """Twenty days of work are wanted, and all maxima together allow just twenty."""
    rules = {"run_min": 2, "run_max": 5, "rest_min": 2, "weekends_max": 2}
    worked = {"minutes_min": 20 * 480, "minutes_max": 20 * 480}
    most = (3, 3, 3, 3, 2, 2, 2, 2)
    backwards = np.tril(np.ones((8, 8), dtype=np.bool_), -1)
    return problem(
        28,
        (employee(**rules, **worked, shift_max=most),),
        KINDS,
        forbidden=backwards if rotates else np.zeros_like(backwards),
    )


@pytest.mark.parametrize("rotates", [False, True])
def test_a_row_is_found_where_every_maximum_binds(rotates):
    case = _month(rotates=rotates)
    pricer = Pricer(case, limits_for_search(case))
    draw = np.random.default_rng(1)
    row = np.empty(case.days, dtype=np.int16)

    for _ in range(10):
        price = draw.integers(-90, 90, (case.days, 9)).astype(np.float32)
        found = legal_row(pricer.tables, 0, price, pricer.scratch, row)

        assert found
        assert [] == row_violations(case, 0, row)


def test_a_roster_gone_on_from_is_the_best_until_a_better_one_is_found():
    case = _month(rotates=False)
    local = LocalSearch(case, Pricer(case, limits_for_search(case)), Effort(ends_at=1e9), seed=0)
    local.complete(np.full((1, case.days), OFF, dtype=np.int16), local.everyone)
    standing = local.best.copy()
    later = LocalSearch(case, Pricer(case, limits_for_search(case)), Effort(ends_at=1e9), seed=0)

    later.adopt(standing)

    assert (standing == later.best).all()
