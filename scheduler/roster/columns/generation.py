"""Column generation: prices rows at smoothed duals until the linear program has no better."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.columns.master import Master, Solution
from scheduler.roster.columns.pool import Pool
from scheduler.roster.columns.residual import Residual
from scheduler.roster.core.problem import Cells
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.pricer import Priced, Pricer

_ROWS_EACH = 3
_SMOOTHING = 0.5
_TOLERANCE = 1e-4
# The rest of the gap between program and bound that is not worth another round.
_CLOSE_ENOUGH = 0.02


Watch = Callable[[float], bool]


@dataclass
class Generation:
    """
    The linear program of a residual problem, and the best bound its pricing has proved.

    Attributes:
        watch: Called after each round with the bound; ends the rounds by returning True.
        bound: Lower bound on the cost of every roster that completes the settled rows.
        best_duals: Those that gave the bound.
    """

    residual: Residual
    pricer: Pricer
    pool: Pool
    effort: Effort
    watch: Watch | None = None
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

    def price(self, duals: NDArray[np.float64], members: NDArray[np.int64]) -> Priced:
        """Price some *members* at *duals* and keep the rows; if it was all, the bound as well."""
        at = np.where(self.residual.need > 0, self.pricer.on_grid(duals), 0.0)
        priced = self.pricer.price(
            members, self.residual.surcharge.astype(float) - at, each=_ROWS_EACH
        )
        self.effort.count(self.pricer.steps_each * len(members))
        self.pool.add(priced.employees, priced.rows)
        if len(members) == len(self.residual.members):
            self._note_bound(at, priced)
        return priced

    def _note_bound(self, at: NDArray[np.float64], priced: Priced) -> None:
        bound = priced.least + float((at * self.residual.need).sum()) + self.residual.settled_cost
        if bound > self.bound:
            self.bound, self.best_duals = bound, at

    def reduced(
        self, solution: Solution, employees: NDArray[np.int64], rows: Cells
    ) -> NDArray[np.float64]:
        """Return the reduced cost of each of these rows of members."""
        values = self.residual.costs(employees, rows)
        padded = np.concatenate([solution.duals, np.zeros((len(solution.duals), 1))], axis=1)
        values -= padded[np.arange(len(padded)), rows].sum(axis=1)
        places = np.searchsorted(self.residual.members, employees)
        result: NDArray[np.float64] = values - solution.row_duals[places]
        return result

    def solve(self, *, after_bounds: bool = False) -> Solution | None:
        """Solve the program as it stands; nothing if the time ran out."""
        seconds = self.effort.seconds_to_the_end()
        self.solution = self.master.solve(seconds=seconds, after_bounds=after_bounds)
        self.effort.count(self.master.steps_of_last)
        return self.solution

    def run(self, *, rounds: int = 10_000) -> None:
        """Generate columns until none is missing, the rounds or the effort are used up."""
        for _ in range(rounds):
            solution = self.solve()
            if solution is None or self.effort.is_over():
                return
            self.converged = self._round(solution) == 0
            if self.converged or (self.watch is not None and self.watch(self.bound)):
                return

    def _round(self, solution: Solution) -> int:
        """Add what is missing; return how many columns that were."""
        centre = self.best_duals
        if centre is not None:
            smooth = _SMOOTHING * centre + (1 - _SMOOTHING) * solution.duals
            added = self.add_missing(solution, self.residual.members, at=smooth)
            if self._is_close(solution):
                return 0
            if added:
                return added
        added = self.add_missing(solution, self.residual.members)
        return 0 if self._is_close(solution) else added

    def _is_close(self, solution: Solution) -> bool:
        return solution.objective - self.bound < _CLOSE_ENOUGH

    def add_missing(
        self,
        solution: Solution,
        members: NDArray[np.int64],
        *,
        at: NDArray[np.float64] | None = None,
    ) -> int:
        """
        Price *members* and add the rows with a negative reduced cost; return how many.

        They are priced *at* these duals, or those of the solution if none are given.
        """
        priced = self.price(solution.duals if at is None else at, members)
        worth = self.reduced(solution, priced.employees, priced.rows) < -_TOLERANCE
        return self.master.add(priced.employees[worth], priced.rows[worth])
