"""One day of one cluster of sites: the piece that the solver improves at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.assignment.book import Book
from scheduler.assignment.bundles import Unit
from scheduler.assignment.fairness import Shares
from scheduler.assignment.greedy import Draft
from scheduler.assignment.load import Job, near, room_within
from scheduler.assignment.problem import Task, Worker

PRIORITIES = (0, 1, 2)


@dataclass(frozen=True)
class Block:
    """
    The tasks of one day at sites that share people.

    Attributes:
        sites: The cluster, sorted.
        people: Everyone who belongs to one of the sites.
    """

    sites: tuple[str, ...]
    day: date
    tasks: tuple[Task, ...]
    people: tuple[Worker, ...]

    @property
    def name(self) -> str:
        """Stable name, from which draws are seeded."""
        return f"{self.day}/{self.sites[0]}"


@dataclass(frozen=True)
class Cut:
    """Of these units one person can do so many minutes, because their windows leave no more."""

    units: tuple[int, ...]
    room: int


class Limits:
    """What one person can take in a block, given what is booked outside it."""

    def __init__(self, book: Book, day: date, units: Sequence[Unit]) -> None:
        self._book = book
        self._day = day
        self._units = units
        self._known: dict[tuple[object, ...], tuple[Cut, ...]] = {}

    def minutes(self, worker: Worker) -> int:
        """Return the minutes left that day."""
        return max(0, worker.minutes_per_day - self._book.used(worker.id, self._day))

    def cuts(self, worker: Worker, eligible: Iterable[int]) -> tuple[Cut, ...]:
        """Return the spans that the units the person may do could overfill."""
        timed = tuple(i for i in eligible if self._units[i].whole.is_timed)
        if not timed:
            return ()
        windows = [self._units[i].whole.window for i in timed]
        around = (min(since for since, _ in windows), max(until for _, until in windows))
        outside = tuple(near(self._book.jobs(worker.id), around))
        present = None if worker.presence is None else worker.present_minutes
        key = (timed, outside, present)
        if key not in self._known:
            jobs = {
                i: Job(*self._units[i].whole.window, self._units[i].whole.minutes) for i in timed
            }
            self._known[key] = tuple(_cuts(jobs, outside, present))
        return self._known[key]


def _cuts(
    jobs: dict[int, Job], outside: Sequence[Job], present: Sequence[tuple[int, int]] | None
) -> Iterator[Cut]:
    every = [*jobs.values(), *outside]
    for since in sorted({job.opens for job in every}):
        for until in sorted({job.due for job in every if job.due > since}):
            inside = tuple(i for i, job in jobs.items() if since <= job.opens and job.due <= until)
            booked = sum(job.minutes for job in outside if since <= job.opens and job.due <= until)
            room = room_within(since, until, present) - booked
            if inside and sum(jobs[i].minutes for i in inside) > room:
                yield Cut(inside, max(0, room))


def score(draft: Draft, shares: Shares, people: Sequence[str]) -> tuple[int, ...]:
    """Return what the plan of a block is judged by; smaller is better, the first figure decides."""
    uncovered = dict.fromkeys(PRIORITIES, 0)
    changes = habits = 0
    today: dict[str, int] = {}
    for unit, chosen in draft:
        if chosen is None:
            uncovered[unit.whole.priority] += len(unit.tasks)
            continue
        changes += sum(1 for person in unit.previous if person not in chosen)
        habits += sum(1 for person in chosen if shares.knows(unit, person))
        for person in chosen:
            today[person] = today.get(person, 0) + unit.whole.minutes
    uneven = sum(shares.unevenness(person, today.get(person, 0)) for person in people)
    return (*uncovered.values(), changes, uneven, -habits)
