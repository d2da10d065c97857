"""
A legal row of one employee by CP-SAT, where the dynamic program cannot tell whether there is one.

One of the modules that import OR-Tools.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.roster.core.problem import FREE, OFF, CoreProblem
from scheduler.roster.effort import Effort

# Deterministic seconds, of CP-SAT; a row of a year with thirty shifts takes about one.
_SECONDS = 20.0


class NoneExists(Exception):
    """The rules of this employee contradict each other."""


class SoleRow:
    """The hard rules of one employee, by number."""

    def __init__(self, problem: CoreProblem, e: int) -> None:
        self.problem, self.e = problem, e
        self.employee = problem.employees[e]
        self.model = cp_model.CpModel()
        days, shifts = range(problem.days), range(len(problem.shifts))
        self.stands = [[self.model.new_bool_var("") for _ in shifts] for _ in days]
        self.works = [self.model.new_bool_var("") for _ in days]
        for stands, works in zip(self.stands, self.works, strict=True):
            self.model.add(sum(stands) == works)
        self._settle_days()
        self._hold_successions()
        self._hold_counts()
        self._hold_runs()
        self._hold_weekends()

    def _settle_days(self) -> None:
        for day, stands in enumerate(self.stands):
            pin = int(self.problem.pins[self.e, day])
            if self.problem.days_off[self.e, day] or pin == OFF:
                self.model.add(self.works[day] == 0)
            if pin not in {FREE, OFF}:
                self.model.add(stands[pin] == 1)

    def _hold_successions(self) -> None:
        for day in range(1, self.problem.days):
            for shift, before in enumerate(self.stands[day - 1]):
                after = np.flatnonzero(self.problem.forbidden[shift])
                if len(after):
                    self.model.add_at_most_one([before, *(self.stands[day][s] for s in after)])

    def _hold_counts(self) -> None:
        for shift, most in enumerate(self.employee.shift_max):
            self.model.add(sum(stands[shift] for stands in self.stands) <= most)
        minutes = [shift.minutes for shift in self.problem.shifts] * self.problem.days
        stands = [each for day in self.stands for each in day]
        self.model.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum(stands, minutes),
            self.employee.minutes_min,
            self.employee.minutes_max,
        )

    def _hold_runs(self) -> None:
        employee, works = self.employee, self.works
        for first in range(len(works) - employee.run_max):
            self.model.add(sum(works[first : first + employee.run_max + 1]) <= employee.run_max)
        free = [day.negated() for day in works]
        for inside, outside, least in (
            (works, free, employee.run_min),
            (free, works, employee.rest_min),
        ):
            for first, last in self._too_short(least):
                broken = [day.negated() for day in inside[first:last]]
                ends = [outside[first - 1].negated(), outside[last].negated()]
                self.model.add_bool_or([*broken, *ends])

    def _too_short(self, least: int) -> Iterator[tuple[int, int]]:
        """Yield the spans shorter than *least* that touch no end of the horizon."""
        for length in range(1, least):
            for first in range(1, self.problem.days - length):
                yield first, first + length

    def _hold_weekends(self) -> None:
        worked = []
        for first in range(0, self.problem.days, 7):
            weekend = self.works[first + 5 : first + 7]
            if weekend:
                worked.append(self.model.new_bool_var(""))
                self.model.add_max_equality(worked[-1], weekend)
        self.model.add(sum(worked) <= self.employee.weekends_max)

    def solve(self, effort: Effort, *, seed: int) -> NDArray[np.int16] | None:
        """
        Return a row, or nothing if none was found in the time.

        Raises:
            NoneExists: If there is none, proved twice: CP-SAT's presolve was seen to err.
        """
        status, solver = self._run(effort, seed=seed, presolve=True)
        if status == cp_model.INFEASIBLE:
            status, solver = self._run(effort, seed=seed, presolve=False)
            if status == cp_model.INFEASIBLE:
                raise NoneExists
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        row = np.full(self.problem.days, OFF, dtype=np.int16)
        for day, stands in enumerate(self.stands):
            for shift, variable in enumerate(stands):
                if solver.boolean_value(variable):
                    row[day] = shift
        return row

    def _run(
        self, effort: Effort, *, seed: int, presolve: bool
    ) -> tuple[cp_model.CpSolverStatus, cp_model.CpSolver]:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.cp_model_presolve = presolve
        solver.parameters.max_deterministic_time = _SECONDS
        solver.parameters.max_time_in_seconds = max(0.01, effort.seconds_to_the_end())
        status = solver.solve(self.model)
        effort.count_seconds(solver.response_proto.deterministic_time)
        return status, solver
