"""The time that a command may take, counted from its call on and not from where the work begins."""

import time

# So much is given to the work however long the reading took.
_LEAST = 0.5


class TimeLimit:
    """
    A limit of wall-clock time.

    Attributes:
        ends: Moment of the monotonic clock.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, never less than half a second."""
        return max(_LEAST, self.ends - time.monotonic())
