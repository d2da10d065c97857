"""How much of the limits the states count, by what that costs."""

from scheduler.roster.pricing.automaton import StateLimits
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.pricing.tables import scratch, tables
from tests.scheduler.roster_engine.small_problems import employee, problem

KINDS = tuple((f"s{number}", 360 + 60 * (number % 8)) for number in range(32))


def _worker(days):
    minutes = {"minutes_min": 290 * days, "minutes_max": 300 * days}
    rules = {"run_min": 2, "run_max": 6, "rest_min": 2, "weekends_max": days // 18}
    return employee(**rules, **minutes, shift_max=(40,) * 32)


def test_a_month_counts_weekends_and_small_maxima():
    case = problem(28, (_worker(28),), KINDS)

    assert StateLimits(caps=12) == limits_for_search(case)


def test_a_year_with_many_shifts_needs_little_memory():
    case = problem(364, (_worker(364),), KINDS)

    room = scratch(case, tables(case, limits_for_search(case)))

    assert room.value.nbytes < 200e6
