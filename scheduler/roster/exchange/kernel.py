"""
Exchanges of stretches of days between two people, kept where the roster grows no worse; compiled.

An exchange leaves the cover as it is and changes two rows, so that only these need be looked at.
"""

import numpy as np
from numba import njit

from scheduler.roster.exchange.bonds import keeps_bonds
from scheduler.roster.exchange.legality import keeps_limits

_NO_MATTER = -2
# What prices are of, by their place: a changed cell, somebody preferred who is not there, an hour
# of overtime by agreement, a step of unfairness, a weight of unmet wishes.
CHANGE, WANT, EXTRA, STEP, WISH = 0, 1, 2, 3, 4
_HOUR = 60
_SHORT, _LONG = 7, 28
_UNLIMITED = 1 << 40


@njit(cache=True)
def search(t, rows, prices, seed, moves, heat):
    """
    Better *rows* in place for so many moves and return the best price found.

    *prices* are as this module numbers them; *heat*, in the same coin, falls to nothing over the
    moves: so much worse may a roster grow for a while. The best rows are left.
    """
    np.random.seed(seed)
    days = rows.shape[1]
    count = _standing(t, rows)
    loads = _loads(t, rows)
    now = total(t, rows, prices)
    best, kept = now, rows.copy()
    first_row, second_row = np.empty(days, dtype=np.int64), np.empty(days, dtype=np.int64)
    missing = _missing(t, count)
    for move in range(moves):
        warmth = heat * (1.0 - move / moves)
        if missing > 0 and np.random.randint(2) == 0:
            worth = _fill(t, rows, count, loads, prices, first_row, warmth)
            missing = _missing(t, count) if worth != 0 else missing
        else:
            worth = _exchange(t, rows, loads, prices, first_row, second_row, warmth)
        now += worth
        if now < best:
            best, kept[:] = now, rows
    rows[:] = kept
    return best


@njit(cache=True)
def total(t, rows, prices):
    """Return the price of a whole roster."""
    count, loads = _standing(t, rows), _loads(t, rows)
    found = np.int64(0)
    for s in range(t.need.shape[0]):
        found += max(0, t.need[s] - count[s]) * t.lack[s]
        if t.lack[s] > 0:
            found += max(0, t.want[s] - max(count[s], t.need[s])) * prices[WANT]
    for p in range(rows.shape[0]):
        found += prices[STEP] * _unfair(t, p, loads[p])
        found += _of_row(t, p, rows[p], t.first, rows.shape[1], prices)
    return found


@njit(cache=True)
def _of_row(t, p, row, since, until, prices):
    """Return what changed cells, unmet wishes and overtime of a row cost, from day to day."""
    found = np.int64(0)
    for d in range(since, until):
        found += prices[CHANGE] * _is_changed(t, p, d, row[d])
        found += prices[WISH] * (t.wish[p, row[d]] if row[d] >= 0 else t.idle[p, d])
    if t.agreed[p] < _UNLIMITED:
        found += prices[EXTRA] * _overtime(t, p, row)
    return found


@njit(cache=True)
def _overtime(t, p, row):
    """Return the hours beyond the weekly ones of the whole row, each begun one counted."""
    week, minutes, extra = -1, 0, 0
    for d in range(row.shape[0]):
        if t.week[d] != week:
            week, minutes = t.week[d], 0
        if row[d] >= 0:
            before = max(0, minutes - t.agreed[p])
            minutes += t.minutes[row[d]]
            extra += max(0, minutes - t.agreed[p]) - before
    return (extra + _HOUR - 1) // _HOUR


@njit(cache=True)
def _missed(t, s, count, prices):
    """Return what one person fewer than *count* on a slot costs."""
    if count <= t.need[s]:
        return t.lack[s]
    return prices[WANT] if count <= t.want[s] and t.lack[s] > 0 else np.int64(0)


@njit(cache=True)
def _standing(t, rows):
    count = np.zeros(t.need.shape[0], dtype=np.int64)
    for p in range(rows.shape[0]):
        for d in range(t.first, rows.shape[1]):
            if rows[p, d] >= 0:
                count[rows[p, d]] += 1
    return count


@njit(cache=True)
def _missing(t, count):
    found = 0
    for s in range(count.shape[0]):
        if t.lack[s] > 0 and count[s] < t.want[s]:
            found += 1
    return found


@njit(cache=True)
def _loads(t, rows):
    loads = np.zeros((rows.shape[0], t.counted.shape[1]), dtype=np.int64)
    for p in range(rows.shape[0]):
        for d in range(t.first, rows.shape[1]):
            if rows[p, d] >= 0:
                loads[p] += t.counted[rows[p, d]]
    return loads


