"""One employee's rules as states of a day and the steps between them."""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.edges import ALONE, Beyond, Edges
from scheduler.roster.core.problem import OFF, CoreProblem, Employee

# The state before the first day; nothing leads back to it.
START = 0
NEVER = -1
# The class of a shift worked right before the first day that may not be worked any more.
_BEFORE = -1


@dataclass(frozen=True)
class ShiftType:
    """
    Shifts that no rule of this employee tells apart; only the cheapest of a day matters.

    Attributes:
        shifts: Their numbers.
        follows_class: Shifts of a class forbid the same shifts on the next day.
        minutes: Of each of them.
        cap: How often it may be worked if that is counted in the state, else nothing.
    """

    shifts: tuple[int, ...]
    follows_class: int
    minutes: int
    cap: int | None


@dataclass(frozen=True, eq=False)
class Automaton:
    """
    States and steps of one employee; minutes, weekends and caps are counted beside the state.

    The state tells how many days in a row have been worked or off and the class of the last
    shift. At the end of the horizon every state may be the last: a run that touches it is exempt
    from its minimum.

    Attributes:
        first_state: The state before the first day.
        may_end: Whether the state may be the last.
        types: Kinds of shift that this employee may work.
        off_next: The state after a day off, or NEVER.
        work_next: [state, type] the state after working, or NEVER.
        is_rested: Whether the day before was off; such a Sunday begins a weekend worked.
        loose_caps: Shifts whose maximum is not counted in the state, with that maximum.
        loose_weekends: Whether the maximum of weekends is not counted beside the state.
        counts_weekends: Whether the maximum of weekends is counted beside the state.
    """

    first_state: int
    may_end: NDArray[np.bool_]
    types: tuple[ShiftType, ...]
    off_next: NDArray[np.int32]
    work_next: NDArray[np.int32]
    is_rested: NDArray[np.bool_]
    loose_caps: tuple[tuple[int, int], ...]
    loose_weekends: bool
    counts_weekends: bool


@dataclass(frozen=True)
class StateLimits:
    """
    How much may be counted in the state before it grows too slow.

    Attributes:
        caps: Product of the counters of capped shifts, at most.
        weekends: Weekend counter, at most; a larger one is kept by prices.
    """

    caps: int
    weekends: int = 20


def automaton(
    problem: CoreProblem, employee: Employee, limits: StateLimits, edges: Edges = ALONE
) -> Automaton:
    """Return the states and steps of the employee's rules between these edges."""
    allowed = tuple(s for s, most in enumerate(employee.shift_max) if most > 0)
    binding = [s for s in allowed if _may_bind(problem, employee, s)]
    counted = _counted(employee, binding, limits.caps)
    types = _types(problem, employee, _Choice(allowed, edges), counted)
    states = _States(problem, employee, types, edges)
    weekends = sum(1 for day in range(problem.days) if day % 7 == 5)
    is_weekend_bound = employee.weekends_max < weekends
    is_loose = is_weekend_bound and employee.weekends_max > limits.weekends
    return Automaton(
        states.first_state,
        states.may_end,
        types,
        states.off_next,
        states.work_next,
        states.is_rested,
        loose_caps=tuple((s, employee.shift_max[s]) for s in binding if s not in counted),
        loose_weekends=is_loose,
        counts_weekends=is_weekend_bound and not is_loose,
    )


def most_days_worked(employee: Employee, days: int) -> int:
    """Return a bound on the days that may be worked among *days* days in a row."""
    cycle = employee.run_max + max(1, employee.rest_min)
    return days // cycle * employee.run_max + min(employee.run_max, days % cycle)


def _may_bind(problem: CoreProblem, employee: Employee, shift: int) -> bool:
    most = employee.shift_max[shift]
    fits = employee.minutes_max // problem.shifts[shift].minutes
    return most < min(fits, most_days_worked(employee, problem.days))


def _counted(employee: Employee, binding: list[int], limit: int) -> tuple[int, ...]:
    """Choose the shifts with the smallest maxima whose counters stay within *limit*."""
    counted: list[int] = []
    for shift in sorted(binding, key=lambda s: (employee.shift_max[s], s)):
        sizes = [employee.shift_max[s] + 1 for s in (*counted, shift)]
        if prod(sizes) <= limit:
            counted.append(shift)
    return tuple(counted)


class _Choice:
    """The shifts that an employee may work, and those that may come before and after them."""

    def __init__(self, allowed: tuple[int, ...], edges: Edges) -> None:
        self.allowed = allowed
        self.earlier = self._with(edges.before)
        self.later = self._with(edges.after)

    def _with(self, beyond: Beyond | None) -> list[int]:
        if beyond is None or beyond.shift in (OFF, *self.allowed):
            return [*self.allowed]
        return [*self.allowed, beyond.shift]


