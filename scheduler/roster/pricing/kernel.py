"""
The dynamic program over the days of one employee, compiled.

The values of a day lie one after the other: state, weekends, cap counter, units. Units count from
`units_least` of the day, behind a pad of `pad` places that always hold HUGE. So a step of all
values of a state to another is one shifted minimum over neighbouring floats; what leaves the span
falls into a pad and is forgotten. Prices and values are 32-bit floats throughout: a step back is
recognised by the very addition that made the value.
"""

import numpy as np
from numba import njit

from scheduler.roster.pricing.machine_code import forget_stale
from scheduler.roster.pricing.repair import BARRED
from scheduler.roster.pricing.tables import HUGE

forget_stale()

SATURDAY, _SUNDAY = 1, 2


@njit(cache=True, fastmath=True)
def _carry(before, after, cost):
    """Lower the values of *after* to those of *before* plus *cost*."""
    for i in range(before.shape[0]):
        after[i] = min(after[i], before[i] + cost)


@njit(cache=True)
def _cheapest(table, e, price, scratch):
    """Find the cheapest shift of each type on each day."""
    scratch.type_cost[:] = HUGE
    for day in range(price.shape[0]):
        for shift in range(price.shape[1] - 1):
            t = table.type_of[e, shift]
            if t >= 0 and price[day, shift] < scratch.type_cost[day, t]:
                scratch.type_cost[day, t] = price[day, shift]
                scratch.type_shift[day, t] = shift


@njit(cache=True)
def _begins_weekend(table, e, state, day):
    """Whether work on this day, coming from *state*, is the first of its weekend."""
    kind = table.weekend[day]
    return kind == SATURDAY or (kind == _SUNDAY and table.is_rested[e, state] == 1)


@njit(cache=True)
def _carry_capped(before, after, cost, width, caps, stride, cap):
    """Carry the values of all rows whose counter of the capped shift is below its maximum."""
    rows = before.shape[0] // width
    for first in range(0, rows, caps):
        for run in range(first, first + caps, stride * (cap + 1)):
            start, stop = run * width, (run + stride * cap) * width
            _carry(before[start:stop], after[start:stop], cost)


