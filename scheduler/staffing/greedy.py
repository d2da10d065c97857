"""A first answer to whether a day's work can be done, without a solver; often the last one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from scheduler.assignment.problem import Worker
from scheduler.staffing.bookings import Bookings
from scheduler.staffing.lots import Lot, Shares


def greedy(
    lots: Sequence[Lot],
    workers: Mapping[str, Worker],
    booked: Bookings,
    begun: Sequence[Shares] = (),
) -> tuple[Counter[str], ...]:
    """
    Return for each lot how many of its tasks each person does; some may be left undone.

    What few are able to do comes first, and goes to those who are able to do little else. Of what
    is *begun*, whole tasks lot by lot, everything stays.
    """
    versatility = Counter(person for lot in lots for person in lot.able)
    mine = booked.copy()
    shares = [Counter(each) for each in begun] or [Counter() for _ in lots]
    for lot, done in zip(lots, shares, strict=True):
        mine.book(lot, done)
    for number in sorted(range(len(lots)), key=lambda number: _urgency(lots[number])):
        lot, done = lots[number], shares[number]
        for _ in range(len(lot.tasks) - done.total() // lot.people):
            ranked = sorted(lot.able, key=lambda one: (versatility[one], mine.minutes[one], one))
            free = (one for one in ranked if mine.is_free(workers[one], lot))
            chosen = [one for one, _ in zip(free, range(lot.people), strict=False)]
            if len(chosen) < lot.people:
                break
            mine.book(lot, dict.fromkeys(chosen, 1))
            done.update(chosen)
    return tuple(shares)


def _urgency(lot: Lot) -> tuple[int, int, int, int]:
    window = lot.window[1] - lot.window[0] if lot.window else 0
    return (-lot.weight, len(lot.able) - lot.people, window, -lot.minutes)
