"""On which day of its window a task is planned, so that work is level and month ends are not."""

from collections import defaultdict
from datetime import date

from scheduler.assignment.book import Book
from scheduler.assignment.problem import Task, Worker


def planned_days(book: Book) -> dict[str, date]:
    """
    Return the day of every task that is not fixed.

    A task of the last plan keeps its day while enough people can be there; others go, law first,
    to the day on which those who can do it have least to do; of equal days the earliest.
    """
    level = _Level(book)
    chosen: dict[str, date] = {}
    flexible = []
    for task in book.problem.tasks:
        if task.id in book.placed:
            day, _ = book.placed[task.id]
            level.add(task, day)
        else:
            kept = _kept(book, task)
            if kept is None:
                flexible.append(task)
            else:
                chosen[task.id] = kept
                level.add(task, kept)
    for task in sorted(flexible, key=lambda task: (task.priority, len(task.choices), task.id)):
        chosen[task.id] = min(task.choices, key=lambda day: (*level.rank(task, day), day))
        level.add(task, chosen[task.id])
    return chosen


def _kept(book: Book, task: Task) -> date | None:
    """Return the only day there is, or the day of the last plan where it still stands."""
    if len(task.choices) == 1:
        return task.day
    if task.id not in book.problem.previous:
        return None
    day = book.problem.planned_on.get(task.id, task.day)
    enough = len(book.candidates(task, day)) >= task.people
    return day if day in task.choices and enough else None


class _Level:
    """How much work is expected of each person on each day, spread over all who could do it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._expected: dict[tuple[str, date], float] = defaultdict(float)

    def add(self, task: Task, day: date) -> None:
        people = self._book.candidates(task, day)
        for worker in people:
            self._expected[worker.id, day] += task.minutes * task.people / len(people)

    def rank(self, task: Task, day: date) -> tuple[int, float]:
        """Too few people last; then the mean part of their day that is already expected."""
        people = self._book.candidates(task, day)
        if len(people) < task.people:
            return (1, 0.0)
        return (0, sum(self._part(worker, day) for worker in people) / len(people))

    def _part(self, worker: Worker, day: date) -> float:
        return self._expected.get((worker.id, day), 0.0) / max(1, worker.minutes_per_day)
