"""One round of pricing: cheap rows of every employee at the duals of the cover, compiled."""

import numpy as np
from numba import njit

from scheduler.roster.pricing.kernel import cheapest_rows
from scheduler.roster.pricing.legal_row import keeps_limits, legal_row


@njit(cache=True)
def price_round(table, demand, scratch, members, margin, rows, counts, least):
    """
    Write cheap legal rows of each of the *members*.

    *margin* [day, shift] is what the cover charges for working the shift. Rewritten are *rows*
    [member, number, day], *counts* [member] of the rows that hold, and *least* [member], a lower
    bound on the cost of every legal row.
    """
    price = np.empty((margin.shape[0], margin.shape[1] + 1), dtype=np.float32)
    spare = np.empty(margin.shape[0], dtype=np.int16)
    for i, e in enumerate(members):
        price[:] = demand.wish[e]
        price[:, : margin.shape[1]] += margin
        found, least[i] = cheapest_rows(table, e, price, scratch, rows[i])
        kept = 0
        for number in range(found):
            if keeps_limits(table, e, rows[i, number]):
                rows[i, kept] = rows[i, number]
                kept += 1
        if kept == 0 and found > 0 and legal_row(table, e, price, scratch, spare):
            rows[i, 0] = spare
            kept = 1
        counts[i] = kept
