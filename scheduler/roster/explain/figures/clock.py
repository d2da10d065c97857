"""The time that an explanation of figures may take."""

import time


class OutOfTime(Exception):
    """The clock ran out before a question was answered."""


def seconds_until(ends: float) -> float:
    """
    Return the seconds until a moment of the monotonic clock.

    Raises:
        OutOfTime: If it is past.
    """
    left = ends - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left
