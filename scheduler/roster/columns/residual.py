"""What is left to plan once the rows of some employees are settled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.cost import cover, request_cost
from scheduler.roster.core.problem import OFF, Cells, CoreProblem


@dataclass(frozen=True, eq=False)
class Residual:
    """
    The problem of the employees whose rows are still free.

    Attributes:
        members: Their numbers, ascending.
        need: [day, shift] people still wanted; 0 where the settled rows suffice.
        surcharge: [day, shift] cost of one more person where none is wanted any more, else 0.
        settled_cost: Wishes of the settled employees and the surplus that they alone make.
    """

    problem: CoreProblem
    members: NDArray[np.int64]
    need: NDArray[np.int64]
    surcharge: NDArray[np.int64]
    settled_cost: int

    def costs(self, employees: NDArray[np.int64], rows: Cells) -> NDArray[np.float64]:
        """Return what each row costs: its wishes and its surplus where nobody is wanted."""
        days = np.arange(self.problem.days)
        wishes = self.problem.requests[employees[:, None], days, rows].sum(axis=1)
        padded = np.concatenate([self.surcharge, np.zeros((len(days), 1), dtype=np.int64)], axis=1)
        charges: NDArray[np.float64] = (wishes + padded[days, rows].sum(axis=1)).astype(float)
        return charges


def residual(problem: CoreProblem, cells: Cells, members: NDArray[np.int64]) -> Residual:
    """Return the problem of *members*; the rows of all others stand as in *cells*."""
    settled = np.setdiff1d(np.arange(len(problem.employees)), members)
    standing = cover(problem, cells[settled])
    open_need = problem.need - standing
    wishes = sum(request_cost(problem, int(e), cells[e]) for e in settled)
    surplus = int((np.maximum(-open_need, 0) * problem.over).sum())
    return Residual(
        problem,
        members,
        np.maximum(open_need, 0),
        np.where(open_need > 0, 0, problem.over),
        wishes + surplus,
    )


def whole(problem: CoreProblem) -> Residual:
    """Return the problem with every employee's row free."""
    people = np.arange(len(problem.employees))
    nobody = np.full((len(people), problem.days), OFF, dtype=np.int16)
    return residual(problem, nobody, people)
