"""
Other shifts for days worked, so that a row keeps the maxima of shifts that no state counts.

Compiled. Prices alone fail where every maximum binds: raising one shift only moves the surplus on
to the next. The days worked stay the same here, so that runs, rest and weekends do as well.
"""

import numpy as np
from numba import njit

from scheduler.roster.pricing.machine_code import forget_stale
from scheduler.roster.pricing.tables import HUGE, UNLIMITED

forget_stale()

BARRED = np.float32(HUGE / 10)


@njit(cache=True)
def _room(table, e, cells, shift):
    """How many more of this shift the employee may work; negative for a surplus."""
    kind = table.type_of[e, shift]
    if kind < 0:
        return 0
    most = table.shift_max[e, shift]
    if table.type_stride[e, kind] > 0:
        most = table.type_cap[e, kind]
    count = 0
    for day in range(cells.shape[0]):
        count += cells[day] == shift
    return most - count


@njit(cache=True)
def fits(table, e, cells):
    """Whether the row's minutes, runs, rest and successions are legal."""
    days = cells.shape[0]
    state, units = table.first_state[e], 0
    for day in range(days):
        if cells[day] < 0:
            state = table.off_next[e, state]
        else:
            kind = table.type_of[e, cells[day]]
            if kind < 0:
                return False
            units += table.type_units[e, kind]
            state = table.work_next[e, state, kind]
        if state < 0:
            return False
    within = table.units_least[e, days] <= units <= table.units_max[e]
    return within and table.may_end[e, state] == 1


@njit(cache=True)
def _replace(table, e, price, cells, room, surplus):
    """Give the cheapest day of *surplus* that can have one a shift with room; tell if any could."""
    least, found, instead = HUGE, -1, -1
    for day in range(cells.shape[0]):
        if cells[day] != surplus:
            continue
        for shift in range(room.shape[0]):
            dearer = price[day, shift] - price[day, surplus]
            if room[shift] <= 0 or price[day, shift] >= BARRED or dearer >= least:
                continue
            cells[day] = shift
            if fits(table, e, cells):
                least, found, instead = dearer, day, shift
            cells[day] = surplus
    if found >= 0:
        cells[found] = instead
        room[surplus] += 1
        room[instead] -= 1
    return found >= 0


@njit(cache=True)
def _replace_two(table, e, price, cells, room, surplus):
    """Give a day of *surplus* a shift without room, and a day of that one a shift with room."""
    for day in range(cells.shape[0]):
        if cells[day] != surplus:
            continue
        for shift in range(room.shape[0]):
            has_none = room[shift] <= 0 and shift != surplus and table.type_of[e, shift] >= 0
            if not has_none or price[day, shift] >= BARRED:
                continue
            cells[day] = shift
            for other in range(cells.shape[0]):
                if other == day or cells[other] != shift:
                    continue
                for last in range(room.shape[0]):
                    if room[last] <= 0 or price[other, last] >= BARRED:
                        continue
                    cells[other] = last
                    if fits(table, e, cells):
                        room[surplus] += 1
                        room[last] -= 1
                        return True
                    cells[other] = shift
            cells[day] = surplus
    return False


@njit(cache=True)
def repair(table, e, price, cells):
    """
    Exchange shifts of *cells* until none is worked too often; tell whether that was possible.

    *price* [day, shift] is what the shifts cost; the cheapest replacements are taken. Other limits
    are kept if the row keeps them before.
    """
    room = np.empty(price.shape[1] - 1, dtype=np.int64)
    for shift in range(room.shape[0]):
        room[shift] = min(UNLIMITED, _room(table, e, cells, shift))
    for _ in range(cells.shape[0]):
        surplus = np.argmin(room)
        if room[surplus] >= 0:
            return True
        if _replace(table, e, price, cells, room, surplus):
            continue
        if not _replace_two(table, e, price, cells, room, surplus):
            return False
    return False
