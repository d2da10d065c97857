"""
Whether some places can all be filled, and how many can at most: asked of CP-SAT.

One of the modules that import OR-Tools.
"""

from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from scheduler.roster.explain.places import Places, asked
from scheduler.roster.group_model import GroupModel
from scheduler.roster.groups import CellsFound
from scheduler.roster.problem import RosterProblem

_HARDEST = 4.0


@dataclass(frozen=True)
class Filling:
    """
    What was found of some places.

    Attributes:
        verdict: `impossible` only where it is proved; `unknown` where the work ran out.
        cells: Who fills them; the days of everyone who may.
    """

    verdict: Literal["possible", "impossible", "unknown"]
    cells: CellsFound | None = None


def filling(problem: RosterProblem, places: Places, *, seed: int = 0) -> Filling:
    """Return whether all the places can be filled at once within every hard rule."""
    model = _model(problem, places)
    for lost in model.lost:
        model.model.add(lost == 0)
    solver = _solver(seed)
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return Filling("impossible")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Filling("unknown")
    return Filling("possible", _cells(model, solver))


def most_of_one(problem: RosterProblem, places: Places) -> int:
    """
    Return how many of the places the people of the problem can fill at most.

    Meant for one person. Where the work runs out it is what the solver could not rule out.
    """
    model = _model(problem, places)
    model.model.maximize(sum(model.stands.values()))
    solver = _solver(0)
    if solver.solve(model.model) == cp_model.INFEASIBLE:
        return 0
    return int(solver.best_objective_bound)


def _model(problem: RosterProblem, places: Places) -> GroupModel:
    posts = sorted({post for post, _, _ in places})
    return GroupModel(asked(problem, places), posts)


def _solver(seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = _HARDEST
    return solver


def _cells(model: GroupModel, solver: cp_model.CpSolver) -> CellsFound:
    return {
        (person, model.wanted[i].day): (model.wanted[i].post, model.wanted[i].shift)
        for (person, i), stands in model.stands.items()
        if solver.boolean_value(stands)
    }
