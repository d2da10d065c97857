"""Some weeks of a roster as a problem of their own, between the weeks that stand."""

from dataclasses import dataclass, replace

import numpy as np

from scheduler.roster.core.edges import Edges, edges
from scheduler.roster.core.problem import OFF, Cells, CoreProblem, Employee


@dataclass(frozen=True, eq=False)
class Window:
    """
    The days from *first* to before *last*, whole weeks unless the horizon ends within one.

    Attributes:
        problem: Those days, with what the other days leave of each limit.
        edges: [employee] what lies around them.
    """

    first: int
    last: int
    problem: CoreProblem
    edges: tuple[Edges, ...]


def window(problem: CoreProblem, cells: Cells, first: int, last: int) -> Window:
    """
    Return the days from *first*, a Monday, to before *last*; all others stand as in *cells*.

    The rows of *cells* are legal, and so are those days of theirs in the window.
    """
    days = slice(first, last)
    part = replace(
        problem,
        days=last - first,
        employees=tuple(
            _left(problem, employee, cells[e], days) for e, employee in enumerate(problem.employees)
        ),
        days_off=problem.days_off[:, days],
        pins=problem.pins[:, days],
        requests=problem.requests[:, days],
        need=problem.need[days],
        under=problem.under[days],
        over=problem.over[days],
    )
    return Window(first, last, part, tuple(edges(row, first, last) for row in cells))


def _left(problem: CoreProblem, employee: Employee, row: Cells, days: slice) -> Employee:
    """Return the employee's limits less what the days outside of *days* use of them."""
    outside = row.copy()
    outside[days] = OFF
    worked = np.flatnonzero(outside != OFF)
    counts = np.bincount(outside[worked], minlength=len(problem.shifts)).tolist()
    lengths = [shift.minutes for shift in problem.shifts]
    minutes = sum(count * length for count, length in zip(counts, lengths, strict=True))
    weekends = len({day // 7 for day in worked.tolist() if day % 7 >= 5})
    return replace(
        employee,
        minutes_min=max(0, employee.minutes_min - minutes),
        minutes_max=employee.minutes_max - minutes,
        weekends_max=employee.weekends_max - weekends,
        shift_max=tuple(
            most - count for most, count in zip(employee.shift_max, counts, strict=True)
        ),
    )
