"""What staffing asks: work that must be covered, and everybody who could be there to do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rules.text import Text
from scheduler.assignment.problem import AssignmentPlan, Task, Worker
from scheduler.roster.problem import Cell, Roster, RosterProblem


@dataclass(frozen=True)
class StaffingProblem:
    """
    The work of a span of days, and the people who are there.

    Attributes:
        tasks: All that must be covered; a task for several people is covered by all of them.
        weights: How many checks a task stands for, where one inspection serves several; else 1.
        posts: Posts whose shifts must be stood over the same days, by the same people, each under
            the id of the worker.
    """

    tasks: tuple[Task, ...]
    workers: tuple[Worker, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    posts: RosterProblem | None = None

    def weight(self, task: str) -> int:
        """Return how many checks *task* stands for."""
        return self.weights.get(task, 1)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day on which anything may be done."""
        every = [day for task in self.tasks for day in task.choices]
        if self.posts is not None:
            every += [self.posts.since, self.posts.until]
        return min(every), max(every)


@dataclass(frozen=True)
class Candidate:
    """
    Somebody who could be on the staff.

    Attributes:
        worker: As the planner sees one; its id is that of the candidate.
        person: Whom it stands for: of several candidates of one person, one at most is chosen.
        trained: Certificates that the person would have to get first.
        extra: Days on which the person would have to come beside the working week.
        hired: Not one of the organisation's people yet.
    """

    worker: Worker
    person: str
    trained: tuple[str, ...] = ()
    extra: tuple[date, ...] = ()
    hired: bool = False


class Cost(NamedTuple):
    """
    What a staff comes to; the first figure in which two differ decides.

    Attributes:
        hires: People to take on.
        training: Certificates that people would have to get.
        days: Days on which people would have to come beside their working week.
        people: Everybody on the staff, hires included.
        certificates: Certificates of theirs that the work asks for, new ones included.
    """

    hires: int
    training: int
    days: int
    people: int
    certificates: int


@dataclass(frozen=True)
class Least:
    """
    The least staff found, with a plan that shows that it is enough.

    Attributes:
        staff: In order of their ids.
        bound: No staff comes to less; equal to the cost where the least is proved.
        impossible: Tasks that no candidate, and nobody who could be hired, is able to do.
        plan: Who does what; it covers every task but the impossible ones, and the audit finds
            nothing against it.
        roster: Who stands where; it fills every place but those of the closed shifts, and the
            audit finds nothing against it.
        closed: Shifts, by post and code, that nobody could stand for their length.
        gaps: Where a rule wants people between or beyond the shifts, whoever stands these.
        cut_short: The search ended before it was over.
    """

    staff: tuple[Candidate, ...]
    cost: Cost
    bound: Cost
    impossible: tuple[str, ...]
    plan: AssignmentPlan
    roster: Roster
    closed: tuple[Cell, ...] = ()
    gaps: tuple[Text, ...] = ()
    cut_short: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether no staff comes to less."""
        return self.cost == self.bound