def _types(
    problem: CoreProblem, employee: Employee, choice: _Choice, counted: tuple[int, ...]
) -> tuple[ShiftType, ...]:
    rows = {s: tuple(problem.forbidden[s, choice.later]) for s in choice.allowed}
    classes = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
    groups: dict[tuple[object, ...], list[int]] = {}
    for s in choice.allowed:
        column = tuple(problem.forbidden[choice.earlier, s])
        own = s if s in counted else None
        key = (classes[rows[s]], column, problem.shifts[s].minutes, own)
        groups.setdefault(key, []).append(s)
    return tuple(
        ShiftType(
            tuple(shifts),
            classes[rows[shifts[0]]],
            problem.shifts[shifts[0]].minutes,
            cap=employee.shift_max[shifts[0]] if shifts[0] in counted else None,
        )
        for shifts in groups.values()
    )


class _States:
    """Numbers the states and fills the steps between them."""

    def __init__(
        self,
        problem: CoreProblem,
        employee: Employee,
        types: tuple[ShiftType, ...],
        edges: Edges,
    ) -> None:
        self.problem = problem
        self.employee = employee
        self.types = types
        self.rest = max(1, employee.rest_min)
        self.classes = {each.follows_class: each.shifts[0] for each in types}
        self.class_before = self._class_of(edges.before)
        self.numbers: dict[tuple[str, int, int], int] = {("start", 0, 0): START}
        self._number_states()
        size = len(self.numbers)
        self.off_next = np.full(size, NEVER, dtype=np.int32)
        self.work_next = np.full((size, len(types)), NEVER, dtype=np.int32)
        self.is_rested = np.zeros(size, dtype=np.bool_)
        for (kind, of_class, run), number in self.numbers.items():
            self.is_rested[number] = kind in {"start", "off"}
            self.off_next[number] = self._after_off(kind, run)
            for t, each in enumerate(types):
                before = self.classes.get(of_class, 0)
                clashes = bool(problem.forbidden[before, each.shifts[0]])
                if self.is_rested[number] or not clashes:
                    self.work_next[number, t] = self._after_work(kind, run, each.follows_class)
        self.first_state = self._first(edges.before)
        self.may_end = np.array([self._fits(state, edges.after) for state in self.numbers])

    def _class_of(self, before: Beyond | None) -> int:
        """Return the class of the shift worked before the first day; 0 where it is none."""
        if before is None or before.shift == OFF:
            return 0
        for each in self.types:
            if before.shift in each.shifts:
                return each.follows_class
        self.classes[_BEFORE] = before.shift
        return _BEFORE

    def _first(self, before: Beyond | None) -> int:
        """Return the state that the run before the first day leads to."""
        if before is None:
            return START
        if before.shift == OFF:
            run = self.rest if before.is_open else min(before.days, self.rest)
            return self.numbers["off", 0, run]
        is_edge = before.is_open and before.days <= self._edge()
        return self.numbers["edge" if is_edge else "work", self.class_before, before.days]

    def _fits(self, state: tuple[str, int, int], after: Beyond | None) -> bool:
        """Return whether the run after the last day may follow this state."""
        kind, of_class, run = state
        if after is None or kind == "start":
            return after is None
        is_off = kind == "off"
        if after.shift == OFF:
            least, joined = (self.rest, run + after.days if is_off else after.days)
            begins_well = is_off or kind == "edge" or run >= self.employee.run_min
            return begins_well and (after.is_open or joined >= least)
        if is_off:
            return run >= self.rest and (after.is_open or after.days >= self.employee.run_min)
        length = run + after.days
        is_long_enough = after.is_open or kind == "edge" or length >= self.employee.run_min
        clashes = bool(self.problem.forbidden[self.classes[of_class], after.shift])
        return is_long_enough and length <= self.employee.run_max and not clashes

    def _number_states(self) -> None:
        spans = {"work": self.employee.run_max, "edge": min(self._edge(), self.employee.run_max)}
        for run in range(1, self.rest + 1):
            self.numbers["off", 0, run] = len(self.numbers)
        for kind, longest in spans.items():
            for of_class in self.classes:
                for run in range(1, longest + 1):
                    self.numbers[kind, of_class, run] = len(self.numbers)

    def _edge(self) -> int:
        """Return up to which length a run from the first day is still shorter than its minimum."""
        return self.employee.run_min - 1

    def _after_off(self, kind: str, run: int) -> int:
        if kind == "start":
            return self.numbers["off", 0, self.rest]
        if kind == "off":
            return self.numbers["off", 0, min(run + 1, self.rest)]
        if kind == "work" and run < self.employee.run_min:
            return NEVER
        return self.numbers["off", 0, 1]

    def _after_work(self, kind: str, run: int, of_class: int) -> int:
        if kind == "off" and run < self.rest:
            return NEVER
        length = 1 if kind == "off" else run + 1
        is_edge = kind in {"start", "edge"} and length <= self._edge()
        return self.numbers.get(("edge" if is_edge else "work", of_class, length), NEVER)