@njit(cache=True)
def _unfair(t, p, load):
    price = np.int64(0)
    for m in range(t.threshold.shape[1]):
        for k in range(t.threshold.shape[2]):
            price += max(0, load[m] - t.threshold[p, m, k])
    return price


@njit(cache=True)
def _is_changed(t, p, d, s):
    return t.previous[p, d] != _NO_MATTER and t.previous[p, d] != s


@njit(cache=True)
def _accepts(worth, warmth):
    return worth <= 0 or (warmth > 0 and np.random.random() < np.exp(-worth / warmth))


@njit(cache=True)
def _exchange(t, rows, loads, prices, mine, theirs, warmth):
    """Try one exchange of a stretch between two people; return what the price changed by."""
    people, days = rows.shape
    a, b = np.random.randint(people), np.random.randint(people)
    longest = _LONG if np.random.randint(4) == 0 else _SHORT
    since = np.random.randint(t.first, days)
    until = min(days, since + 1 + np.random.randint(longest))
    if a == b or not _may_exchange(t, rows, a, b, since, until):
        return np.int64(0)
    mine[:], theirs[:] = rows[a], rows[b]
    mine[since:until], theirs[since:until] = rows[b, since:until], rows[a, since:until]
    moved = np.zeros(t.counted.shape[1], dtype=np.int64)
    for d in range(since, until):
        if rows[a, d] >= 0:
            moved -= t.counted[rows[a, d]]
        if rows[b, d] >= 0:
            moved += t.counted[rows[b, d]]
    worth = _of_row(t, a, mine, since, until, prices) - _of_row(t, a, rows[a], since, until, prices)
    worth += _of_row(t, b, theirs, since, until, prices)
    worth -= _of_row(t, b, rows[b], since, until, prices)
    worth += prices[STEP] * (_unfair(t, a, loads[a] + moved) - _unfair(t, a, loads[a]))
    worth += prices[STEP] * (_unfair(t, b, loads[b] - moved) - _unfair(t, b, loads[b]))
    if (
        not _accepts(worth, warmth)
        or not keeps_limits(t, a, mine)
        or not keeps_limits(t, b, theirs)
    ):
        return np.int64(0)
    rows[a, since:until], rows[b, since:until] = mine[since:until], theirs[since:until]
    if not keeps_bonds(t, rows, a, since, until) or not keeps_bonds(t, rows, b, since, until):
        rows[a, since:until], rows[b, since:until] = theirs[since:until], mine[since:until]
        return np.int64(0)
    loads[a] += moved
    loads[b] -= moved
    return worth


@njit(cache=True)
def _may_exchange(t, rows, a, b, since, until):
    differs = False
    for d in range(since, until):
        one, other = rows[a, d], rows[b, d]
        if one == other:
            continue
        differs = True
        if t.locked[a, d] or t.locked[b, d]:
            return False
        if (one >= 0 and not t.may[b, one]) or (other >= 0 and not t.may[a, other]):
            return False
    return differs


@njit(cache=True)
def _fill(t, rows, count, loads, prices, row, warmth):
    """Try to put someone on a slot that wants more people; return what the price changed by."""
    s = _lacking(t, count, np.random.randint(t.need.shape[0]))
    p, d = np.random.randint(rows.shape[0]), t.day[s]
    old = rows[p, d]
    if old == s or t.locked[p, d] or not t.may[p, s]:
        return np.int64(0)
    moved = t.counted[s].copy()
    worth = -_missed(t, s, count[s] + 1, prices)
    if old >= 0:
        moved -= t.counted[old]
        worth += _missed(t, old, count[old], prices)
    row[:] = rows[p]
    row[d] = s
    worth += _of_row(t, p, row, d, d + 1, prices) - _of_row(t, p, rows[p], d, d + 1, prices)
    worth += prices[STEP] * (_unfair(t, p, loads[p] + moved) - _unfair(t, p, loads[p]))
    if not _accepts(worth, warmth) or not keeps_limits(t, p, row):
        return np.int64(0)
    rows[p, d] = s
    if not keeps_bonds(t, rows, p, d, d + 1):
        rows[p, d] = old
        return np.int64(0)
    loads[p] += moved
    count[s] += 1
    if old >= 0:
        count[old] -= 1
    return worth


@njit(cache=True)
def _lacking(t, count, start):
    """Return the first slot from *start* on, around the end, that lacks people."""
    slots = t.need.shape[0]
    for ahead in range(slots):
        s = (start + ahead) % slots
        if t.lack[s] > 0 and count[s] < t.want[s]:
            return s
    return start
