"""What a roster costs: wishes not granted, and people too few or too many on a shift."""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import OFF, Cells, CoreProblem


def cost(problem: CoreProblem, cells: Cells) -> int:
    """Return the cost of the roster; says nothing of its hard rules."""
    wishes = sum(request_cost(problem, e, row) for e, row in enumerate(cells))
    return wishes + cover_cost(problem, cover(problem, cells))


def request_cost(problem: CoreProblem, employee: int, row: NDArray[np.int16]) -> int:
    """Return what the wishes of one employee cost under this row of cells."""
    # OFF is -1 and so picks the last column, that of a day off.
    return int(problem.requests[employee, np.arange(problem.days), row].sum())


def cover(problem: CoreProblem, cells: Cells) -> NDArray[np.int64]:
    """Return how many people work each shift of each day."""
    standing = np.zeros((problem.days, len(problem.shifts)), dtype=np.int64)
    for row in cells:
        works = row != OFF
        standing[np.flatnonzero(works), row[works]] += 1
    return standing


def cover_cost(problem: CoreProblem, standing: NDArray[np.int64]) -> int:
    """Return the cost of people too few and too many."""
    short = np.maximum(problem.need - standing, 0)
    surplus = np.maximum(standing - problem.need, 0)
    return int((short * problem.under).sum() + (surplus * problem.over).sum())
