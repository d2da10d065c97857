"""A rostering problem as figures: who may work which shift on which day, and what it costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# What a pin or a cell of a roster holds besides the number of a shift.
OFF = -1
FREE = -2

# Rows are employees, columns are days; a cell is the number of a shift, or OFF.
Cells = NDArray[np.int16]


@dataclass(frozen=True)
class Shift:
    """
    A kind of work that fills a day.

    Attributes:
        minutes: Counted against the minimum and maximum minutes of an employee.
    """

    code: str
    minutes: int


@dataclass(frozen=True)
class Employee:
    """
    Hard rules of one person over the whole horizon; every bound is inclusive.

    A run of shifts or of days off that touches an end of the horizon may be shorter than its
    minimum: the rest of it may lie outside.

    Attributes:
        run_min: Days worked in a row, at least.
        run_max: Days worked in a row, at most.
        rest_min: Days off in a row, at least.
        weekends_max: Weekends with work on the Saturday, the Sunday or both, at most.
        shift_max: How often each shift may be worked, by number of the shift.
    """

    id: str
    minutes_min: int
    minutes_max: int
    run_min: int
    run_max: int
    rest_min: int
    weekends_max: int
    shift_max: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class CoreProblem:
    """
    Employees, days and shifts by number; the first day is a Monday.

    Weights are whole numbers and none is negative, so that the cost of any roster is neither.

    Attributes:
        forbidden: [shift, shift] whether the second may not be worked the day after the first.
        days_off: [employee, day] whether no shift may be worked.
        pins: [employee, day] the shift or OFF that is settled, else FREE.
        requests: [employee, day, shift] cost of working it; the last column is a day off.
        need: [day, shift] people wanted.
        under: [day, shift] cost of each person too few.
        over: [day, shift] cost of each person too many.
    """

    days: int
    shifts: tuple[Shift, ...]
    employees: tuple[Employee, ...]
    forbidden: NDArray[np.bool_]
    days_off: NDArray[np.bool_]
    pins: Cells
    requests: NDArray[np.int64]
    need: NDArray[np.int64]
    under: NDArray[np.int64]
    over: NDArray[np.int64]


def is_saturday(day: int) -> bool:
    """Return whether the day of this number, from 0 on a Monday, is a Saturday."""
    return day % 7 == 5


def is_sunday(day: int) -> bool:
    """Return whether the day of this number, from 0 on a Monday, is a Sunday."""
    return day % 7 == 6
