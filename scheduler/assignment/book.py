"""The plan while it is being made: who is booked, when and for how long."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scheduler.assignment.eligibility import stopped_by
from scheduler.assignment.load import Job, near, overload
from scheduler.assignment.problem import AssignmentProblem, Code, Task, Worker

Signature = tuple[str, object, object, object, date, object]


class Book:
    """
    Bookings of people on tasks, with what the hard rules say about one more.

    Attributes:
        placed: Task id to its day and its people.
    """

    def __init__(self, problem: AssignmentProblem) -> None:
        self.problem = problem
        self.workers = {worker.id: worker for worker in problem.workers}
        self.placed: dict[str, tuple[date, tuple[str, ...]]] = {}
        self._used: dict[tuple[str, date], int] = defaultdict(int, problem.spent)
        self._jobs: dict[str, list[Job]] = defaultdict(list)
        self._candidates: dict[Signature, tuple[Worker, ...]] = {}
        self._at_site: dict[str, tuple[Worker, ...]] = {}
        tasks = {task.id: task for task in problem.tasks}
        for task_id, people in problem.fixed.items():
            if task_id in tasks:
                known = tuple(person for person in people if person in self.workers)
                day = problem.planned_on.get(task_id, tasks[task_id].day)
                self.place(tasks[task_id], day, known)

    def place(self, task: Task, day: date, people: tuple[str, ...]) -> None:
        """Book the people on the task."""
        self.placed[task.id] = (day, people)
        for person in people:
            self._used[person, day] += task.minutes
            if task.is_timed:
                insort(self._jobs[person], Job(*task.window, task.minutes))

    def remove(self, task: Task) -> None:
        """Take the task's booking back, where there is one."""
        if task.id not in self.placed:
            return
        day, people = self.placed.pop(task.id)
        for person in people:
            self._used[person, day] -= task.minutes
            if task.is_timed:
                self._jobs[person].remove(Job(*task.window, task.minutes))

    def used(self, person: str, day: date) -> int:
        """Return the minutes booked on *day*."""
        return self._used.get((person, day), 0)

    def bookings(self) -> Iterable[tuple[tuple[str, date], int]]:
        """Return the minutes booked by person and day."""
        return self._used.items()

    def jobs(self, person: str) -> Sequence[Job]:
        """Return the timed jobs of the person on any day, in order."""
        return self._jobs.get(person, ())

    def people_of(self, site: str) -> tuple[Worker, ...]:
        """Return everyone who belongs to *site*."""
        if site not in self._at_site:
            workers = self.problem.workers
            self._at_site[site] = tuple(worker for worker in workers if site in worker.sites)
        return self._at_site[site]

    def signature(self, task: Task, day: date) -> Signature:
        """Return what decides on the candidates; equal for tasks that have the same ones."""
        clock = (*task.window, task.minutes) if task.is_timed else None
        return (task.site, task.roles, task.qualifications, task.excluded, day, clock)

    def candidates(self, task: Task, day: date) -> tuple[Worker, ...]:
        """Return those of the site whom no hard rule stops, whatever else they do that day."""
        signature = self.signature(task, day)
        if signature not in self._candidates:
            people = self.people_of(task.site)
            found = tuple(one for one in people if stopped_by(task, one, day) is None)
            self._candidates[signature] = found
        return self._candidates[signature]

    def busy(self, task: Task, worker: Worker, day: date) -> Code | None:
        """Return `capacity` or `overlap` where the bookings leave no room for the task."""
        if self.used(worker.id, day) + task.minutes > worker.minutes_per_day:
            return "capacity"
        if not task.is_timed:
            return None
        jobs = [*near(self.jobs(worker.id), task.window), Job(*task.window, task.minutes)]
        present = None if worker.presence is None else worker.present_minutes
        return "overlap" if overload(jobs, present) else None

    def stopped_by(self, task: Task, worker: Worker, day: date) -> Code | None:
        """Return what keeps the person from taking the task as well, if anything."""
        return stopped_by(task, worker, day) or self.busy(task, worker, day)

    def free(self, task: Task, day: date) -> Iterator[Worker]:
        """Yield those who could take the task as well."""
        for worker in self.candidates(task, day):
            if self.busy(task, worker, day) is None:
                yield worker
