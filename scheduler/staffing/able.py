"""Who is able to do what on which day, whatever else they do; worked out once for equal tasks."""

from collections.abc import Iterable
from datetime import date

from scheduler.assignment.eligibility import stopped_by
from scheduler.assignment.load import room_within
from scheduler.assignment.problem import Task, Worker

_Signature = tuple[object, ...]


class Able:
    """Answers for one set of people."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        self.workers = {worker.id: worker for worker in workers}
        self._at_site: dict[str, tuple[Worker, ...]] = {}
        self._known: dict[_Signature, tuple[str, ...]] = {}

    def on(self, task: Task, day: date) -> tuple[str, ...]:
        """Return the ids of those who could do *task* on *day* if they did nothing else."""
        clock = (*task.window, task.minutes) if task.is_timed else task.minutes
        asked = (task.site, task.roles, task.qualifications, task.excluded)
        signature = (*asked, day, clock)
        if signature not in self._known:
            people = self._people(task.site)
            self._known[signature] = tuple(one.id for one in people if _could(task, one, day))
        return self._known[signature]

    def days(self, task: Task) -> tuple[date, ...]:
        """Return the days of the task's window on which enough people are able to do it."""
        return tuple(day for day in task.choices if len(self.on(task, day)) >= task.people)

    def ever(self, task: Task) -> frozenset[str]:
        """Return everybody who is able to do it on some day of its window."""
        return frozenset(one for day in task.choices for one in self.on(task, day))

    def _people(self, site: str) -> tuple[Worker, ...]:
        if site not in self._at_site:
            self._at_site[site] = tuple(one for one in self.workers.values() if site in one.sites)
        return self._at_site[site]


def _could(task: Task, worker: Worker, day: date) -> bool:
    if task.minutes > worker.minutes_per_day or stopped_by(task, worker, day) is not None:
        return False
    if not task.is_timed or worker.presence is None:
        return True
    return room_within(*task.window, worker.present_minutes) >= task.minutes
