"""Prices rows of employees against the duals of the cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.edges import Edges
from scheduler.roster.core.problem import Cells, CoreProblem
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.rounds import price_round
from scheduler.roster.pricing.tables import additions, demand, scratch, tables

# Bits of a 32-bit float's fraction, and of the fraction of a dual.
_FLOAT_BITS = 24
_DUAL_BITS = 6


@dataclass(frozen=True, eq=False)
class Priced:
    """
    What one round found.

    Attributes:
        employees: [row] whose row it is.
        rows: [row, day] legal rows.
        least: Sum over the employees of a lower bound on what any legal row of theirs costs.
    """

    employees: NDArray[np.int64]
    rows: Cells
    least: float


class Pricer:
    """
    The dynamic program of all employees of a problem.

    Duals are rounded to a grid on which sums of prices have no rounding error as 32-bit floats,
    so that the lower bounds are exact.

    Attributes:
        steps_each: Work of one run of the program, on the average.
    """

    def __init__(
        self, problem: CoreProblem, limits: StateLimits, edges: Sequence[Edges] | None = None
    ) -> None:
        self.problem = problem
        self.tables = tables(problem, limits, edges)
        self.scratch = scratch(problem, self.tables)
        self.demand = demand(problem)
        # A run costs about a step besides its additions; see `effort`.
        self.steps_each = 1.0 + float(additions(self.tables).mean()) * problem.days / 1e6
        wishes = int(np.abs(problem.requests).max(axis=2).sum(axis=1).max())
        covers = int(np.maximum(problem.under, problem.over).max(axis=1).sum())
        bits = min(_DUAL_BITS, _FLOAT_BITS - ceil(log2(2 + wishes + covers)))
        self.grid = 2.0**-bits

    def on_grid(self, duals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the duals, brought between the costs of over- and under-cover, on the grid."""
        inside = np.clip(duals, -self.problem.over, self.problem.under)
        rounded: NDArray[np.float64] = np.round(inside / self.grid) * self.grid
        return rounded

    def price(
        self, members: NDArray[np.int64], margin: NDArray[np.float64], *, each: int
    ) -> Priced:
        """
        Return up to *each* cheap rows of each member.

        The margin is [day, shift], added to the cost of working the shift, and on the grid.
        """
        days = self.problem.days
        rows = np.empty((len(members), each, days), dtype=np.int16)
        counts = np.zeros(len(members), dtype=np.int64)
        least = np.zeros(len(members), dtype=np.float32)
        charged = margin.astype(np.float32)
        price_round(self.tables, self.demand, self.scratch, members, charged, rows, counts, least)
        kept = np.arange(each)[None, :] < counts[:, None]
        return Priced(
            np.repeat(members, counts),
            rows[kept],
            float(least.astype(np.float64).sum()),
        )
