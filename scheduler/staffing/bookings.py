"""What people have been given already, while work is being handed out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.assignment.load import Job, near, overload
from scheduler.assignment.problem import Worker
from scheduler.staffing.lots import Lot


@dataclass
class Bookings:
    """
    Bookings up to and on one day.

    Attributes:
        minutes: Of each person on the day.
        jobs: Timed jobs of each person; those of the night before count too.
    """

    minutes: Counter[str] = field(default_factory=Counter)
    jobs: defaultdict[str, list[Job]] = field(default_factory=lambda: defaultdict(list))

    def copy(self) -> "Bookings":
        """Return bookings that can be added to alone."""
        jobs = defaultdict(list, {person: list(jobs) for person, jobs in self.jobs.items()})
        return Bookings(Counter(self.minutes), jobs)

    def next_day(self, since: int) -> "Bookings":
        """Return the bookings of another day, with the jobs that are not over at *since*."""
        kept = defaultdict(list)
        for person, jobs in self.jobs.items():
            late = [job for job in jobs if job.due > since]
            if late:
                kept[person] = late
        return Bookings(jobs=kept)

    def book(self, lot: Lot, shares: Mapping[str, int]) -> None:
        """Book for everybody as many tasks of *lot* as *shares* say."""
        for person, count in shares.items():
            self.minutes[person] += count * lot.minutes
            if lot.window:
                self.jobs[person] += [Job(*lot.window, lot.minutes)] * count

    def is_free(self, worker: Worker, lot: Lot) -> bool:
        """Whether the person has time for one more task of *lot*."""
        if self.minutes[worker.id] + lot.minutes > worker.minutes_per_day:
            return False
        if lot.window is None:
            return True
        around = near(self.jobs[worker.id], lot.window) if worker.id in self.jobs else []
        present = None if worker.presence is None else worker.present_minutes
        return overload([*around, Job(*lot.window, lot.minutes)], present) is None


def covered(lots: Iterable[Lot], shares: Iterable[Mapping[str, int]]) -> int:
    """Return how many checks *shares* cover."""
    return sum(
        each.total() // lot.people * lot.weight
        for lot, counts in zip(lots, shares, strict=True)
        for each in [Counter(counts)]
    )
