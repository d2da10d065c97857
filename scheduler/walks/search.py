"""Better an order by small moves, until none helps or the steps are spent."""

from collections.abc import Iterable, Iterator
from random import Random

from scheduler.walks.timetable import PAUSE, Cost, Order, Timetable, walks_in

# So many visits in a row move together.
_LONGEST_PIECE = 3
# So often for each visit the best order is shaken up, where the steps last.
_SHAKES = 10


class Search:
    """
    Descent from several orders, the best of which is kept.

    Attributes:
        steps: Orders that may still be tried; the same number gives the same result everywhere.
    """

    def __init__(self, table: Timetable, steps: int) -> None:
        self._table = table
        self.steps = steps

    def best_of(self, starts: Iterable[Order]) -> Order:
        """
        Return the best order found from *starts*, of which there is at least one.

        What steps are left go into shaking the best one up and bettering it again.
        """
        best = min(self._descent(start) for start in dict.fromkeys(starts))
        draw = Random(0)  # noqa: S311 (which orders are tried is no secret)
        visits = len(best[1]) - best[1].count(PAUSE)
        for _ in range(_SHAKES * visits if visits > 1 else 0):
            if self.steps <= 0:
                break
            best = min(best, self._descent(_shaken(best[1], draw)))
        return best[1]

    def _descent(self, order: Order) -> tuple[Cost, Order]:
        """Better the order by one kind of moves after the other, until no kind helps."""
        best = (self._table.cost(order), order)
        kind = 0
        while kind < len(_KINDS) and self.steps > 0:
            found = self._first_better(best, _KINDS[kind](best[1]))
            kind = 0 if found and kind > 1 else kind if found else kind + 1
            best = found or best
        return best

    def _first_better(
        self, best: tuple[Cost, Order], moves: Iterable[Order]
    ) -> tuple[Cost, Order] | None:
        for moved in moves:
            if self.steps <= 0:
                return None
            self.steps -= 1
            cost = self._table.cost(moved)
            if cost < best[0]:
                return cost, trimmed(moved)
        return None


def _shaken(order: Order, draw: Random) -> Order:
    """Return the order with two pieces of it swapped at random (a double bridge)."""
    cuts = sorted(draw.randrange(len(order) + 1) for _ in range(3))
    first, second, third = cuts
    return trimmed(order[:first] + order[second:third] + order[first:second] + order[third:])


def inserted(table: Timetable, visits: Iterable[int]) -> Order:
    """Return an order made by putting each visit where it costs least, in the order given."""
    order: Order = ()
    for i in visits:
        order = min(
            (trimmed(candidate) for candidate in _insertions(order, i)),
            key=lambda candidate: (table.cost(candidate), candidate),
        )
    return order


def trimmed(order: Order) -> Order:
    """Return the order with one pause between walks and none at its ends."""
    result: list[int] = []
    for walk in walks_in(order):
        result += [*([PAUSE] if result else []), *walk]
    return tuple(result)


def _insertions(order: Order, i: int) -> Iterator[Order]:
    for at in range(len(order) + 1):
        for piece in ((i,), (i, PAUSE), (PAUSE, i), (PAUSE, i, PAUSE)):
            yield (*order[:at], *piece, *order[at:])


def _joins(order: Order) -> Iterator[Order]:
    """Leave out one pause, or put one in."""
    yield from (order[:at] + order[at + 1 :] for at, i in enumerate(order) if i == PAUSE)
    yield from ((*order[:at], PAUSE, *order[at:]) for at in range(1, len(order)))


def _pieces_moved(order: Order) -> Iterator[Order]:
    for length in range(1, _LONGEST_PIECE + 1):
        for start in range(len(order) - length + 1):
            piece = order[start : start + length]
            rest = order[:start] + order[start + length :]
            for at in range(len(rest) + 1):
                yield (*rest[:at], *piece, *rest[at:])
                yield (*rest[:at], PAUSE, *piece, PAUSE, *rest[at:])
                if length > 1:
                    yield (*rest[:at], *piece[::-1], *rest[at:])


def _pieces_reversed(order: Order) -> Iterator[Order]:
    for start in range(len(order) - 1):
        for end in range(start + 2, len(order) + 1):
            yield (*order[:start], *order[start:end][::-1], *order[end:])


def _swaps(order: Order) -> Iterator[Order]:
    for one in range(len(order)):
        for other in range(one + 1, len(order)):
            swapped = list(order)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            yield tuple(swapped)


_KINDS = (_pieces_moved, _joins, _swaps, _pieces_reversed)
