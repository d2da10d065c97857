"""How much improving may cost: steps, so that runs repeat, and the clock as a cap."""

import time
from dataclasses import dataclass


@dataclass
class Effort:
    """
    What is left to spend on improving.

    Attributes:
        steps: Placements that may still be tried.
        ends: Moment of the monotonic clock after which nothing is improved.
        was_cut: The clock ended something before its steps did.
    """

    steps: int
    ends: float
    was_cut: bool = False

    def spend(self) -> bool:
        """Take one step; whether there was one."""
        if self.steps <= 0:
            return False
        if self.steps % 64 == 0 and not self.has_time():
            self.steps = 0
            return False
        self.steps -= 1
        return True

    @property
    def seconds_left(self) -> float:
        """Return the seconds until improving stops; negative afterwards."""
        return self.ends - time.monotonic()

    def has_time(self) -> bool:
        """Whether the clock has not run out; where it has, that is kept."""
        if time.monotonic() > self.ends:
            self.was_cut = True
            return False
        return True
