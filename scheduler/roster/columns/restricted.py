"""
The best choice among the rows at hand, by CP-SAT.

One of the modules that import OR-Tools.
"""

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.roster.columns.residual import Residual
from scheduler.roster.core.problem import OFF, Cells
from scheduler.roster.effort import Effort


class Restricted:
    """Chooses one of the rows at hand for each member."""

    def __init__(self, residual: Residual, employees: NDArray[np.int64], rows: Cells) -> None:
        self.residual = residual
        self.employees, self.rows = employees, rows
        self.model = cp_model.CpModel()
        self.chosen = [self.model.new_bool_var("") for _ in employees]
        for e in residual.members:
            self.model.add_exactly_one([self.chosen[c] for c in np.flatnonzero(employees == e)])
        costs = residual.costs(employees, rows).astype(int).tolist()
        terms: list[cp_model.LinearExprT] = [
            cp_model.LinearExpr.weighted_sum(self.chosen, costs),
            residual.settled_cost,
        ]
        terms += [self._gap(int(d), int(s)) for d, s in np.argwhere(residual.need > 0)]
        self.model.minimize(cp_model.LinearExpr.sum(terms))

    def _gap(self, day: int, shift: int) -> cp_model.LinearExprT:
        """Return the cost of people too few and too many on a shift."""
        problem, need = self.residual.problem, int(self.residual.need[day, shift])
        takers = [self.chosen[c] for c in np.flatnonzero(self.rows[:, day] == shift)]
        short = self.model.new_int_var(0, need, "")
        surplus = self.model.new_int_var(0, len(takers), "")
        self.model.add(sum(takers) + short - surplus == need)
        return short * int(problem.under[day, shift]) + surplus * int(problem.over[day, shift])

    def solve(self, *, effort: Effort, seed: int) -> Cells | None:
        """
        Return the best rows found, [member, day].

        It may take a fifteenth of what is left of the *effort*, but a second where that is less
        than a quarter of it, counted in CP-SAT's deterministic seconds.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = seed
        left = effort.seconds_left()
        seconds = min(max(1.0, left / 15), left / 4)
        by_clock = effort.seconds_to_the_end() if effort.steps is not None else 2 * seconds
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.max_time_in_seconds = by_clock
        status = solver.solve(self.model)
        effort.count_seconds(solver.response_proto.deterministic_time)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found = np.full((len(self.residual.members), self.rows.shape[1]), OFF, dtype=np.int16)
        for place, e in enumerate(self.residual.members):
            mine = np.flatnonzero(self.employees == e)
            taken = [c for c in mine if solver.boolean_value(self.chosen[c])]
            found[place] = self.rows[taken[0]]
        return found
