"""
The linear program over columns, on MathOpt's GLOP.

One of the modules that import OR-Tools.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import inf

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from scheduler.roster.columns.residual import Residual
from scheduler.roster.core.problem import OFF, Cells

# Dearer than any row; keeps the program feasible until every employee has one.
_NO_ROW = 1e5
# A pivot on so many rows is about as much work as a step; see `effort`.
_ROWS_A_STEP = 300
# Reading an answer takes as long as a third of finding it: only what is used is asked for.
_WANTED = mathopt.ModelSolveParameters(
    variable_values_filter=mathopt.VariableFilter(skip_zero_values=True),
    reduced_costs_filter=mathopt.VariableFilter(filtered_items=()),
)


@dataclass(frozen=True, eq=False)
class Solution:
    """
    An optimum of the linear program.

    Attributes:
        objective: Includes the settled cost.
        duals: [day, shift] worth of one more person; 0 where nobody is wanted.
        shares: [column] how much of each column is taken.
        row_duals: [member] what the employee's own row costs at these duals.
    """

    objective: float
    duals: NDArray[np.float64]
    shares: NDArray[np.float64]
    row_duals: NDArray[np.float64]


class Master:
    """
    Takes one column for each member and pays for people too few and too many.

    Attributes:
        steps_of_last: Work of the last solution.
    """

    def __init__(self, residual: Residual) -> None:
        self.residual = residual
        self.model = mathopt.Model()
        self.objective = self.model.objective
        self.objective.offset = float(residual.settled_cost)
        self.wanted = np.argwhere(residual.need > 0)
        self.cover_rows = np.full(residual.need.shape, -1, dtype=np.int64)
        self.cover_rows[tuple(self.wanted.T)] = np.arange(len(self.wanted))
        self.covers = [self._cover(int(d), int(s)) for d, s in self.wanted]
        self.place = {int(e): i for i, e in enumerate(residual.members)}
        self.takes = [self._take() for _ in residual.members]
        self.columns: list[mathopt.Variable] = []
        self.employees: list[int] = []
        self.rows: list[NDArray[np.int16]] = []
        self.of_member: dict[int, list[int]] = {e: [] for e in self.place}
        self.barred: set[int] = set()
        self.known: set[tuple[int, bytes]] = set()
        self.steps_of_last = 0.0
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _cover(self, day: int, shift: int) -> mathopt.LinearConstraint:
        problem, need = self.residual.problem, float(self.residual.need[day, shift])
        row = self.model.add_linear_constraint(lb=need, ub=need)
        # No upper bound on either: with one the duals would leave the box of the two costs.
        for sign, cost in ((1.0, problem.under[day, shift]), (-1.0, problem.over[day, shift])):
            gap = self.model.add_variable(lb=0.0)
            self.objective.set_linear_coefficient(gap, float(cost))
            row.set_coefficient(gap, sign)
        return row

    def _take(self) -> mathopt.LinearConstraint:
        row = self.model.add_linear_constraint(lb=1.0, ub=1.0)
        none = self.model.add_variable(lb=0.0)
        self.objective.set_linear_coefficient(none, _NO_ROW)
        row.set_coefficient(none, 1.0)
        return row

    def add(self, employees: NDArray[np.int64], rows: Cells) -> int:
        """Add the columns that are not yet there; return how many those were."""
        costs = self.residual.costs(employees, rows)
        before = len(self.columns)
        for e, row, cost in zip(employees.tolist(), rows, costs.tolist(), strict=True):
            key = (e, row.tobytes())
            if key in self.known or e not in self.place:
                continue
            self.known.add(key)
            column = self.model.add_variable(lb=0.0)
            self.objective.set_linear_coefficient(column, cost)
            self.takes[self.place[e]].set_coefficient(column, 1.0)
            days = np.flatnonzero(row != OFF)
            for i in self.cover_rows[days, row[days]].tolist():
                if i >= 0:
                    self.covers[i].set_coefficient(column, 1.0)
            self.of_member[e].append(len(self.columns))
            self.columns.append(column)
            self.employees.append(e)
            self.rows.append(row.copy())
        return len(self.columns) - before

    def take(self, column: int) -> None:
        """Demand that all of this column is taken."""
        # A variable whose bounds are equal costs the simplex algorithm nothing.
        for other in self.of_member[self.employees[column]]:
            self.columns[other].upper_bound = 0.0
        self.columns[column].upper_bound = 1.0
        self.columns[column].lower_bound = 1.0

    def release(self, column: int) -> None:
        """Withdraw that demand."""
        self.columns[column].lower_bound = 0.0
        for other in self.of_member[self.employees[column]]:
            self.columns[other].upper_bound = 0.0 if other in self.barred else inf

    def bar(self, column: int) -> None:
        """Never take this column."""
        self.barred.add(column)
        self.columns[column].upper_bound = 0.0

    def solve(self, *, seconds: float, after_bounds: bool = False) -> Solution | None:
        """
        Return an optimum, or nothing if the time ran out.

        Args:
            seconds: Limit of wall-clock time.
            after_bounds: Whether only bounds changed since the last optimum.
        """
        dual, primal = mathopt.LPAlgorithm.DUAL_SIMPLEX, mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        parameters = mathopt.SolveParameters(
            lp_algorithm=dual if after_bounds else primal,
            presolve=mathopt.Emphasis.OFF,
            threads=1,
            time_limit=timedelta(seconds=max(0.01, seconds)),
        )
        result = self.solver.solve(params=parameters, model_params=_WANTED)
        pivots = result.solve_stats.simplex_iterations
        self.steps_of_last = 1 + pivots * (len(self.covers) + len(self.takes)) / _ROWS_A_STEP
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        duals = np.zeros(self.residual.need.shape)
        duals[tuple(self.wanted.T)] = result.dual_values(self.covers)
        values = result.variable_values()
        return Solution(
            result.objective_value(),
            duals,
            np.array([values.get(column, 0.0) for column in self.columns]),
            np.array(result.dual_values(self.takes)),
        )
