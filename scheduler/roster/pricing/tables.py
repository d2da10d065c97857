"""The automata of all employees as arrays of one shape, for compiled code."""

from collections.abc import Sequence
from math import gcd
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.edges import ALONE, Edges
from scheduler.roster.core.problem import FREE, OFF, CoreProblem, is_saturday, is_sunday
from scheduler.roster.pricing.automaton import (
    NEVER,
    Automaton,
    StateLimits,
    automaton,
    most_days_worked,
)

# A price that stands for "not allowed"; any value from HUGE / 10 up counts as such.
HUGE = np.float32(1e30)
UNLIMITED = 1 << 30


class Tables(NamedTuple):
    """
    Automata of all employees, padded; the first index is the employee's number.

    Minutes are counted in units, their greatest common divisor over all shifts.

    Attributes:
        states: Number of states.
        first_state: The state before the first day.
        may_end: [employee, state] 1 where the state may be the last.
        off_next: [employee, state] the state after a day off, or NEVER.
        work_next: [employee, state, type] the state after working, or NEVER.
        is_rested: [employee, state] 1 where the day before was off.
        type_of: [employee, shift] type of the shift, or NEVER where it may not be worked.
        types: Number of types.
        type_units: [employee, type] minutes in units.
        type_stride: [employee, type] what working it adds to the cap counter; 0 if uncounted.
        type_cap: [employee, type] how often it may be worked; only where it is counted.
        cap_states: Size of the cap counter.
        counts_weekends: 1 where the state counts weekends worked.
        weekend_states: Size of the weekend counter; 1 also where it counts none.
        weekends_max: Limit of weekends not counted beside the state, else UNLIMITED.
        shift_max: [employee, shift] limit of a shift not counted in the state, else UNLIMITED.
        units_least: [employee, day] units needed before that day to reach the minimum at the end.
        units_max: Units at most.
        span: How many units from `units_least` on are told apart on a day.
        pad: Most units of a shift; so far may a step lead out of the span.
        weekend: [day] 1 on Saturdays, 2 on Sundays, else 0.
    """

    states: NDArray[np.int32]
    first_state: NDArray[np.int32]
    may_end: NDArray[np.int8]
    off_next: NDArray[np.int32]
    work_next: NDArray[np.int32]
    is_rested: NDArray[np.int8]
    type_of: NDArray[np.int32]
    types: NDArray[np.int32]
    type_units: NDArray[np.int32]
    type_stride: NDArray[np.int32]
    type_cap: NDArray[np.int32]
    cap_states: NDArray[np.int32]
    counts_weekends: NDArray[np.int8]
    weekend_states: NDArray[np.int32]
    weekends_max: NDArray[np.int32]
    shift_max: NDArray[np.int32]
    units_least: NDArray[np.int32]
    units_max: NDArray[np.int32]
    span: NDArray[np.int32]
    pad: NDArray[np.int32]
    weekend: NDArray[np.int8]


class Scratch(NamedTuple):
    """
    Room for one dynamic program, allocated once.

    Attributes:
        value: [day, place] least cost of reaching it; the kernel says which place is which.
        reached: [day, state] 1 where the state has a value.
        type_cost: [day, type] cost of the cheapest shift of the type.
        type_shift: [day, type] that shift.
        price: [day, shift] prices as changed to keep limits that the state does not count.
    """

    value: NDArray[np.float32]
    reached: NDArray[np.int8]
    type_cost: NDArray[np.float32]
    type_shift: NDArray[np.int16]
    price: NDArray[np.float32]


class Demand(NamedTuple):
    """
    The problem's figures in the number types of compiled code.

    Attributes:
        wish: [employee, day, shift] cost of working it, last column a day off; HUGE where that
            is not allowed.
        need: [day, shift] people wanted.
        under: [day, shift] cost of each person too few.
        over: [day, shift] cost of each person too many.
    """

    wish: NDArray[np.float32]
    need: NDArray[np.int32]
    under: NDArray[np.float32]
    over: NDArray[np.float32]


