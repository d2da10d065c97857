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
from scheduler.roster.pricing.tables import HUGE

forget_stale()

BARRED = np.float32(HUGE / 10)
_SATURDAY, _SUNDAY = 1, 2
_PRICE_ROUNDS, _ROUNDS = 7, 11
_FIRST_PRICE = np.float32(3.0)


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
    return kind == _SATURDAY or (kind == _SUNDAY and table.is_rested[e, state] == 1)


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
def _forward(table, e, price, weekend_price, scratch):
    """Fill the table of values, day by day."""
    width = table.span[e] + table.pad[e]
    block = table.weekend_states[e] * table.cap_states[e] * width
    places = table.states[e] * block + table.pad[e]
    _cheapest(table, e, price, scratch)
    scratch.reached[:] = 0
    scratch.reached[0, 0] = 1
    scratch.value[0, :places] = HUGE
    # If units are needed before the first day, there are too many for the days there are.
    if table.units_least[e, 0] == 0:
        scratch.value[0, table.pad[e]] = np.float32(0.0)
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
def _back(table, e, price, weekend_price, scratch, place, out):
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
def _best_end(table, e, scratch, days):
    """Return the place of the cheapest end, or -1, and its value."""
    width, pad = table.span[e] + table.pad[e], table.pad[e]
    rows = table.states[e] * table.weekend_states[e] * table.cap_states[e]
    allowed = min(table.span[e], table.units_max[e] - table.units_least[e, days] + 1)
    best, found = HUGE, -1
    for row in range(rows):
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
    _forward(table, e, price, none, scratch)
    least = HUGE
    for number in range(out.shape[0]):
        place, value = _best_end(table, e, scratch, days)
        if place < 0 or value >= BARRED:
            return number, least
        least = min(least, value)
        _back(table, e, price, none, scratch, place, out[number])
        for other in range(place % block, table.states[e] * block, block):
            scratch.value[days, other] = HUGE
    return out.shape[0], least


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
            saturday = table.weekend[day] == _SATURDAY
            next_works = saturday and day + 1 < cells.shape[0] and cells[day + 1] >= 0
            if week != last and not (next_works and kept < table.weekends_max[e]):
                price[day, : price.shape[1] - 1] = HUGE


@njit(cache=True)
def legal_row(table, e, price, scratch, out):
    """
    Write a legal row of employee *e*: the cheapest one if the state counts every limit.

    The other limits are kept by raising the price of what is worked too often, and at last by
    barring it. Returns whether a row was found; *out* is not to be used if not.
    """
    raised = scratch.price
    raised[:] = price
    step = _FIRST_PRICE
    weekend_price = np.float32(0.0)
    for attempt in range(_ROUNDS):
        _forward(table, e, raised, weekend_price, scratch)
        place, value = _best_end(table, e, scratch, price.shape[0])
        if place < 0 or value >= BARRED:
            return False
        _back(table, e, raised, weekend_price, scratch, place, out)
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
        if legal:
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
