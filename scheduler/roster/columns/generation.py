"""Column generation: prices rows at smoothed duals until the linear program has no better."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.columns.master import Master, Solution
from scheduler.roster.columns.pool import Pool
from scheduler.roster.columns.residual import Residual
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.pricer import Priced, Pricer

_ROWS_EACH = 3
_SMOOTHING = 0.5
_TOLERANCE = 1e-4
# The rest of the gap between program and bound that is not worth another round.
_CLOSE_ENOUGH = 0.02


@dataclass
class Generation:
    """
    The linear program of a residual problem, and the best bound its pricing has proved.

    Attributes:
        bound: Lower bound on the cost of every roster that completes the settled rows.
        best_duals: Those that gave the bound.
    """

    residual: Residual
    pricer: Pricer
    pool: Pool
    effort: Effort
    bound: float = -np.inf
    best_duals: NDArray[np.float64] | None = None
    solution: Solution | None = None
    converged: bool = False
    master: Master = field(init=False)

    def __post_init__(self) -> None:
        self.master = Master(self.residual)

    def add(self, employees: NDArray[np.int64], rows: NDArray[np.int16]) -> None:
        """Put known rows into the program."""
        self.master.add(employees, rows)

    def price(self, duals: NDArray[np.float64], *, each: int = _ROWS_EACH) -> Priced:
        """Price every member at *duals*, keep the rows and the bound they prove."""
        at = np.where(self.residual.need > 0, self.pricer.on_grid(duals), 0.0)
        members = self.residual.members
        priced = self.pricer.price(members, self.residual.surcharge - at, each=each)
        self.effort.count(len(members))
        bound = priced.least + float((at * self.residual.need).sum()) + self.residual.settled_cost
        if bound > self.bound:
            self.bound, self.best_duals = bound, at
        self.pool.add(priced.employees, priced.rows)
        return priced

    def reduced(
        self, duals: NDArray[np.float64], row_duals: NDArray[np.float64], priced: Priced
    ) -> NDArray[np.float64]:
        """Return the reduced cost of each row found."""
        values = self.residual.costs(priced.employees, priced.rows)
        padded = np.concatenate([duals, np.zeros((len(duals), 1))], axis=1)
        values -= padded[np.arange(len(duals)), priced.rows].sum(axis=1)
        places = np.searchsorted(self.residual.members, priced.employees)
        result: NDArray[np.float64] = values - row_duals[places]
        return result

    def solve(self, *, after_bounds: bool = False) -> Solution | None:
        """Solve the program as it stands; nothing if the time ran out."""
        seconds = self.effort.seconds_left()
        self.solution = self.master.solve(seconds=seconds, after_bounds=after_bounds)
        return self.solution

    def run(self, *, rounds: int = 10_000) -> None:
        """Generate columns until none is missing, the rounds or the effort are used up."""
        for _ in range(rounds):
            solution = self.solve()
            if solution is None or self.effort.is_over():
                return
            if self._round(solution) == 0:
                self.converged = True
                return

    def _round(self, solution: Solution) -> int:
        """Add what is missing; return how many columns that were."""
        centre = self.best_duals
        if centre is not None:
            smooth = _SMOOTHING * centre + (1 - _SMOOTHING) * solution.duals
            added = self._add_missing(solution, smooth)
            if self._is_close(solution):
                return 0
            if added:
                return added
        added = self._add_missing(solution, solution.duals)
        return 0 if self._is_close(solution) else added

    def _is_close(self, solution: Solution) -> bool:
        return solution.objective - self.bound < _CLOSE_ENOUGH

    def _add_missing(self, solution: Solution, duals: NDArray[np.float64]) -> int:
        priced = self.price(duals)
        worth = self.reduced(solution.duals, solution.row_duals, priced) < -_TOLERANCE
        return self.master.add(priced.employees[worth], priced.rows[worth])
