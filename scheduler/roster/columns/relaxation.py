"""
A lower bound where the whole is too large for the linear program.

Cover is not demanded but paid for: each employee then works the cheapest row at the prices of the
day, and no roster costs less than all of these rows and the price of the demand together. The
prices follow what the rows lack or have too much of, in ever shorter steps.
"""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.cost import cover
from scheduler.roster.core.problem import OFF, CoreProblem
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.kernel import cheapest_rows
from scheduler.roster.pricing.pricer import Pricer

_FIRST_STEP = 1.0
# Rounds without a better bound after which steps are halved, and the step that ends it.
_PATIENCE = 3
_SHORTEST_STEP = 0.01


class Relaxation:
    """
    Prices of the cover and the best bound that they have proved.

    Attributes:
        bound: No roster costs less.
    """

    def __init__(self, problem: CoreProblem, pricer: Pricer, effort: Effort) -> None:
        self.problem, self.pricer, self.effort = problem, pricer, effort
        self.bound = 0.0
        # As if people were short everywhere: over long horizons they mostly are.
        self.prices = pricer.on_grid(np.where(problem.need > 0, problem.under, 0).astype(float))
        self._best = self.prices

    def tighten(self, upper: float, *, until: float) -> float:
        """
        Better the bound until steps are short or a share of the effort is used; return it.

        Args:
            upper: Cost of some roster; how far the bound may be off.
            until: Share of the effort, from 0 to 1.
        """
        step, in_vain = _FIRST_STEP, 0
        while step > _SHORTEST_STEP and self.effort.share() < until and self.bound < upper - 1:
            answer = self._round()
            if answer is None:
                break
            value, lacking = answer
            in_vain = in_vain + 1 if value <= self.bound else 0
            if value > self.bound:
                self.bound, self._best = value, self.prices
            if in_vain >= _PATIENCE:
                step, in_vain, self.prices = step / 2, 0, self._best
            else:
                length = step * (upper - value) / max(1.0, float((lacking**2).sum()))
                self.prices = self.pricer.on_grid(self.prices + length * lacking)
        return self.bound

    def _round(self) -> tuple[float, NDArray[np.int64]] | None:
        """Return what the prices prove, and the people lacking; nothing if the time ran out."""
        pricer, problem = self.pricer, self.problem
        people = len(problem.employees)
        cells = np.full((people, 1, problem.days), OFF, dtype=np.int16)
        value = float((self.prices * problem.need).sum())
        for e in range(people):
            if self.effort.is_over():
                return None
            wish = pricer.demand.wish[e].copy()
            wish[:, :OFF] -= self.prices.astype(np.float32)
            _, least = cheapest_rows(pricer.tables, e, wish, pricer.scratch, cells[e])
            self.effort.count(pricer.steps_each)
            value += float(least)
        return value, problem.need - cover(problem, cells[:, 0])
