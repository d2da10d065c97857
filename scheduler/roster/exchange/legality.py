"""Whether one person's row keeps every limit, as `rows.py` says in plain Python; compiled."""

import numpy as np
from numba import njit

from scheduler.roster.pricing.machine_code import forget_stale

forget_stale()


@njit(cache=True)
def keeps_limits(t, p, row):
    """Tell whether no shift of the roster's days breaks a limit of person *p*."""
    return _keeps_days(t, p, row) and _keeps_rest_in_weeks(t, p, row) and _keeps_periods(t, p, row)


@njit(cache=True)
def _keeps_days(t, p, row):
    """Rest, runs, and the sums of each week."""
    last_day, last_night, last_until = -9, -9, np.int64(-1)
    run, night_run, nights = 0, 0, 0
    week, minutes, days = -1, 0, 0
    for d in range(row.shape[0]):
        s = row[d]
        if s < 0:
            continue
        if last_until >= 0 and d >= t.first:
            gap = t.since[s] - last_until
            if gap < 0 or gap < t.rest[p]:
                return False
        run = run + 1 if last_day == d - 1 else 1
        if t.week[d] != week:
            week, minutes, days = t.week[d], 0, 0
        minutes += t.minutes[s]
        days += 1
        if t.night[s]:
            night_run = night_run + 1 if last_night == d - 1 else 1
            nights += 1
            last_night = d
        if d >= t.first:
            if run > t.run_days[p] or minutes > t.week_minutes[p] or days > t.week_days[p]:
                return False
            if t.night[s] and (night_run > t.run_nights[p] or nights > t.nights[p]):
                return False
        last_day, last_until = d, t.until[s]
    return True


@njit(cache=True)
def _keeps_rest_in_weeks(t, p, row):
    if t.week_rest[p] == 0:
        return True
    days = row.shape[0]
    d = 0
    while d < days:
        week = t.week[d]
        begins, ends = t.week_span[week, 0], t.week_span[week, 1]
        free_since, longest, last = begins, np.int64(0), -1
        # A shift of one of the days before may reach into the week.
        e = max(0, d - 2)
        while e < days and t.week[e] <= week:
            s = row[e]
            if s >= 0 and t.until[s] > begins and t.since[s] < ends:
                longest = max(longest, t.since[s] - free_since)
                free_since = t.until[s]
                last = e
            e += 1
        longest = max(longest, ends - free_since)
        if last >= t.first and ends > begins and longest < t.week_rest[p]:
            return False
        while d < days and t.week[d] == week:
            d += 1
    return True


@njit(cache=True)
def _keeps_periods(t, p, row):
    for k in range(t.period.shape[1]):
        total = 0
        for d in range(t.period[p, k, 0], t.period[p, k, 1] + 1):
            s = row[d]
            if s >= 0:
                total += t.minutes[s]
                if d >= t.first and total > t.period[p, k, 2]:
                    return False
    return True
