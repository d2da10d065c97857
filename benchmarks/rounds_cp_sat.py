"""Plain CP-SAT on an assignment problem, as a peer of the engine: one model, all Booleans."""

from collections import defaultdict
from datetime import date

from ortools.sat.python import cp_model

from rules.text import Text
from scheduler.assignment.book import Book
from scheduler.assignment.objective import UNCOVERED
from scheduler.assignment.problem import (
    Assigned,
    AssignmentPlan,
    AssignmentProblem,
    Task,
    Uncovered,
)

_NONE = Text(zh="-", en="-")
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class PlainModel:
    """
    One Boolean for each task, day and person.

    It is asked for less than the engine: cover alone, without the burden, and of the time of day
    only that a person's tasks of one window fit into it. Both make it easier.
    """

    def __init__(self, problem: AssignmentProblem) -> None:
        self.problem = problem
        self.book = Book(problem)
        self.model = cp_model.CpModel()
        self.takes: dict[tuple[str, date, str], cp_model.IntVar] = {}
        self.on: dict[tuple[str, date], cp_model.IntVar] = {}
        self._days: dict[tuple[str, date], list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
        lost = [
            UNCOVERED[task.priority] // UNCOVERED[-1] * self._lost(task) for task in problem.tasks
        ]
        for (person, _), mine in self._days.items():
            takes, minutes = zip(*mine, strict=True)
            room = self.book.workers[person].minutes_per_day
            self.model.add(cp_model.LinearExpr.weighted_sum(takes, minutes) <= room)
        self.model.minimize(cp_model.LinearExpr.sum(lost))

    def _lost(self, task: Task) -> cp_model.LinearExprT:
        days = []
        for day in task.choices:
            people = self.book.candidates(task, day)
            if len(people) >= task.people:
                on = self.on[task.id, day] = self.model.new_bool_var("")
                days.append(on)
                takes = [self._take(task, day, worker.id) for worker in people]
                self.model.add(cp_model.LinearExpr.sum(takes) == task.people * on)
        self.model.add_at_most_one(days)
        return 1 - cp_model.LinearExpr.sum(days)

    def _take(self, task: Task, day: date, person: str) -> cp_model.IntVar:
        take = self.takes[task.id, day, person] = self.model.new_bool_var("")
        self._days[person, day].append((take, task.minutes))
        return take

    def plan(self, seconds: float) -> AssignmentPlan:
        """Return the best plan within *seconds* with two workers; everything uncovered if none."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_time_in_seconds = seconds
        solved = solver.solve(self.model) in _SOLVED
        people: dict[str, tuple[date, list[str]]] = {}
        for (task, day, person), take in self.takes.items() if solved else ():
            if solver.boolean_value(take):
                people.setdefault(task, (day, []))[1].append(person)
        assigned = tuple(
            Assigned(task, tuple(who), _NONE, day) for task, (day, who) in people.items()
        )
        rest = (task for task in self.problem.tasks if task.id not in people)
        return AssignmentPlan(assigned, tuple(Uncovered(task.id, "mixed", _NONE) for task in rest))


def plain_plan(problem: AssignmentProblem, seconds: float) -> tuple[AssignmentPlan, int]:
    """Return the plan of plain CP-SAT and its number of Booleans; building is not in *seconds*."""
    model = PlainModel(problem)
    return model.plan(seconds), len(model.takes) + len(model.on)
