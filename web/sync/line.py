"""
Who may send a photo now, and when the others may: first come, first served.

A photo takes the processor for longer than the answers of a whole check. Where many tablets find
the network at once, a few photos are taken at a time and the other tablets are told when their turn
comes, so that answers never queue behind photos and no connection is held up.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

# As many as one tablet sends at once: by itself it never waits.
SEATS = 3
_SHORTEST, _LONGEST = 0.05, 30.0
# Who does not come within this time of the turn that was told has given it up.
_PATIENCE = 5.0
_FIRST_GUESS = 0.05
_WEIGHT = 0.1


class NotYet(Exception):
    """
    It is another tablet's turn.

    Attributes:
        seconds: After which it is worth asking again.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Line:
    """The line of one process; each tablet stands in it once, by its account."""

    def __init__(self, seats: int = SEATS, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = seats
        self._seats = seats
        self._clock = clock
        self._lock = Lock()
        self._turns: OrderedDict[str, float] = OrderedDict()
        self._typical = _FIRST_GUESS

    @contextmanager
    def seat(self, who: str) -> Iterator[None]:
        """
        Hold a seat inside.

        Raises:
            NotYet: If none is free, or those that are belong to others who came before.
        """
        began = self._sit_down(who)
        try:
            yield
        finally:
            self._get_up(began)

    def _sit_down(self, who: str) -> float:
        with self._lock:
            now = self._clock()
            for gone in [one for one, at in self._turns.items() if at + _PATIENCE < now]:
                del self._turns[gone]
            before = self._before(who)
            if before >= self._free:
                wait = (before - self._free + 1) * self._typical / self._seats
                wait = min(max(wait, _SHORTEST), _LONGEST)
                self._turns[who] = now + wait
                raise NotYet(wait)
            self._turns.pop(who, None)
            self._free -= 1
            return now

    def _before(self, who: str) -> int:
        """Return how many came before; a place once taken is kept when the turn is told anew."""
        names = list(self._turns)
        return names.index(who) if who in self._turns else len(names)

    def _get_up(self, began: float) -> None:
        with self._lock:
            self._free += 1
            self._typical += _WEIGHT * (self._clock() - began - self._typical)
