"""A roster that shows whether people are enough for the posts, checked by the roster's audit."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.roster.audit import violations
from scheduler.roster.problem import Roster, RosterPerson, RosterProblem
from scheduler.roster.solver import solve

# Thousandths of a deterministic second. Filling places is quick; a fair roster is not asked for.
_STEPS = 1500


@dataclass(frozen=True)
class Filled:
    """
    The best roster found with some people.

    Attributes:
        empty: Places that nobody stands.
        is_least: Whether it is proved that no roster of these people leaves fewer empty.
    """

    roster: Roster
    empty: int
    is_least: bool


NOTHING_TO_FILL = Filled(Roster({}, (), "solved"), 0, is_least=True)


def filled(
    posts: RosterProblem, people: Sequence[RosterPerson], *, ends: float, seed: int = 0
) -> Filled:
    """
    Return a roster with nobody but *people*; *ends* is the moment on the monotonic clock.

    Where nothing is left empty, no more is asked of it; it breaks no rule in any case.
    """
    problem = replace(posts, people=tuple(people))
    seconds = max(0.1, ends - time.monotonic())
    roster = solve(problem, seconds=seconds, seed=seed, steps=_STEPS, even=False)
    if violations(problem, roster):
        raise AssertionError("The audit refuses what the solver found.")
    empty = sum(each.missing for each in roster.uncovered)
    return Filled(roster, empty, empty == 0 or roster.status == "solved")
