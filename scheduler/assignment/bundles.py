"""Equal tasks joined into walks, so that there is less to decide and people walk less."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from scheduler.assignment.objective import CHANGED, UNCOVERED
from scheduler.assignment.problem import AssignmentProblem, Task

# A walk stays short enough to fit between other work; it is split again where it does not fit.
LONGEST_WALK_MINUTES = 60
_NOWHERE: Mapping[str, tuple[date, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Unit:
    """
    Tasks given to the same people on the same day, as one.

    Attributes:
        whole: The tasks as one task: the id of the first, the minutes of all.
        previous: Who did them in the last plan, `planned_on` that day.
    """

    tasks: tuple[Task, ...]
    whole: Task
    previous: tuple[str, ...] = ()
    planned_on: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which it may be planned, in order."""
        return self.whole.choices

    @cached_property
    def undone(self) -> int:
        """Points of leaving it undone."""
        return UNCOVERED[self.whole.priority] * len(self.tasks)

    @property
    def changed(self) -> int:
        """Points of doing it, whoever does it: all of the last plan are changed."""
        return CHANGED * len(self.previous) * len(self.tasks)


def bundles(
    problem: AssignmentProblem, placed: Mapping[str, tuple[date, tuple[str, ...]]] = _NOWHERE
) -> list[Unit]:
    """
    Return all tasks that are not fixed as walks.

    Tasks of a walk have the same zone, demands, window and days, had the same people before, and
    stand in the same place of the plan so far (*placed*, by task).
    """
    groups: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    where = _Where(problem)
    for task in problem.tasks:
        if task.id not in problem.fixed:
            demands = (where.of(task), *_demands(task), *_before(problem, task))
            groups[(*demands, placed.get(task.id))].append(task)
    units = []
    for group in groups.values():
        previous, planned_on = _before(problem, group[0])
        units += [_unit(walk, previous, planned_on) for walk in _walks(group)]
    return units


def singles(whole: Unit) -> list[Unit]:
    """Split a unit into its tasks again."""
    return [_unit((task,), whole.previous, whole.planned_on) for task in whole.tasks]


def _unit(tasks: Iterable[Task], previous: tuple[str, ...], planned_on: date | None) -> Unit:
    members = tuple(tasks)
    minutes = sum(task.minutes for task in members)
    return Unit(members, replace(members[0], minutes=minutes), previous, planned_on)


def _before(problem: AssignmentProblem, task: Task) -> tuple[tuple[str, ...], date | None]:
    previous = problem.previous.get(task.id, ())
    return previous, problem.planned_on.get(task.id, task.day) if previous else None


def _demands(task: Task) -> tuple[object, ...]:
    clock = (task.opens_at, task.due_at) if task.is_timed else None
    who = (task.people, task.roles, task.qualifications, task.excluded)
    return (task.priority, task.site, *who, clock, task.choices)


class _Where:
    """Where the tasks of one walk may lie: in a zone, or in a place that people care about."""

    def __init__(self, problem: AssignmentProblem) -> None:
        self._apart = problem.most_running > 0
        self._preferred = {
            (site, place)
            for worker in problem.workers
            for site in worker.sites
            for place in worker.prefers
        }

    def of(self, task: Task) -> tuple[str, str]:
        """Return the kind of the area and its name."""
        alone = self._apart or not task.zone or (task.site, task.place) in self._preferred
        return ("place", task.place) if alone else ("zone", task.zone)


def _walks(group: list[Task]) -> list[list[Task]]:
    """Cut a group into walks no longer than the longest walk and than the window."""
    window = group[0].window
    longest = LONGEST_WALK_MINUTES
    if group[0].is_timed:
        longest = min(longest, window[1] - window[0])
    walks: list[list[Task]] = [[]]
    minutes = 0
    for task in group:
        if walks[-1] and minutes + task.minutes > longest:
            walks.append([])
            minutes = 0
        walks[-1].append(task)
        minutes += task.minutes
    return walks
