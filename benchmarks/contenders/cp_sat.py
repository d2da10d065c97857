"""
Plain CP-SAT on a rostering problem, as a peer of the engine: one Boolean for each cell and shift.

Arguments: the number of workers, the file, the seed, and when to end, in milliseconds of the epoch.
"""

import sys
import time
from pathlib import Path

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.contenders.lines import Said, say
from scheduler.roster.core.problem import FREE, OFF, Cells, CoreProblem
from scheduler.roster.formats.reading import read_problem


class PlainModel:
    """One Boolean for each person, day and shift; windows as clauses."""

    def __init__(self, problem: CoreProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        people, shifts = len(problem.employees), len(problem.shifts)
        grid = [
            (e, d, s) for e in range(people) for d in range(problem.days) for s in range(shifts)
        ]
        self.works = {key: self.model.new_bool_var("") for key in grid}
        self.on = {(e, d): self._on(e, d) for e in range(people) for d in range(problem.days)}
        self.terms: list[cp_model.LinearExprT] = []
        for e in range(people):
            self._rules(e)
            self._wishes(e)
        for d in range(problem.days):
            for s in range(shifts):
                self._cover(d, s)
        self.model.minimize(sum(self.terms))

    def _shifts(self, e: int, d: int) -> list[cp_model.IntVar]:
        return [self.works[e, d, s] for s in range(len(self.problem.shifts))]

    def _on(self, e: int, d: int) -> cp_model.IntVar:
        on = self.model.new_bool_var("")
        self.model.add(sum(self._shifts(e, d)) == on)
        if self.problem.days_off[e, d]:
            self.model.add(on == 0)
        pin = int(self.problem.pins[e, d])
        if pin == OFF:
            self.model.add(on == 0)
        elif pin != FREE:
            self.model.add(self.works[e, d, pin] == 1)
        return on

    def _rules(self, e: int) -> None:
        problem, employee, model = self.problem, self.problem.employees[e], self.model
        days = range(problem.days)
        for s, most in enumerate(employee.shift_max):
            model.add(sum(self.works[e, d, s] for d in days) <= most)
        minutes = sum(
            shift.minutes * self.works[e, d, s]
            for d in days
            for s, shift in enumerate(problem.shifts)
        )
        model.add(minutes <= employee.minutes_max)
        model.add(minutes >= employee.minutes_min)
        for d in days[1:]:
            for a, b in np.argwhere(problem.forbidden):
                model.add_bool_or(~self.works[e, d - 1, int(a)], ~self.works[e, d, int(b)])
        for d in range(problem.days - employee.run_max):
            model.add_bool_or(*(~self.on[e, d + i] for i in range(employee.run_max + 1)))
        self._shortest(e, employee.run_min, works=True)
        self._shortest(e, employee.rest_min, works=False)
        weekends = []
        for saturday in range(5, problem.days, 7):
            weekend = model.new_bool_var("")
            for d in range(saturday, min(saturday + 2, problem.days)):
                model.add_implication(self.on[e, d], weekend)
            weekends.append(weekend)
        model.add(sum(weekends) <= employee.weekends_max)

    def _shortest(self, e: int, least: int, *, works: bool) -> None:
        """Forbid spans shorter than *least* between two days of the other kind."""
        for length in range(1, least):
            for d in range(self.problem.days - length - 1):
                inner = [self.on[e, d + i] for i in range(1, length + 1)]
                outer = [self.on[e, d], self.on[e, d + length + 1]]
                inside = [~on for on in inner] if works else inner
                outside = outer if works else [~on for on in outer]
                self.model.add_bool_or(*inside, *outside)

    def _wishes(self, e: int) -> None:
        for d in range(self.problem.days):
            *prices, off = (int(price) for price in self.problem.requests[e, d])
            for s, price in enumerate(prices):
                self.terms.append(price * self.works[e, d, s])
            self.terms.append(off * (1 - self.on[e, d]))

    def _cover(self, d: int, s: int) -> None:
        people = len(self.problem.employees)
        need = int(self.problem.need[d, s])
        short, surplus = (self.model.new_int_var(0, max(need, people), "") for _ in range(2))
        takers = sum(self.works[e, d, s] for e in range(people))
        self.model.add(takers + short - surplus == need)
        self.terms += [
            int(self.problem.under[d, s]) * short,
            int(self.problem.over[d, s]) * surplus,
        ]


class _Teller(cp_model.CpSolverSolutionCallback):
    """Tells every better roster as it is found."""

    def __init__(self, plain: PlainModel) -> None:
        super().__init__()
        self.shape = plain.problem.days_off.shape
        self.keys = list(plain.works)
        self.places = [variable.index for variable in plain.works.values()]

    def on_solution_callback(self) -> None:
        say(Said(int(self.objective_value), int(self.best_objective_bound), self._cells()))

    def _cells(self) -> Cells:
        values = np.array(self.response_proto.solution)[self.places]
        cells = np.full(self.shape, OFF, dtype=np.int16)
        for number in np.flatnonzero(values):
            e, d, s = self.keys[number]
            cells[e, d] = s
        return cells


def main() -> None:
    """Solve a file and tell every better roster and bound."""
    workers, file, seed, ends_at = sys.argv[1:]
    plain = PlainModel(read_problem(Path(file)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = int(workers)
    solver.parameters.random_seed = int(seed)
    solver.best_bound_callback = lambda bound: say(Said(None, int(bound), None))
    solver.parameters.max_time_in_seconds = max(0.1, int(ends_at) / 1000 - time.time())
    solver.solve(plain.model, _Teller(plain))
    say(Said(None, int(solver.best_objective_bound), None))


if __name__ == "__main__":
    main()
