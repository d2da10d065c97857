"""A finished plan: who does what and why, what nobody does and why, and what it costs."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.assignment.book import Book
from scheduler.assignment.bound import hopeless
from scheduler.assignment.objective import UNCOVERED, cost_of
from scheduler.assignment.problem import AssignmentPlan, Task
from scheduler.assignment.reasons import explained


def finished(book: Book, planned: Iterable[Task] | None = None) -> AssignmentPlan:
    """Return the plan of *book*; reasons are given for what was *planned*, else for all."""
    problem = book.problem
    among = None if planned is None else {task.id for task in planned}
    plan = AssignmentPlan(*explained(book, among))
    return replace(
        plan,
        points=cost_of(problem, plan).points,
        hopeless=sum(UNCOVERED[task.priority] for task in hopeless(book, problem.tasks)),
    )
