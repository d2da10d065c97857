"""Who else could do a task, why others could not, and what it would cost the plan."""

from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.assignment.book import Book
from scheduler.assignment.bundles import Unit
from scheduler.assignment.draft import Draft
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Code, Task
from scheduler.assignment.weeks import Weeks, booked
from scheduler.assignment.wording import stop_text


@dataclass(frozen=True)
class Choice:
    """
    Someone else of the site, and whether they could take the task as well.

    Attributes:
        why: The hard rule that stops them; for those who could, what they have that week.
        cost: Points that the plan would cost more, or less if negative, with this person in place
            of the one of its people who costs most there; of nobody where it is uncovered. Nothing
            for those who could not.
        code: The hard rule's code.
    """

    person: str
    could: bool
    why: Text
    cost: int | None
    code: Code | None


def choices_of(problem: AssignmentProblem, plan: AssignmentPlan, task: str) -> tuple[Choice, ...]:
    """
    Return everyone else of the task's site: first those who could, the cheapest first.

    The day is the one planned, or the day due where nobody has the task.

    Raises:
        StopIteration: If the problem has no such task.
    """
    wanted = next(one for one in problem.tasks if one.id == task)
    asking = _Asking(booked(problem, plan), wanted)
    found = [asking.choice(person) for person in asking.others()]
    return tuple(sorted(found, key=_order))


class _Asking:
    """One task of a finished plan, taken out of it to see who else could have it."""

    def __init__(self, book: Book, task: Task) -> None:
        self.task = task
        self.day, self.people = book.placed.get(task.id, (task.day, ()))
        self._weeks = Weeks(book)
        book.remove(task)
        self._draft = Draft(book, ())
        self._unit = _alone(book.problem, task)
        self._now = self._cost_now()

    def others(self) -> list[str]:
        """Return everyone of the site who does not have it."""
        people = self._draft.book.people_of(self.task.site)
        return [worker.id for worker in people if worker.id not in self.people]

    def choice(self, person: str) -> Choice:
        """Return what holds for the person."""
        book = self._draft.book
        code = book.stopped_by(self.task, book.workers[person], self.day)
        if code:
            why = stop_text(code, self.task, book.problem.titles)
            return Choice(person, could=False, why=why, cost=None, code=code)
        cost = round(self._draft.added(self._unit, person, self.day) - self._now)
        why = _could(self._weeks.minutes(person, self.day))
        return Choice(person, could=True, why=why, cost=cost, code=None)

    def _cost_now(self) -> float:
        if not self.people:
            return self._unit.undone
        known = [who for who in self.people if who in self._draft.book.workers]
        extras = (self._draft.added(self._unit, who, self.day) for who in known)
        return max(extras, default=0.0)


def _alone(problem: AssignmentProblem, task: Task) -> Unit:
    previous = problem.previous.get(task.id, ())
    planned_on: date | None = problem.planned_on.get(task.id, task.day) if previous else None
    return Unit((task,), task, previous, planned_on)


def _order(choice: Choice) -> tuple[bool, int, str]:
    return (not choice.could, choice.cost or 0, choice.person)


def _could(minutes: int) -> Text:
    return Text(zh=f"可以（本周 {minutes} 分钟）", en=f"could ({minutes} minutes this week)")
