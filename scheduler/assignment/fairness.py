"""Who has done how much so far, relative to the time they had."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from scheduler.assignment.bundles import Unit
from scheduler.assignment.eligibility import available_minutes
from scheduler.assignment.problem import Worker

# The solver's straight pieces of the square below: each minute above these parts of the mean
# share costs one more.
PARTS_OF_MEAN = (0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)


class Shares:
    """
    Minutes done and minutes available, carried from day to day, and who did what last.

    Attributes:
        load: Minutes given to each person so far.
        available: Minutes each person had so far.
    """

    def __init__(self) -> None:
        self.load: dict[str, int] = defaultdict(int)
        self.available: dict[str, int] = defaultdict(int)
        self._last: dict[tuple[str, str, str], frozenset[str]] = {}

    def open_day(self, workers: Iterable[Worker], day: date) -> None:
        """Count the time that the people have on *day*."""
        for worker in workers:
            self.available[worker.id] += available_minutes(worker, day)

    def add(self, unit: Unit, people: tuple[str, ...]) -> None:
        """Count a unit done by *people*."""
        for person in people:
            self.load[person] += unit.whole.minutes
        self._last[_walk(unit)] = frozenset(people)

    def knows(self, unit: Unit, person: str) -> bool:
        """Whether the person did the same rule at the same place last time."""
        return person in self._last.get(_walk(unit), ())

    def percent(self, person: str, minutes: int) -> int:
        """Return the part of their time taken, *minutes* more included."""
        return (self.load[person] + minutes) * 100 // max(1, self.available[person])

    def unevenness(self, person: str, minutes: int) -> int:
        """Return the square of the person's minutes over their time: level shares add up least."""
        load = self.load[person] + minutes
        return load * load * 100 // max(1, self.available[person])

    def thresholds(self, people: Iterable[str], minutes: int) -> dict[str, tuple[int, ...]]:
        """Return for each person the loads above which a minute costs one more each."""
        among = list(people)
        total = sum(self.load[person] for person in among) + minutes
        mean = total / max(1, sum(self.available[person] for person in among))
        return {
            person: tuple(int(mean * part * self.available[person]) for part in PARTS_OF_MEAN)
            for person in among
        }


def _walk(unit: Unit) -> tuple[str, str, str]:
    return (unit.whole.site, unit.whole.place, unit.whole.rule)
