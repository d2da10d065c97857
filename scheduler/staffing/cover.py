"""The most of a day's work that people can do, with a bound that proves it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.assignment.problem import Worker
from scheduler.staffing.bookings import Bookings, covered
from scheduler.staffing.greedy import greedy
from scheduler.staffing.lots import Lot, Shares, dealt
from scheduler.staffing.model import most_covered


@dataclass(frozen=True)
class Cover:
    """
    How much of a day's work is done at best.

    Attributes:
        shares: For each lot how many of its tasks each person does.
        checks: What these shares cover.
        bound: No shares cover more.
        total: All that there is to cover.
    """

    shares: tuple[Shares, ...]
    checks: int
    bound: int
    total: int

    @property
    def is_full(self) -> bool:
        """Whether everything is covered."""
        return self.checks == self.total


def cover(
    lots: Sequence[Lot],
    workers: Mapping[str, Worker],
    booked: Bookings | None = None,
    *,
    more: Cover | None = None,
    prove: bool = True,
) -> Cover:
    """
    Return the best cover of *lots*: without a solver where that covers all, or all that could be.

    *more* is the best cover of the same lots with more people: no more can be covered than there,
    and what others do there they can do here. What the solver calls impossible is asked a second
    time without its presolving, which has been seen to be wrong, and the weaker bound counts;
    without *prove*, who asks needs no bound.
    """
    booked = booked or Bookings()
    total = checks_of(lots)
    most = checks_of(lot for lot in lots if len(lot.able) >= lot.people)
    most = min(most, more.bound) if more else most
    begun = (
        [_kept(lot, shares) for lot, shares in zip(lots, more.shares, strict=True)] if more else []
    )
    shares: tuple[Shares, ...] = greedy(lots, workers, booked, begun)
    checks = covered(lots, shares)
    if checks == most:
        return Cover(shares, checks, most, total)
    found, bound = most_covered(lots, workers, booked)
    if covered(lots, found) > checks:
        shares, checks = found, covered(lots, found)
    if prove and bound < most:
        _, second = most_covered(lots, workers, booked, presolve=False)
        bound = max(bound, second)
    return Cover(shares, checks, min(bound, most), total)


def checks_of(lots: Iterable[Lot]) -> int:
    """Return how many checks there are in *lots*."""
    return sum(lot.weight * len(lot.tasks) for lot in lots)


def _kept(lot: Lot, shares: Shares) -> Shares:
    """Return what of *shares* is whole tasks of people who are able to do the lot."""
    able = set(lot.able)
    if all(person in able for person, count in shares.items() if count):
        return shares
    whole = (people for _, people in dealt(lot, shares) if able.issuperset(people))
    return Counter(person for people in whole for person in people)


def only(lots: Iterable[Lot], people: frozenset[str]) -> tuple[Lot, ...]:
    """Return *lots* with nobody able but *people*."""
    return tuple(replace(lot, able=tuple(one for one in lot.able if one in people)) for lot in lots)


def without(lots: Iterable[Lot], person: str) -> tuple[Lot, ...]:
    """Return *lots* as they are while *person* is away."""
    return tuple(replace(lot, able=tuple(one for one in lot.able if one != person)) for lot in lots)


def undone(lots: Sequence[Lot], found: Cover) -> tuple[str, ...]:
    """Return the tasks that a cover leaves undone."""
    done = {
        task
        for lot, shares in zip(lots, found.shares, strict=True)
        for task, _ in dealt(lot, shares)
    }
    return tuple(task for lot in lots for task in lot.tasks if task not in done)
