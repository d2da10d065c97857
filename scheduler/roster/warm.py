"""
Compiles the dynamic program and keeps the machine code, so that the first roster need not wait.

Run after installing: python -m scheduler.roster.warm
"""

import numpy as np

from scheduler.roster.core.problem import FREE, CoreProblem, Employee, Shift
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.search.annealing import LocalSearch


def warm() -> None:
    """Call every compiled function once."""
    problem = _smallest()
    pricer = Pricer(problem, limits_for_search())
    local = LocalSearch(problem, pricer, Effort(ends_at=np.inf), seed=0)
    local.complete(local.best, local.everyone)
    local.improve_at(1, heat=1.0)
    pricer.price(local.everyone, np.zeros((problem.days, 1)), each=1)


def _smallest() -> CoreProblem:
    days = 7
    employee = Employee(
        "a",
        minutes_min=0,
        minutes_max=days,
        run_min=1,
        run_max=5,
        rest_min=1,
        weekends_max=1,
        shift_max=(days,),
    )
    cover = np.ones((days, 1), dtype=np.int64)
    return CoreProblem(
        days,
        (Shift("D", 1),),
        (employee,),
        forbidden=np.zeros((1, 1), dtype=np.bool_),
        days_off=np.zeros((1, days), dtype=np.bool_),
        pins=np.full((1, days), FREE, dtype=np.int16),
        requests=np.zeros((1, days, 2), dtype=np.int64),
        need=cover,
        under=cover,
        over=cover,
    )


if __name__ == "__main__":
    warm()
