"""Last try for what no block could place: another day of the window, or a gap left over."""

from scheduler.assignment.book import Book
from scheduler.assignment.problem import Task


def place_leftovers(book: Book) -> None:
    """Place every task that enough people are still free for, law first."""
    tasks = book.problem.tasks
    missing = [task for task in tasks if task.id not in book.placed]
    for task in sorted(missing, key=lambda task: (task.priority, task.id)):
        _place(book, task)


def _place(book: Book, task: Task) -> None:
    for day in sorted(task.choices, key=lambda day: (day != task.day, day)):
        free = sorted(
            book.free(task, day), key=lambda worker: (book.used(worker.id, day), worker.id)
        )
        if len(free) >= task.people:
            book.place(task, day, tuple(worker.id for worker in free[: task.people]))
            return
