"""What the clock leaves of a person's time for tasks with short windows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.assignment.book import Book
from scheduler.assignment.load import Job, near, room_within
from scheduler.assignment.problem import Task, Worker


@dataclass(frozen=True)
class Cut:
    """Of these tasks one person can do so many minutes, because their windows leave no more."""

    tasks: tuple[int, ...]
    room: int


def cuts(book: Book, worker: Worker, timed: Mapping[int, Task]) -> Iterator[Cut]:
    """Yield every span that the timed tasks, by number, could overfill beside what is booked."""
    jobs = {number: Job(*task.window, task.minutes) for number, task in timed.items()}
    around = (min(job.opens for job in jobs.values()), max(job.due for job in jobs.values()))
    outside = near(book.jobs(worker.id), around)
    present = None if worker.presence is None else worker.present_minutes
    every = [*jobs.values(), *outside]
    for since in sorted({job.opens for job in every}):
        for until in sorted({job.due for job in every if job.due > since}):
            inside = tuple(i for i, job in jobs.items() if since <= job.opens and job.due <= until)
            booked = sum(job.minutes for job in outside if since <= job.opens and job.due <= until)
            room = room_within(since, until, present) - booked
            if inside and sum(jobs[i].minutes for i in inside) > room:
                yield Cut(inside, max(0, room))
