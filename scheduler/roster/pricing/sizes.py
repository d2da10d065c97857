"""How much of the limits the dynamic program counts exactly, by what it costs."""

from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.tables import Tables, tables

_CAP_LIMITS = (150, 60, 24)
_SMALLEST = 12
# Additions of one round over all employees; about a tenth of a second.
_MOST_ADDITIONS = 200_000_000


def limits_for_search() -> StateLimits:
    """Return small limits: the local search runs the program thousands of times a second."""
    return StateLimits(_SMALLEST)


def limits_for_pricing(problem: CoreProblem) -> StateLimits:
    """Return the largest limits with which one round over all employees is still quick."""
    for caps in _CAP_LIMITS:
        limits = StateLimits(caps)
        if _additions(problem, tables(problem, limits)) <= _MOST_ADDITIONS:
            return limits
    return StateLimits(_SMALLEST)


def _additions(problem: CoreProblem, filled: Tables) -> int:
    counters = filled.weekend_states.astype(int) * filled.cap_states
    each = filled.states * counters * (filled.span + filled.pad) * (1 + filled.types)
    return int(each.sum()) * problem.days
