"""How much work is left: counted steps, or the clock."""

import time
from dataclasses import dataclass, field


@dataclass
class Effort:
    """
    The budget of one solver process.

    A step is one run of the dynamic program. With a budget of steps no decision depends on the
    clock, and the same input gives the same roster.

    Attributes:
        ends_at: Of the monotonic clock, in seconds.
        steps: Budget in steps; nothing means that the clock decides.
        done: Steps done.
    """

    ends_at: float
    steps: int | None = None
    done: int = 0
    began_at: float = field(default_factory=time.monotonic)

    def count(self, steps: int) -> None:
        """Note that so many steps were done."""
        self.done += steps

    def is_over(self) -> bool:
        """Return whether the budget is used up."""
        if self.steps is not None and self.done >= self.steps:
            return True
        return time.monotonic() >= self.ends_at

    def share(self) -> float:
        """Return how much of the budget is used, from 0 to 1."""
        if self.steps is not None:
            return min(1.0, self.done / max(1, self.steps))
        span = max(1e-9, self.ends_at - self.began_at)
        return min(1.0, (time.monotonic() - self.began_at) / span)

    def seconds_left(self) -> float:
        """Return the time until the clock ends the work, whatever the steps."""
        return max(0.0, self.ends_at - time.monotonic())
