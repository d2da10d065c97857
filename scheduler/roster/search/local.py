"""Construction and ruin-and-recreate of whole rows, compiled."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduler.roster.core.problem import OFF, Cells
from scheduler.roster.pricing.legal_row import legal_row

_NOISES = np.array([0.0, 1.0, 4.0, 15.0, 60.0], dtype=np.float32)
_TIE_NOISE = np.float32(0.01)


class Standing(NamedTuple):
    """
    A roster with its cover.

    Attributes:
        cells: [employee, day] shift or OFF; a row that is not placed yet is all OFF.
        cover: [day, shift] people working it.
        price: [day, shift] room for the prices of one employee.
        kept: [2, day] room for two rows that may have to be put back.
    """

    cells: Cells
    cover: NDArray[np.int32]
    price: NDArray[np.float32]
    kept: Cells


def empty_standing(people: int, days: int, shifts: int) -> Standing:
    """Return a roster in which nobody works."""
    return Standing(
        np.full((people, days), OFF, dtype=np.int16),
        np.zeros((days, shifts), dtype=np.int32),
        np.empty((days, shifts + 1), dtype=np.float32),
        np.empty((2, days), dtype=np.int16),
    )


@njit(cache=True)
def count(standing, e, sign):
    """Add the row of employee *e* to the cover, or take it away with a *sign* of -1."""
    for day in range(standing.cells.shape[1]):
        cell = standing.cells[e, day]
        if cell >= 0:
            standing.cover[day, cell] += sign


@njit(cache=True)
def _cover_cost(demand, standing):
    total = 0.0
    for day in range(standing.cover.shape[0]):
        for shift in range(standing.cover.shape[1]):
            gap = demand.need[day, shift] - standing.cover[day, shift]
            if gap > 0:
                total += gap * demand.under[day, shift]
            else:
                total -= gap * demand.over[day, shift]
    return total


@njit(cache=True)
def _wish_cost(demand, standing, e):
    total = 0.0
    for day in range(standing.cells.shape[1]):
        # OFF is -1, the last column.
        total += demand.wish[e, day, standing.cells[e, day]]
    return total


@njit(cache=True)
def total_cost(demand, standing):
    """Return the cost of the roster."""
    total = _cover_cost(demand, standing)
    for e in range(standing.cells.shape[0]):
        total += _wish_cost(demand, standing, e)
    return total


@njit(cache=True)
def _place(table, demand, scratch, standing, e, noise):
    """Give employee *e*, now uncounted, the best row against all others; count it."""
    price = standing.price
    shifts = standing.cover.shape[1]
    for day in range(standing.cover.shape[0]):
        for shift in range(shifts):
            if standing.cover[day, shift] < demand.need[day, shift]:
                margin = -demand.under[day, shift]
            else:
                margin = demand.over[day, shift]
            shake = np.float32(np.random.random()) * noise
            price[day, shift] = demand.wish[e, day, shift] + margin + shake
        price[day, shifts] = demand.wish[e, day, shifts]
    found = legal_row(table, e, price, scratch, standing.cells[e])
    if found:
        count(standing, e, 1)
    return found


@njit(cache=True)
def construct(table, demand, scratch, standing, order, seed):
    """
    Place the employees of *order* one after another; the rest stands as it is.

    Returns -1, or the first employee for whom no legal row was found.
    """
    np.random.seed(seed)
    for e in order:
        if not _place(table, demand, scratch, standing, e, _TIE_NOISE):
            return e
    return -1


@njit(cache=True)
def _take_out(standing, e, slot):
    standing.kept[slot] = standing.cells[e]
    count(standing, e, -1)


@njit(cache=True)
def _put_back(standing, e, slot):
    standing.cells[e] = standing.kept[slot]
    count(standing, e, 1)


@njit(cache=True)
def _recreate(table, demand, scratch, standing, first, second, noise):
    """Replan two employees who are out: the first roughly, the second, the first exactly."""
    if not _place(table, demand, scratch, standing, first, noise):
        return False
    if not _place(table, demand, scratch, standing, second, _TIE_NOISE):
        count(standing, first, -1)
        return False
    count(standing, first, -1)
    if not _place(table, demand, scratch, standing, first, _TIE_NOISE):
        count(standing, second, -1)
        return False
    return True


@njit(cache=True)
def improve(table, demand, scratch, standing, best, chosen, rounds, heat, seed):
    """
    Take one or two of the *chosen* employees out and plan them anew, *rounds* times.

    A dearer roster is accepted with the probability exp(-difference / *heat*). *best* is
    rewritten with the cheapest roster met, whose cost is returned.
    """
    np.random.seed(seed)
    now = total_cost(demand, standing)
    least = now
    best[:] = standing.cells
    for _ in range(rounds):
        first = chosen[np.random.randint(len(chosen))]
        second = chosen[np.random.randint(len(chosen))]
        noise = _NOISES[np.random.randint(len(_NOISES))]
        _take_out(standing, first, 0)
        if second != first:
            _take_out(standing, second, 1)
            found = _recreate(table, demand, scratch, standing, first, second, noise)
        else:
            found = _place(table, demand, scratch, standing, first, noise)
        after = total_cost(demand, standing) if found else now
        if found and (after <= now or np.random.random() < np.exp((now - after) / heat)):
            now = after
        else:
            if found:
                count(standing, first, -1)
                if second != first:
                    count(standing, second, -1)
            _put_back(standing, first, 0)
            if second != first:
                _put_back(standing, second, 1)
        if now < least:
            least = now
            best[:] = standing.cells
    return least
