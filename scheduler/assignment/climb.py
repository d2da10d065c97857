"""Steps to better prices for the tasks of full days, so that their bound rises."""

from collections.abc import Mapping

from scheduler.assignment.effort import Effort
from scheduler.assignment.full_days import FullDays

_ROUNDS = 300
_PATIENCE = 6
_SLOWEST = 0.005
_CLOSE = 0.0002


class Climb:
    """Steps along what full days choose too often or too seldom (Polyak)."""

    def __init__(self, group: FullDays, prices: Mapping[str, int]) -> None:
        self._group = group
        self._prices = dict(prices)

    def up_to(self, target: int, effort: Effort) -> tuple[int, Mapping[str, int]]:
        """Return the highest points found on the way to *target*, with their prices."""
        prices = self._prices
        value, slope = self._group.at(prices)
        best, kept, pace, since = value, dict(prices), 1.0, 0
        for _ in range(_ROUNDS):
            steep = sum(each * each for each in slope.values())
            is_close = target - best <= target * _CLOSE or pace < _SLOWEST
            if not steep or is_close or not effort.has_time():
                break
            step = pace * (target - value) / steep
            for link, each in slope.items():
                prices[link] = max(0, prices.get(link, 0) + round(step * each))
            value, slope = self._group.at(prices)
            since += 1
            if value > best:
                best, kept, since = value, dict(prices), 0
            elif since >= _PATIENCE:
                prices, pace, since = dict(kept), pace / 2, 0
                value, slope = self._group.at(prices)
        return best, kept
