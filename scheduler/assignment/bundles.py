"""Equal tasks joined into walks, so that there is less to decide and people walk less."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scheduler.assignment.problem import Task

# A walk stays short enough to fit between other work; it is split again where it does not fit.
LONGEST_WALK_MINUTES = 60


@dataclass(frozen=True)
class Unit:
    """
    Tasks given to the same people as one.

    Attributes:
        whole: The tasks as one task: the id of the first, the minutes of all.
        day: The day chosen.
        previous: Who did them in the last plan.
    """

    tasks: tuple[Task, ...]
    whole: Task
    day: date
    previous: tuple[str, ...] = ()


def bundles(
    tasks: Iterable[Task], day: date, *, previous: Mapping[str, tuple[str, ...]]
) -> list[Unit]:
    """Return the tasks of one day as walks: same place, same demands, same window, same people."""
    groups: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    for task in tasks:
        groups[(*_demands(task), previous.get(task.id, ()))].append(task)
    units = []
    for group in groups.values():
        people = previous.get(group[0].id, ())
        units += [unit(walk, day, previous=people) for walk in _walks(group)]
    return units


def unit(tasks: Iterable[Task], day: date, *, previous: tuple[str, ...]) -> Unit:
    """Join *tasks* into one unit."""
    members = tuple(tasks)
    minutes = sum(task.minutes for task in members)
    return Unit(members, replace(members[0], minutes=minutes), day, previous)


def singles(whole: Unit) -> list[Unit]:
    """Split a unit into its tasks again."""
    return [unit((task,), whole.day, previous=whole.previous) for task in whole.tasks]


def _demands(task: Task) -> tuple[object, ...]:
    clock = (task.opens_at, task.due_at) if task.is_timed else None
    who = (task.people, task.roles, task.qualifications, task.excluded)
    return (task.priority, task.site, task.place, *who, clock)


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
