"""How much work is left: counted steps, or the clock."""

import time
from dataclasses import dataclass, field

# On a core of 2024 or so; where steps are counted, seconds are steps by this measure.
_SECONDS_A_STEP = 0.00025


@dataclass
class Effort:
    """
    The budget of one solver process.

    A step is a million additions of the dynamic program, or as much work of another kind. With a
    budget of steps no decision depends on the clock, and the same input gives the same roster.

    Attributes:
        ends_at: Of the monotonic clock, in seconds; ends the work whatever the steps.
        steps: Budget in steps; nothing means that the clock decides.
        done: Steps done.
    """

    ends_at: float
    steps: int | None = None
    done: float = 0.0
    began_at: float = field(default_factory=time.monotonic)

    def count(self, steps: float) -> None:
        """Note that so many steps were done."""
        self.done += steps

    def count_seconds(self, seconds: float) -> None:
        """Note work that its doer counts in seconds, the same for the same work."""
        self.count(seconds / _SECONDS_A_STEP)

    def is_over(self) -> bool:
        """Return whether the budget is used up."""
        if self.steps is not None and self.done >= self.steps:
            return True
        return time.monotonic() >= self.ends_at

    def was_cut(self) -> bool:
        """Return whether the clock ended the work before the steps were done."""
        if self.steps is None or self.done >= self.steps:
            return False
        return time.monotonic() >= self.ends_at

    def share(self) -> float:
        """Return how much of the budget is used, from 0 to 1."""
        if self.steps is not None:
            return min(1.0, self.done / max(1, self.steps))
        span = max(1e-9, self.ends_at - self.began_at)
        return min(1.0, (time.monotonic() - self.began_at) / span)

    def seconds_left(self) -> float:
        """Return the seconds left, by steps where these are counted."""
        if self.steps is not None:
            return max(0.0, self.steps - self.done) * _SECONDS_A_STEP
        return self.seconds_to_the_end()

    def steps_left(self) -> float:
        """Return the steps left, by the clock where that decides."""
        return self.seconds_left() / _SECONDS_A_STEP

    def seconds_to_the_end(self) -> float:
        """Return the time until the clock ends the work, whatever the steps."""
        return max(0.0, self.ends_at - time.monotonic())
