"""
The dynamic program over the days of one employee, compiled.

A row of the table is a state with its weekend and cap counters; the units of minutes run along
it, so that one step of a day is a shifted minimum over neighbouring floats. Prices and values are
32-bit floats throughout: a step back is recognised by the very addition that made the value.
"""

import numpy as np
from numba import njit

from scheduler.roster.pricing.tables import HUGE

BARRED = np.float32(HUGE / 10)
_SATURDAY, _SUNDAY = 1, 2
_PRICE_ROUNDS, _ROUNDS = 7, 11
_FIRST_PRICE = np.float32(3.0)


@njit(cache=True, fastmath=True)
def _relax(scratch, day, source, target, units, cost, least, most):
    """Carry one row's values to a row of the next day, *units* further on, at *cost*."""
    first = max(scratch.low[day, source] + units, least)
    last = min(scratch.high[day, source] + units, most)
    if first > last:
        return
    before = scratch.value[day, source]
    after = scratch.value[day + 1, target]
    low, high = scratch.low[day + 1, target], scratch.high[day + 1, target]
    if low > high:
        for q in range(first, last + 1):
            after[q] = before[q - units] + cost
        scratch.low[day + 1, target] = first
        scratch.high[day + 1, target] = last
        return
    for q in range(first, low):
        after[q] = HUGE
    for q in range(high + 1, last + 1):
        after[q] = HUGE
    for q in range(first, last + 1):
        candidate = before[q - units] + cost
        after[q] = candidate if candidate < after[q] else after[q]
    scratch.low[day + 1, target] = min(low, first)
    scratch.high[day + 1, target] = max(high, last)


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
def _forward(table, e, price, weekend_price, scratch):
    """Fill the table of values, day by day."""
    days = price.shape[0]
    weekends, caps = table.weekend_states[e], table.cap_states[e]
    counters = weekends * caps
    rows = table.states[e] * counters
    most = table.units_max[e]
    _cheapest(table, e, price, scratch)
    scratch.low[:, :rows] = 1
    scratch.high[:, :rows] = 0
    scratch.low[0, 0] = 0
    scratch.value[0, 0, 0] = np.float32(0.0)
    for day in range(days):
        least = table.units_least[e, day + 1]
        off_cost = price[day, price.shape[1] - 1]
        for source in range(rows):
            if scratch.low[day, source] > scratch.high[day, source]:
                continue
            state = source // counters
            counter = source % counters
            after = table.off_next[e, state]
            if after >= 0 and off_cost < BARRED:
                target = after * counters + counter
                _relax(scratch, day, source, target, 0, off_cost, least, most)
            begins = _begins_weekend(table, e, state, day)
            if begins and weekends > 1 and counter // caps + 1 >= weekends:
                continue
            extra = weekend_price if begins else np.float32(0.0)
            step = caps if begins and weekends > 1 else 0
            for t in range(table.types[e]):
                after = table.work_next[e, state, t]
                cost = scratch.type_cost[day, t]
                if after < 0 or cost >= BARRED:
                    continue
                stride = table.type_stride[e, t]
                if stride > 0:
                    used = (counter % caps) // stride % (table.type_cap[e, t] + 1)
                    if used >= table.type_cap[e, t]:
                        continue
                target = after * counters + counter + step + stride
                units = table.type_units[e, t]
                _relax(scratch, day, source, target, units, cost + extra, least, most)


@njit(cache=True)
def _back(table, e, price, weekend_price, scratch, row, units, out):
    """Write the cells that led to this row and these units at the end."""
    weekends, caps = table.weekend_states[e], table.cap_states[e]
    counters = weekends * caps
    for day in range(price.shape[0] - 1, -1, -1):
        state, counter = row // counters, row % counters
        goal = scratch.value[day + 1, row, units]
        off_cost = price[day, price.shape[1] - 1]
        nearest = HUGE
        found_row, found_units, found_cell = row, units, -1
        for before in range(table.states[e]):
            if table.off_next[e, before] == state and off_cost < BARRED:
                source = before * counters + counter
                if scratch.low[day, source] <= units <= scratch.high[day, source]:
                    miss = abs(scratch.value[day, source, units] + off_cost - goal)
                    if miss < nearest:
                        nearest = miss
                        found_row, found_units, found_cell = source, units, -1
            begins = _begins_weekend(table, e, before, day)
            extra = weekend_price if begins else np.float32(0.0)
            step = caps if begins and weekends > 1 else 0
            if counter < step:
                continue
            for t in range(table.types[e]):
                cost = scratch.type_cost[day, t]
                if table.work_next[e, before, t] != state or cost >= BARRED:
                    continue
                stride = table.type_stride[e, t]
                if stride > 0 and (counter % caps) // stride % (table.type_cap[e, t] + 1) == 0:
                    continue
                source = before * counters + counter - step - stride
                left = units - table.type_units[e, t]
                if scratch.low[day, source] <= left <= scratch.high[day, source]:
                    miss = abs(scratch.value[day, source, left] + (cost + extra) - goal)
                    if miss < nearest:
                        nearest = miss
                        found_row, found_units = source, left
                        found_cell = scratch.type_shift[day, t]
        out[day] = found_cell
        row, units = found_row, found_units


@njit(cache=True)
def _best_end(table, e, scratch, days):
    """Return the cheapest final row and units, and their value."""
    rows = table.states[e] * table.weekend_states[e] * table.cap_states[e]
    least = table.units_least[e, days]
    best, best_row, best_units = HUGE, -1, -1
    for row in range(rows):
        for units in range(max(least, scratch.low[days, row]), scratch.high[days, row] + 1):
            if scratch.value[days, row, units] < best:
                best = scratch.value[days, row, units]
                best_row, best_units = row, units
    return best_row, best_units, best


@njit(cache=True)
def cheapest_rows(table, e, price, scratch, out):
    """
    Write up to `len(out)` cheap rows of employee *e*, the cheapest first.

    They differ in minutes, weekends or counted shifts. Limits that the state does not count are
    not looked at.

    Returns their number and the least cost, which bounds that of every legal row from below.
    """
    days = price.shape[0]
    counters = table.weekend_states[e] * table.cap_states[e]
    none = np.float32(0.0)
    _forward(table, e, price, none, scratch)
    least = HUGE
    for number in range(out.shape[0]):
        row, units, value = _best_end(table, e, scratch, days)
        if row < 0 or value >= BARRED:
            return number, least
        least = min(least, value)
        _back(table, e, price, none, scratch, row, units, out[number])
        for other in range(row % counters, table.states[e] * counters, counters):
            scratch.value[days, other, units] = HUGE
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
        row, units, value = _best_end(table, e, scratch, price.shape[0])
        if row < 0 or value >= BARRED:
            return False
        _back(table, e, raised, weekend_price, scratch, row, units, out)
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
