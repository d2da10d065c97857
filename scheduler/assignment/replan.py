"""
Plan again in the day: somebody fell ill at ten, and as little as possible may change.

What stood stays, as far as the rules still allow it. What lost its people goes to whoever is free;
where nobody is, others make room, and then the days concerned are solved as a whole, so that the
number of changes is known to be the least. Plans of other days stay as they are.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scheduler.assignment.book import Book
from scheduler.assignment.bound import hopeless
from scheduler.assignment.bundles import bundles
from scheduler.assignment.chains import cover
from scheduler.assignment.construct import keep_last_plan, place_all
from scheduler.assignment.draft import Draft
from scheduler.assignment.effort import Effort
from scheduler.assignment.finish import finished
from scheduler.assignment.piece import solve_piece
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task

_STEPS = 20_000


@dataclass(frozen=True)
class Changed:
    """
    A task that other people, or nobody, or the same people on another day have now.

    Attributes:
        before: People of the last plan.
        after: People now; none where it is uncovered.
        days: The day before and the day now; the latter nothing where it is uncovered.
    """

    task: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    days: tuple[date, date | None]


@dataclass(frozen=True)
class Replanned:
    """
    The plan after the change.

    Attributes:
        changed: What differs from the last plan, in the order of the tasks.
        is_least: It is proved that no plan that leaves other days alone covers more, or as much
            with fewer changed assignments.
    """

    plan: AssignmentPlan
    changed: tuple[Changed, ...]
    is_least: bool


def replan(problem: AssignmentProblem, *, days: frozenset[date], seconds: float = 2.0) -> Replanned:
    """
    Return the plan that changes least against `problem.previous`, law covered first.

    Args:
        problem: With who had what before, what is settled, and people as they are now.
        days: Days that may change, today for example; days that lost people are added to them.
        seconds: Cap on the time spent on proving; the plan before takes what it takes.
    """
    ends = time.monotonic() + seconds
    book = Book(problem)
    concerned = days | _days_that_lost(book)
    _leave_others(book, concerned)
    open_tasks = tuple(task for task in problem.tasks if task.id not in book.placed)
    draft = Draft(book, bundles(replace(problem, tasks=open_tasks)))
    keep_last_plan(draft)
    place_all(draft, None)
    cover(draft, Effort(_STEPS, ends))
    now = [task for task in open_tasks if not concerned.isdisjoint(task.choices)]
    is_least = _is_plainly_least(draft, now)
    if not is_least:
        units = [unit for unit in draft.units.values() if not concerned.isdisjoint(unit.days)]
        is_least = solve_piece(draft, units, seconds=ends - time.monotonic())
        place_all(draft, None)
    plan = finished(draft.book, open_tasks)
    return Replanned(plan, _changes(problem, plan), is_least)


def _days_that_lost(book: Book) -> frozenset[date]:
    """Return the days on which the rules no longer allow somebody what they had."""
    problem = book.problem
    found = set()
    for task in problem.tasks:
        before = problem.previous.get(task.id)
        if before and task.id not in book.placed:
            day = problem.planned_on.get(task.id, task.day)
            allowed = {worker.id for worker in book.candidates(task, day)}
            if day not in task.choices or not allowed.issuperset(before):
                found.add(day)
    return frozenset(found)


def _leave_others(book: Book, concerned: frozenset[date]) -> None:
    """Book what stands on days that are not concerned, as long as there is room for it."""
    problem = book.problem
    for task in problem.tasks:
        before = problem.previous.get(task.id, ())
        day = problem.planned_on.get(task.id, task.day)
        if task.id in book.placed or day in concerned or len(before) != task.people:
            continue
        people = [book.workers[person] for person in before]
        if all(book.busy(task, worker, day) is None for worker in people):
            book.place(task, day, before)


def _is_plainly_least(draft: Draft, tasks: Sequence[Task]) -> bool:
    """Whether everything possible is done, and only those changed whom the rules took away."""
    placed, previous = draft.book.placed, draft.book.problem.previous
    left = {task.id for task in tasks if task.id not in placed}
    if not left.issubset(task.id for task in hopeless(draft.book, tasks)):
        return False
    before = [task for task in tasks if task.id in previous and task.id in placed]
    return all(_kept(draft, task) == _could_keep(draft, task) for task in before)


def _kept(draft: Draft, task: Task) -> int:
    day, people = draft.book.placed[task.id]
    return len(set(draft.prices.kept(task, day)).intersection(people))


def _could_keep(draft: Draft, task: Task) -> int:
    """Return how many of the last plan the rules still allow, if it were for this task alone."""
    problem = draft.book.problem
    day = problem.planned_on.get(task.id, task.day)
    if day not in task.choices:
        return 0
    allowed = {worker.id for worker in draft.book.candidates(task, day)}
    return len(allowed.intersection(problem.previous[task.id]))


def _changes(problem: AssignmentProblem, plan: AssignmentPlan) -> tuple[Changed, ...]:
    now = {each.task: each for each in plan.assignments}
    found = []
    for task in problem.tasks:
        before = problem.previous.get(task.id)
        planned_on = problem.planned_on.get(task.id, task.day)
        after = now.get(task.id)
        people, day = (after.people, after.day) if after else ((), None)
        if before and (set(people) != set(before) or day != planned_on):
            found.append(Changed(task.id, before, people, (planned_on, day)))
    return tuple(found)
