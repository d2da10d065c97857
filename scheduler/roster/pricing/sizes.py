"""How much of the limits the dynamic program counts exactly, by what it costs."""

from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.tables import additions, tables

_CAP_LIMITS = (150, 60, 24)
_SMALLEST = 12
# Weekends of a year in the state multiply it by dozens; with many shifts it held gigabytes.
_FOR_SEARCH = (StateLimits(_SMALLEST), StateLimits(_SMALLEST, weekends=8))
_LEAST = StateLimits(1, weekends=0)
# Additions of one run for one employee; some tens of milliseconds.
_MOST_OF_A_RUN = 150_000_000
# Additions of one round over all employees; about a tenth of a second.
_MOST_ADDITIONS = 200_000_000


def limits_for_search(problem: CoreProblem) -> StateLimits:
    """Return small limits: the local search runs the program as often as it can."""
    for limits in _FOR_SEARCH:
        if int(additions(tables(problem, limits)).max()) * problem.days <= _MOST_OF_A_RUN:
            return limits
    return _LEAST


def limits_for_pricing(problem: CoreProblem) -> StateLimits:
    """Return the largest limits with which one round over all employees is still quick."""
    for caps in _CAP_LIMITS:
        limits = StateLimits(caps)
        if int(additions(tables(problem, limits)).sum()) * problem.days <= _MOST_ADDITIONS:
            return limits
    return StateLimits(_SMALLEST)
