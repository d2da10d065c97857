"""Whether one person can do a set of timed jobs one after another."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_DAY = 1440


class Job(NamedTuple):
    """Minutes of work inside a window; the window in minutes since the epoch."""

    opens: int
    due: int
    minutes: int


class Overload(NamedTuple):
    """A span in which more work must be done than there is time."""

    since: int
    until: int
    needed: int
    room: int


def room_within(since: int, until: int, present: Sequence[tuple[int, int]] | None) -> int:
    """Return the minutes between *since* and *until*; on a roster only those on shift."""
    if present is None:
        return until - since
    return sum(max(0, min(until, end) - max(since, start)) for start, end in present)


def overload(
    jobs: Iterable[Job], present: Sequence[tuple[int, int]] | None = None
) -> Overload | None:
    """
    Return the first span that must hold more work than it has room for, if any.

    A set of jobs that may be interrupted can be done by one person exactly when every span from
    an opening to a due instant has room for all jobs whose windows lie inside it.
    """
    return next(filter(None, (_overload(group, present) for group in _apart(jobs))), None)


def _apart(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Split into groups that share no time; they cannot crowd each other."""
    group: list[Job] = []
    until = 0
    for job in sorted(jobs):
        if group and job.opens >= until:
            yield group
            group = []
        until = max(until, job.due) if group else job.due
        group.append(job)
    if group:
        yield group


def _overload(jobs: Sequence[Job], present: Sequence[tuple[int, int]] | None) -> Overload | None:
    if present is None and _fits_anywhere(jobs):
        return None
    by_due = sorted(jobs, key=lambda job: job.due)
    for since in sorted({job.opens for job in jobs}):
        needed = 0
        for job in by_due:
            if job.opens < since:
                continue
            needed += job.minutes
            room = room_within(since, job.due, present)
            if needed > room:
                return Overload(since, job.due, needed, room)
    return None


def _fits_anywhere(jobs: Sequence[Job]) -> bool:
    """Whether all the work fits into the shortest window, which settles most cases at once."""
    return sum(job.minutes for job in jobs) <= min(job.due - job.opens for job in jobs)


def near(jobs: Sequence[Job], window: tuple[int, int]) -> list[Job]:
    """
    Return the jobs that share time with *window*, or with one that does, and so on.

    The jobs stand in order, and their windows are a day or shorter.
    """
    since, until = window
    while True:
        # Whoever opened more than a day ago is due.
        first, last = bisect_left(jobs, (since - _DAY,)), bisect_left(jobs, (until,))
        found = [job for job in jobs[first:last] if job.due > since]
        hull = (
            min((since, *(job.opens for job in found))),
            max((until, *(job.due for job in found))),
        )
        if hull == (since, until):
            return found
        since, until = hull
