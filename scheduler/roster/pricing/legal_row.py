"""
Legal rows: the dynamic program prices what its state does not count until the row keeps it too.

Compiled, like the program itself (`kernel`).
"""

import numpy as np
from numba import njit

from scheduler.roster.pricing.kernel import SATURDAY, back, best_end, forward
from scheduler.roster.pricing.repair import BARRED, repair
from scheduler.roster.pricing.tables import HUGE

_PRICE_ROUNDS, _ROUNDS = 7, 11
# Prices balance the shifts before single days are given others.
_BALANCED = 2
_FIRST_PRICE = np.float32(3.0)


@njit(cache=True)
def _weekends_worked(table, cells):
    count, last = 0, -1
    for day in range(cells.shape[0]):
        if cells[day] >= 0 and table.weekend[day] > 0 and day // 7 != last:
            last = day // 7
            count += 1
    return count


@njit(cache=True)
def _excess(table, e, cells, shift):
    """How many of this shift are more than a limit that the state does not count."""
    count = 0
    for day in range(cells.shape[0]):
        count += cells[day] == shift
    return count - table.shift_max[e, shift]


@njit(cache=True)
def _bar_surplus(table, e, cells, price, shift):
    """Bar the shift on all days but the first ones worked, as many as allowed."""
    kept = 0
    for day in range(cells.shape[0]):
        if cells[day] == shift and kept < table.shift_max[e, shift]:
            kept += 1
        else:
            price[day, shift] = HUGE


@njit(cache=True)
def _bar_weekends(table, e, cells, price):
    """Bar work on all weekends but the first ones worked, as many as allowed."""
    kept, last = 0, -1
    for day in range(cells.shape[0]):
        if table.weekend[day] > 0:
            week = day // 7
            if cells[day] >= 0 and week != last and kept < table.weekends_max[e]:
                kept += 1
                last = week
            saturday = table.weekend[day] == SATURDAY
            next_works = saturday and day + 1 < cells.shape[0] and cells[day + 1] >= 0
            if week != last and not (next_works and kept < table.weekends_max[e]):
                price[day, : price.shape[1] - 1] = HUGE


@njit(cache=True)
def legal_row(table, e, price, scratch, out):
    """
    Write a legal row of employee *e*: the cheapest one if the state counts every limit.

    The other limits are kept by raising the price of what is worked too often, then by other shifts
    on single days, and at last by barring it. Returns whether a row was found; *out* is not to be
    used if not.
    """
    raised = scratch.price
    raised[:] = price
    step = _FIRST_PRICE
    weekend_price = np.float32(0.0)
    for attempt in range(_ROUNDS):
        forward(table, e, raised, weekend_price, scratch)
        place, value = best_end(table, e, scratch, price.shape[0])
        if place < 0 or value >= BARRED:
            return False
        back(table, e, raised, weekend_price, scratch, place, out)
        legal = True
        for shift in range(price.shape[1] - 1):
            excess = _excess(table, e, out, shift)
            if excess > 0:
                legal = False
                if attempt < _PRICE_ROUNDS:
                    raised[:, shift] += step * np.float32(1 + excess)
                else:
                    _bar_surplus(table, e, out, raised, shift)
        excess = _weekends_worked(table, out) - table.weekends_max[e]
        if excess > 0:
            legal = False
            weekend_price += step * np.float32(1 + excess)
            if attempt >= _PRICE_ROUNDS:
                _bar_weekends(table, e, out, raised)
        if legal or (attempt >= _BALANCED and excess <= 0 and repair(table, e, price, out)):
            return True
        step *= np.float32(2.0)
    return False


@njit(cache=True)
def keeps_limits(table, e, cells):
    """Whether the row keeps the limits that the state does not count."""
    for shift in range(table.shift_max.shape[1]):
        if _excess(table, e, cells, shift) > 0:
            return False
    return _weekends_worked(table, cells) <= table.weekends_max[e]
