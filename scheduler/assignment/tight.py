"""
The fullest days of people: what whole tasks, not minutes, can be worth on them at most.

A day of which every minute is sold is where splitting tasks flatters the bound: the last task of a
full day fits in part. Here each such day chooses whole tasks (a knapsack), each sold at a price of
its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Offer:
    """A task that a full day may take: the name of its price, minutes, and the points it saves."""

    link: str
    minutes: int
    gain: int


@dataclass(frozen=True)
class Filled:
    """The least points of a full day, and the links of the tasks on it that make them so."""

    points: int
    links: tuple[str, ...]


def filled(offers: Sequence[Offer], booked: int, most: int, room: int) -> Filled:
    """
    Return the cheapest choice of *offers* for a day.

    Args:
        offers: What may be done.
        booked: Minutes of the day that are settled.
        most: Minutes that the day has.
        room: What the burden of the day is measured by (`objective.burden`).
    """
    free = max(0, most - booked)
    worth = [each for each in offers if each.gain > 0 and each.minutes <= free]
    best = np.zeros(free + 1, dtype=np.int64)
    taken = np.zeros((len(worth), free + 1), dtype=bool)
    for number, each in enumerate(worth):
        with_it = best[: free + 1 - each.minutes] + each.gain
        taken[number, each.minutes :] = with_it > best[each.minutes :]
        best[each.minutes :] = np.maximum(best[each.minutes :], with_it)
    minutes = booked + np.arange(free + 1, dtype=np.int64)
    points = 1000 * minutes * minutes // room - best
    least = int(points.argmin())
    return Filled(int(points[least]), tuple(_chosen(worth, taken, least)))


def _chosen(worth: Sequence[Offer], taken: np.ndarray, minutes: int) -> Sequence[str]:
    chosen = []
    for number in range(len(worth) - 1, -1, -1):
        if taken[number, minutes]:
            chosen.append(worth[number].link)
            minutes -= worth[number].minutes
    return chosen
