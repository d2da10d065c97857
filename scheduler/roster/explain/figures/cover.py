"""How few places stay empty at least, and in the best roster that the time allows to find."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.search.supervision import solve

# The solver draws by whole costs: what one empty place counts.
_EACH = 100


@dataclass(frozen=True)
class Cover:
    """
    What is known of the places that stay empty.

    Attributes:
        empty: (day, shift) by number to how many people lack there in the best roster found.
        at_least: So many places stay empty in every roster; 0 where nothing is proved.
    """

    empty: Mapping[tuple[int, int], int]
    at_least: int


def best_cover(problem: CoreProblem, *, seconds: float) -> Cover | None:
    """
    Return how well the places can be filled whatever else a roster costs; nothing if none is found.

    Takes the wall-clock time given, unless it is settled before.
    """
    asked = replace(
        problem,
        requests=np.zeros_like(problem.requests),
        under=np.full_like(problem.under, _EACH),
        over=np.zeros_like(problem.over),
    )
    answer = solve(asked, seconds=seconds, seed=0)
    if answer.cells is None:
        return None
    shifts = range(len(problem.shifts))
    there = np.stack([(answer.cells == shift).sum(axis=0) for shift in shifts], axis=1)
    lacking = np.maximum(problem.need - there, 0)
    empty = {(int(d), int(s)): int(lacking[d, s]) for d, s in np.argwhere(lacking)}
    return Cover(empty, -(-(answer.bound or 0) // _EACH))
