"""Whether changed rows keep who is to be apart or together, as `bonds.py` says; compiled."""

from numba import njit

from scheduler.roster.pricing.machine_code import forget_stale

forget_stale()


@njit(cache=True)
def keeps_bonds(t, rows, p, since, until):
    """Tell whether person *p* breaks no bond on days *since* to *until*, the end excluded."""
    if t.apart.shape[1] == 0 and t.beside.shape[1] == 0:
        return True
    for d in range(since, until):
        if not _keeps_apart(t, rows, p, d) or not _stands_beside(t, rows, p, d):
            return False
        if not _leaves_none_alone(t, rows, p, d):
            return False
    return True


@njit(cache=True)
def _keeps_apart(t, rows, p, d):
    s = rows[p, d]
    if s < 0:
        return True
    for k in range(t.apart.shape[1]):
        q, first, last = t.apart[p, k, 0], t.apart[p, k, 1], t.apart[p, k, 2]
        if q < 0:
            break
        if d < first or d > last:
            continue
        for e in range(max(first, d - 1), min(last, d + 1) + 1):
            u = rows[q, e]
            meets = u >= 0 and t.since[u] < t.until[s] and t.since[s] < t.until[u]
            if meets and t.post[u] == t.post[s]:
                return False
    return True


@njit(cache=True)
def _stands_beside(t, rows, p, d):
    s = rows[p, d]
    if s < 0:
        return True
    for k in range(t.beside.shape[1]):
        count = t.beside[p, k, 0]
        if count < 0:
            break
        if d < t.beside[p, k, 1] or d > t.beside[p, k, 2]:
            continue
        found = False
        for n in range(count):
            found = found or rows[t.beside[p, k, 3 + n], d] == s
        if not found:
            return False
    return True


@njit(cache=True)
def _leaves_none_alone(t, rows, p, d):
    """Whoever stands only with *p* must still have somebody there."""
    for q in range(rows.shape[0]):  # noqa: SIM110 (a generator is not compiled)
        if q != p and not _stands_beside(t, rows, q, d):
            return False
    return True
