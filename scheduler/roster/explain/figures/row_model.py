"""
The row of one employee under some of the rules, as CP-SAT takes it.

One of the modules that import OR-Tools.
"""

from collections.abc import Collection
from math import ceil, floor, inf
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model

from scheduler.roster.core.problem import FREE, OFF, Cells, CoreProblem
from scheduler.roster.explain.figures.rules import KINDS, Kind, Rule, rules_of

Verdict = Literal["possible", "impossible", "unknown"]
_HARDEST, _NO_LIMIT = 2.0, 1e9
_SATURDAY, _WEEK = 5, 7


class RowModel:
    """
    One Boolean for each day and shift.

    Attributes:
        works: (day, shift) to whether the employee works it.
        on: Whether the employee works that day.
    """

    def __init__(
        self,
        problem: CoreProblem,
        e: int,
        kept: Collection[Rule],
        model: cp_model.CpModel | None = None,
    ) -> None:
        self.problem, self.employee = problem, problem.employees[e]
        self.model = model or cp_model.CpModel()
        days, shifts = range(problem.days), range(len(problem.shifts))
        self.works = {(d, s): self.model.new_bool_var("") for d in days for s in shifts}
        self.on = [self.model.new_bool_var("") for _ in days]
        for d in days:
            self.model.add(sum(self.works[d, s] for s in shifts) == self.on[d])
        for rule in kept:
            self._hold(rule, e)

    def minutes(self) -> cp_model.LinearExprT:
        """Return the minutes worked."""
        shifts = self.problem.shifts
        return sum(shifts[s].minutes * works for (_, s), works in self.works.items())

    def most(self, cells: Collection[tuple[int, int]], *, seconds: float = inf) -> int | None:
        """
        Return how many of these the employee can work at most; nothing where no row is legal.

        Where the time or the work runs out it is what the solver could not rule out.
        """
        self.model.maximize(sum(self.works[cell] for cell in cells))
        return self._solved(seconds, len(cells), upper=True)

    def most_minutes(self, *, seconds: float = inf) -> int | None:
        """Return the minutes that a legal row has at most; see `most`."""
        self.model.maximize(self.minutes())
        longest = max(shift.minutes for shift in self.problem.shifts)
        return self._solved(seconds, longest * self.problem.days, upper=True)

    def least_minutes(self, *, seconds: float = inf) -> int | None:
        """Return the minutes that a legal row has at least; see `most`."""
        self.model.minimize(self.minutes())
        return self._solved(seconds, 0, upper=False)

    def verdict(self, *, seconds: float = inf) -> Verdict:
        """Tell whether a row is legal; unknown where the time or the work runs out."""
        return _verdict(_solver(seconds).solve(self.model))

    def _solved(self, seconds: float, trivial: int, *, upper: bool) -> int | None:
        solver = _solver(seconds)
        verdict = _verdict(solver.solve(self.model))
        if verdict == "impossible":
            return None
        if verdict == "unknown":
            return trivial  # A solver that had no time to look says nothing of the bound.
        bound = solver.best_objective_bound
        return floor(bound + 1e-6) if upper else ceil(bound - 1e-6)

    def _hold(self, rule: Rule, e: int) -> None:
        one, model = self.employee, self.model
        if rule.kind == "minutes-min":
            model.add(self.minutes() >= one.minutes_min)
        elif rule.kind == "minutes-max":
            model.add(self.minutes() <= one.minutes_max)
        elif rule.kind == "shift-max":
            (shift,) = rule.number
            mine = [self.works[d, shift] for d in range(self.problem.days)]
            model.add(sum(mine) <= one.shift_max[shift])
        elif rule.kind == "succession":
            before, after = rule.number
            for d in range(1, self.problem.days):
                model.add_at_most_one(self.works[d - 1, before], self.works[d, after])
        elif rule.kind == "day-off":
            model.add(self.on[rule.number[0]] == 0)
        elif rule.kind == "pin":
            self._hold_pin(e, rule.number[0])
        else:
            self._hold_days(rule.kind)

    def _hold_days(self, kind: Kind) -> None:
        """Add a rule of days worked and off, whatever the shifts."""
        one = self.employee
        if kind == "weekends-max":
            self._hold_weekends(one.weekends_max)
        elif kind == "run-max":
            for d in range(self.problem.days - one.run_max):
                run = self.on[d : d + one.run_max + 1]
                self.model.add_bool_or(on.negated() for on in run)
        elif kind == "run-min":
            self._hold_shortest(one.run_min, works=True)
        elif kind == "rest-min":
            self._hold_shortest(one.rest_min, works=False)

    def _hold_pin(self, e: int, day: int) -> None:
        pin = int(self.problem.pins[e, day])
        if pin == OFF:
            self.model.add(self.on[day] == 0)
        elif pin != FREE:
            self.model.add(self.works[day, pin] == 1)

    def _hold_weekends(self, most: int) -> None:
        weekends = []
        for saturday in range(_SATURDAY, self.problem.days, _WEEK):
            worked = self.model.new_bool_var("")
            for on in self.on[saturday : saturday + 2]:
                self.model.add_implication(on, worked)
            weekends.append(worked)
        self.model.add(sum(weekends) <= most)

    def _hold_shortest(self, least: int, *, works: bool) -> None:
        """Forbid spans shorter than *least* between two days of the other kind."""
        for length in range(1, least):
            for d in range(self.problem.days - length - 1):
                span = self.on[d : d + length + 2]
                inner, outer = span[1:-1], [span[0], span[-1]]
                flipped, plain = (inner, outer) if works else (outer, inner)
                self.model.add_bool_or(*(on.negated() for on in flipped), *plain)


def filled(
    problem: CoreProblem, kinds: Collection[Kind] = KINDS, *, seconds: float
) -> tuple[Verdict, Cells | None]:
    """Return whether every place can be filled at once under these rules, and by whom if so."""
    model = cp_model.CpModel()
    rows = [
        RowModel(problem, e, [rule for rule in rules_of(problem, e) if rule.kind in kinds], model)
        for e in range(len(problem.employees))
    ]
    for (d, s), need in np.ndenumerate(problem.need):
        if need:
            model.add(sum(row.works[d, s] for row in rows) >= int(need))
    solver = _solver(seconds)
    solver.parameters.max_deterministic_time = _NO_LIMIT
    verdict = _verdict(solver.solve(model))
    if verdict != "possible":
        return verdict, None
    cells = np.full((len(rows), problem.days), OFF, dtype=np.int16)
    for e, row in enumerate(rows):
        for (d, s), works in row.works.items():
            if solver.boolean_value(works):
                cells[e, d] = s
    return "possible", cells


def _verdict(status: cp_model.CpSolverStatus) -> Verdict:
    if status == cp_model.INFEASIBLE:
        return "impossible"
    return "possible" if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else "unknown"


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _HARDEST
    solver.parameters.max_time_in_seconds = min(max(0.1, seconds), _NO_LIMIT)
    return solver
