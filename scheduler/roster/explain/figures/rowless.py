"""The employees whose own rules leave them no row at all."""

from collections.abc import Callable
from dataclasses import replace
from math import inf

import numpy as np

from scheduler.roster.core.problem import OFF, CoreProblem
from scheduler.roster.explain.figures.clock import OutOfTime, seconds_until
from scheduler.roster.explain.figures.row_model import RowModel
from scheduler.roster.explain.figures.rules import rules_of

# Employees times days times shifts from which on CP-SAT takes too long to ask about each of them,
# or about all of them at once.
LARGE = 5_000


def rowless(problem: CoreProblem, *, ends: float) -> tuple[list[int], bool]:
    """
    Return the employees without a legal row, by number, and whether everybody was asked in time.

    In a large problem the dynamic program is asked, which is quick and exact; else CP-SAT.
    """
    has_none = _by_program(problem) if problem.requests.size > LARGE else _by_solver(problem, ends)
    known: dict[bytes, bool] = {}
    found: list[int] = []
    for e in range(len(problem.employees)):
        key = alike(problem, e)
        try:
            seconds_until(ends)
            if key not in known:
                known[key] = has_none(e)
        except OutOfTime:
            return found, False
        if known[key]:
            found.append(e)
    return found, True


def alike(problem: CoreProblem, e: int) -> bytes:
    """Return the same for employees whom no rule can tell apart."""
    rules = repr(replace(problem.employees[e], id="")).encode()
    return b"".join((rules, problem.days_off[e].tobytes(), problem.pins[e].tobytes()))


def _by_solver(problem: CoreProblem, ends: float) -> Callable[[int], bool]:
    def has_none(e: int) -> bool:
        model = RowModel(problem, e, list(rules_of(problem, e)))
        return model.verdict(seconds=seconds_until(ends)) == "impossible"

    return has_none


def _by_program(problem: CoreProblem) -> Callable[[int], bool]:
    # Imported late: compiled code takes as long to load as a small problem to explain.
    from scheduler.roster.effort import Effort
    from scheduler.roster.pricing.pricer import Pricer
    from scheduler.roster.pricing.sizes import limits_for_search
    from scheduler.roster.search.annealing import LocalSearch

    pricer = Pricer(problem, limits_for_search(problem))
    local = LocalSearch(problem, pricer, Effort(inf, steps=1), 0)
    nobody = np.full(problem.days_off.shape, OFF, dtype=np.int16)
    return lambda e: local.complete(nobody, np.array([e])) is not None
