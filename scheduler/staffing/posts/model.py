"""
A block of days asked of people who may be chosen, and the fewest places it leaves empty, by CP-SAT.

One of the modules that import OR-Tools.
"""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from scheduler.staffing.posts.blocks import Block, Crew

# A block is small; this many of CP-SAT's deterministic seconds are plenty.
_A_BLOCK = 2.0
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def add_block(
    model: cp_model.CpModel, is_in: Mapping[str, cp_model.IntVar], block: Block
) -> list[cp_model.LinearExprT]:
    """Ask that those who are in stand the block; return the places filled of each need."""
    filled: list[list[cp_model.IntVar]] = [[] for _ in block.needs]
    for crew in block.crews:
        people = cp_model.LinearExpr.sum([is_in[person] for person in crew.people])
        for number, stood in _crew(model, block, crew, people):
            filled[number].append(stood)
    return [cp_model.LinearExpr.sum(each) for each in filled]


def add_more(
    model: cp_model.CpModel,
    is_in: Mapping[str, cp_model.IntVar],
    alike: Sequence[tuple[str, ...]],
    staff: frozenset[str],
) -> None:
    """Ask for more people than *staff* has of some of those who are *alike*: it is too small."""
    more = []
    for people in alike:
        count = sum(one in staff for one in people)
        if count < len(people):
            is_more = model.new_bool_var("")
            there = cp_model.LinearExpr.sum([is_in[one] for one in people])
            model.add(there > count).only_enforce_if(is_more)
            more.append(is_more)
    model.add_bool_or(more)


def fewest_empty(block: Block) -> int:
    """
    Return a number of places that stay empty in the block at the least, whoever stands where.

    It is asked a second time without presolving, which has been seen to be wrong; the lower counts.
    """
    if not block.needs or (found := _fewest_empty(block, presolve=True)) == 0:
        return 0
    return min(found, _fewest_empty(block, presolve=False))


def _fewest_empty(block: Block, *, presolve: bool) -> int:
    model = cp_model.CpModel()
    everybody = {person: model.new_constant(1) for crew in block.crews for person in crew.people}
    empty = []
    for need, filled in zip(block.needs, add_block(model, everybody, block), strict=True):
        left = model.new_int_var(0, need.places, "")
        model.add(cp_model.LinearExpr.sum([left, filled]) == need.places)
        empty.append(left)
    model.minimize(cp_model.LinearExpr.sum(empty))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _A_BLOCK
    solver.parameters.cp_model_presolve = presolve
    if solver.solve(model) not in _SOLVED:
        return 0
    return max(0, round(solver.best_objective_bound))


def _crew(
    model: cp_model.CpModel, block: Block, crew: Crew, people: cp_model.LinearExprT
) -> list[tuple[int, cp_model.IntVar]]:
    """Return for each need that the crew may stand how many of its places the crew stands."""
    stood = []
    for number, (need, days) in enumerate(zip(block.needs, crew.days, strict=True)):
        if days:
            most = min(need.places, days * len(crew.people))
            count = model.new_int_var(0, most, "")
            model.add(count <= days * people)
            stood.append((number, count))
    every = [count for _, count in stood]
    model.add(cp_model.LinearExpr.sum(every) <= crew.room.shifts * people)
    if crew.room.minutes is not None:
        each = [block.needs[number].minutes for number, _ in stood]
        total = cp_model.LinearExpr.weighted_sum(every, each)
        model.add(total <= crew.room.minutes * people)
    return stood