@njit(cache=True)
def _work_steps(table, e, state, day, weekend_price, scratch):
    """Carry the values of one state over a day of work, by each type of shift."""
    weekends, caps = table.weekend_states[e], table.cap_states[e]
    width = table.span[e] + table.pad[e]
    block = weekends * caps * width
    begins = _begins_weekend(table, e, state, day)
    step = 1 if begins and table.counts_weekends[e] == 1 else 0
    extra = weekend_price if begins else np.float32(0.0)
    # Counters of weekends that can have begun, less the one that has no room for another.
    live = min(1 + (day + 1) // 7, weekends - step) * caps * width
    drift = table.units_least[e, day + 1] - table.units_least[e, day]
    before = scratch.value[day, state * block : state * block + live]
    for t in range(table.types[e]):
        after = table.work_next[e, state, t]
        cost = scratch.type_cost[day, t]
        if after < 0 or cost >= BARRED:
            continue
        stride = table.type_stride[e, t]
        start = after * block + (step * caps + stride) * width + table.type_units[e, t] - drift
        target = scratch.value[day + 1, start : start + live]
        if stride == 0:
            _carry(before, target, cost + extra)
        else:
            _carry_capped(before, target, cost + extra, width, caps, stride, table.type_cap[e, t])
        scratch.reached[day + 1, after] = 1


@njit(cache=True)
def forward(table, e, price, weekend_price, scratch):
    """Fill the table of values, day by day."""
    width = table.span[e] + table.pad[e]
    block = table.weekend_states[e] * table.cap_states[e] * width
    places = table.states[e] * block + table.pad[e]
    _cheapest(table, e, price, scratch)
    scratch.reached[:] = 0
    first = table.first_state[e]
    scratch.reached[0, first] = 1
    scratch.value[0, :places] = HUGE
    # If units are needed before the first day, there are too many for the days there are.
    if table.units_least[e, 0] == 0:
        scratch.value[0, first * block + table.pad[e]] = np.float32(0.0)
    for day in range(price.shape[0]):
        scratch.value[day + 1, :places] = HUGE
        drift = table.units_least[e, day + 1] - table.units_least[e, day]
        off_cost = price[day, price.shape[1] - 1]
        for state in range(table.states[e]):
            if scratch.reached[day, state] == 0:
                continue
            after = table.off_next[e, state]
            if after >= 0 and off_cost < BARRED:
                before = scratch.value[day, state * block : (state + 1) * block]
                start = after * block - drift
                _carry(before, scratch.value[day + 1, start : start + block], off_cost)
                scratch.reached[day + 1, after] = 1
            _work_steps(table, e, state, day, weekend_price, scratch)
        for pad in range(0, places, width):
            for place in range(pad, pad + table.pad[e]):
                scratch.value[day + 1, place] = HUGE


@njit(cache=True)
def back(table, e, price, weekend_price, scratch, place, out):
    """Write the cells that led to this place at the end."""
    weekends, caps = table.weekend_states[e], table.cap_states[e]
    width = table.span[e] + table.pad[e]
    block = weekends * caps * width
    for day in range(price.shape[0] - 1, -1, -1):
        state, rest = place // block, place % block
        goal = scratch.value[day + 1, place]
        drift = table.units_least[e, day + 1] - table.units_least[e, day]
        off_cost = price[day, price.shape[1] - 1]
        nearest, found, cell = HUGE, place, -1
        for before in range(table.states[e]):
            if scratch.reached[day, before] == 0:
                continue
            if table.off_next[e, before] == state and off_cost < BARRED:
                source = before * block + rest + drift
                miss = abs(scratch.value[day, source] + off_cost - goal)
                if miss < nearest:
                    nearest, found, cell = miss, source, -1
            begins = _begins_weekend(table, e, before, day)
            extra = weekend_price if begins else np.float32(0.0)
            step = caps * width if begins and table.counts_weekends[e] == 1 else 0
            if rest < step:
                continue
            for t in range(table.types[e]):
                cost = scratch.type_cost[day, t]
                if table.work_next[e, before, t] != state or cost >= BARRED:
                    continue
                stride = table.type_stride[e, t]
                counter = rest // width % caps
                if stride > 0 and counter // stride % (table.type_cap[e, t] + 1) == 0:
                    continue
                left = rest - step - stride * width - table.type_units[e, t] + drift
                if left < 0:
                    continue
                miss = abs(scratch.value[day, before * block + left] + (cost + extra) - goal)
                if miss < nearest:
                    nearest, found = miss, before * block + left
                    cell = scratch.type_shift[day, t]
        out[day] = cell
        place = found


@njit(cache=True)
def best_end(table, e, scratch, days):
    """Return the place of the cheapest end, or -1, and its value."""
    width, pad = table.span[e] + table.pad[e], table.pad[e]
    each = table.weekend_states[e] * table.cap_states[e]
    allowed = min(table.span[e], table.units_max[e] - table.units_least[e, days] + 1)
    best, found = HUGE, -1
    for row in range(table.states[e] * each):
        if table.may_end[e, row // each] == 0:
            continue
        for place in range(row * width + pad, row * width + pad + allowed):
            if scratch.value[days, place] < best:
                best, found = scratch.value[days, place], place
    return found, best


@njit(cache=True)
def cheapest_rows(table, e, price, scratch, out):
    """
    Write up to `len(out)` cheap rows of employee *e*, the cheapest first.

    They differ in minutes, weekends or counted shifts. Limits that the state does not count are
    not looked at.

    Returns their number and the least cost, which bounds that of every legal row from below.
    """
    days = price.shape[0]
    block = table.weekend_states[e] * table.cap_states[e] * (table.span[e] + table.pad[e])
    none = np.float32(0.0)
    forward(table, e, price, none, scratch)
    least = HUGE
    for number in range(out.shape[0]):
        place, value = best_end(table, e, scratch, days)
        if place < 0 or value >= BARRED:
            return number, least
        least = min(least, value)
        back(table, e, price, none, scratch, place, out[number])
        for other in range(place % block, table.states[e] * block, block):
            scratch.value[days, other] = HUGE
    return out.shape[0], least
