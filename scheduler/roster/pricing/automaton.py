"""One employee's rules as states of a day and the steps between them."""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import CoreProblem, Employee

# The state before the first day; nothing leads back to it.
START = 0
NEVER = -1


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
    shift. Every state may be the last: a run that touches the end is exempt from its minimum.

    Attributes:
        types: Kinds of shift that this employee may work.
        off_next: The state after a day off, or NEVER.
        work_next: [state, type] the state after working, or NEVER.
        is_rested: Whether the day before was off; such a Sunday begins a weekend worked.
        loose_caps: Shifts whose maximum is not counted in the state, with that maximum.
        loose_weekends: Whether the maximum of weekends is not counted beside the state.
        counts_weekends: Whether the maximum of weekends is counted beside the state.
    """

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


def automaton(problem: CoreProblem, employee: Employee, limits: StateLimits) -> Automaton:
    """Return the states and steps of the employee's rules."""
    allowed = tuple(s for s, most in enumerate(employee.shift_max) if most > 0)
    binding = [s for s in allowed if _may_bind(problem, employee, s)]
    counted = _counted(employee, binding, limits.caps)
    types = _types(problem, employee, allowed, counted)
    states = _States(problem, employee, types)
    weekends = sum(1 for day in range(problem.days) if day % 7 == 5)
    is_weekend_bound = employee.weekends_max < weekends
    is_loose = is_weekend_bound and employee.weekends_max > limits.weekends
    return Automaton(
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


def _types(
    problem: CoreProblem, employee: Employee, allowed: tuple[int, ...], counted: tuple[int, ...]
) -> tuple[ShiftType, ...]:
    rows = {s: tuple(problem.forbidden[s, list(allowed)]) for s in allowed}
    classes = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
    groups: dict[tuple[object, ...], list[int]] = {}
    for s in allowed:
        column = tuple(problem.forbidden[list(allowed), s])
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
        self, problem: CoreProblem, employee: Employee, types: tuple[ShiftType, ...]
    ) -> None:
        self.employee = employee
        self.types = types
        self.rest = max(1, employee.rest_min)
        self.classes = {each.follows_class: each.shifts[0] for each in types}
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
