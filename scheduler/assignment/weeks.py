"""A finished plan as bookings, and how many minutes each person has in a week of it."""

from collections import defaultdict
from datetime import date

from scheduler.assignment.book import Book
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem


class Weeks:
    """Minutes of each person in each ISO week."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._minutes: dict[tuple[str, tuple[int, int]], int] = defaultdict(int)
        for (person, day), minutes in book.bookings():
            self._minutes[person, _week(day)] += minutes

    def minutes(self, person: str, day: date) -> int:
        """Return the minutes of the person in the week of *day*."""
        return self._minutes.get((person, _week(day)), 0)


def booked(problem: AssignmentProblem, plan: AssignmentPlan) -> Book:
    """Return the plan as bookings, to ask what else is possible."""
    book = Book(problem)
    tasks = {task.id: task for task in problem.tasks}
    for assigned in plan.assignments:
        book.remove(tasks[assigned.task])
        book.place(tasks[assigned.task], assigned.day, assigned.people)
    return book


def _week(day: date) -> tuple[int, int]:
    iso = day.isocalendar()
    return (iso.year, iso.week)