def tables(
    problem: CoreProblem, limits: StateLimits, edges: Sequence[Edges] | None = None
) -> Tables:
    """Return the automata of all employees of the problem, each between its *edges*."""
    automata = [
        automaton(problem, employee, limits, ALONE if edges is None else edges[e])
        for e, employee in enumerate(problem.employees)
    ]
    unit = gcd(*(shift.minutes for shift in problem.shifts))
    people = len(automata)
    states = max(len(each.off_next) for each in automata)
    types = max(1, *(len(each.types) for each in automata))
    filled = Tables(
        states=np.array([len(each.off_next) for each in automata], dtype=np.int32),
        first_state=np.array([each.first_state for each in automata], dtype=np.int32),
        may_end=np.zeros((people, states), dtype=np.int8),
        off_next=np.full((people, states), NEVER, dtype=np.int32),
        work_next=np.full((people, states, types), NEVER, dtype=np.int32),
        is_rested=np.zeros((people, states), dtype=np.int8),
        type_of=np.full((people, len(problem.shifts)), NEVER, dtype=np.int32),
        types=np.array([len(each.types) for each in automata], dtype=np.int32),
        type_units=np.zeros((people, types), dtype=np.int32),
        type_stride=np.zeros((people, types), dtype=np.int32),
        type_cap=np.zeros((people, types), dtype=np.int32),
        cap_states=np.ones(people, dtype=np.int32),
        counts_weekends=np.array([each.counts_weekends for each in automata], dtype=np.int8),
        weekend_states=np.ones(people, dtype=np.int32),
        weekends_max=np.full(people, UNLIMITED, dtype=np.int32),
        shift_max=np.full((people, len(problem.shifts)), UNLIMITED, dtype=np.int32),
        units_least=np.zeros((people, problem.days + 1), dtype=np.int32),
        units_max=np.array([e.minutes_max // unit for e in problem.employees], dtype=np.int32),
        span=np.ones(people, dtype=np.int32),
        pad=np.ones(people, dtype=np.int32),
        weekend=np.array([_weekend(day) for day in range(problem.days)], dtype=np.int8),
    )
    for e, each in enumerate(automata):
        _fill(filled, problem, (e, each), unit)
    return filled


def _weekend(day: int) -> int:
    return 1 if is_saturday(day) else 2 if is_sunday(day) else 0


def _fill(filled: Tables, problem: CoreProblem, numbered: tuple[int, Automaton], unit: int) -> None:
    e, each = numbered
    employee = problem.employees[e]
    states, types = each.work_next.shape
    filled.may_end[e, :states] = each.may_end
    filled.off_next[e, :states] = each.off_next
    filled.work_next[e, :states, :types] = each.work_next
    filled.is_rested[e, :states] = each.is_rested
    stride = 1
    for t, kind in enumerate(each.types):
        filled.type_of[e, list(kind.shifts)] = t
        filled.type_units[e, t] = kind.minutes // unit
        if kind.cap is not None:
            filled.type_stride[e, t] = stride
            filled.type_cap[e, t] = kind.cap
            stride *= kind.cap + 1
    filled.cap_states[e] = stride
    for shift, most in each.loose_caps:
        filled.shift_max[e, shift] = most
    if each.counts_weekends:
        filled.weekend_states[e] = employee.weekends_max + 1
    if each.loose_weekends:
        filled.weekends_max[e] = employee.weekends_max
    longest = max(1, int(filled.type_units[e].max()))
    least = -(-employee.minutes_min // unit)
    possible = [longest * most_days_worked(employee, day) for day in range(problem.days + 1)]
    reachable = np.minimum(possible, filled.units_max[e])
    filled.units_least[e] = [max(0, least - ahead) for ahead in reversed(possible)]
    filled.span[e] = max(1, 1 + int((reachable - filled.units_least[e]).max()))
    filled.pad[e] = longest


def additions(filled: Tables) -> NDArray[np.int64]:
    """Return, for each employee, how many additions a day of the dynamic program takes at most."""
    counters = filled.weekend_states.astype(np.int64) * filled.cap_states
    each: NDArray[np.int64] = filled.states * counters * (filled.span + filled.pad)
    return each * (1 + filled.types)


def counts_all_limits(filled: Tables, employee: int) -> bool:
    """Return whether the program of this employee counts every limit, so that it is exact."""
    has_loose_cap = bool((filled.shift_max[employee] < UNLIMITED).any())
    return not has_loose_cap and bool(filled.weekends_max[employee] == UNLIMITED)


def scratch(problem: CoreProblem, filled: Tables) -> Scratch:
    """Return room for the dynamic program of any employee."""
    rows = filled.states * filled.weekend_states * filled.cap_states
    places = int((rows * (filled.span + filled.pad) + filled.pad).max())
    layers = problem.days + 1
    types = filled.type_units.shape[1]
    return Scratch(
        value=np.empty((layers, places), dtype=np.float32),
        reached=np.empty((layers, int(filled.states.max())), dtype=np.int8),
        type_cost=np.empty((problem.days, types), dtype=np.float32),
        type_shift=np.empty((problem.days, types), dtype=np.int16),
        price=np.empty((problem.days, len(problem.shifts) + 1), dtype=np.float32),
    )


def demand(problem: CoreProblem) -> Demand:
    """Return the problem's figures for compiled code."""
    wish = problem.requests.astype(np.float32)
    wish[problem.days_off, :OFF] = HUGE
    for e, day in np.argwhere(problem.pins != FREE):
        kept = wish[e, day, problem.pins[e, day]]
        wish[e, day] = HUGE
        wish[e, day, problem.pins[e, day]] = kept
    return Demand(
        wish,
        problem.need.astype(np.int32),
        problem.under.astype(np.float32),
        problem.over.astype(np.float32),
    )
