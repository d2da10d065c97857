"""
Tasks that one inspection serves: several clauses may ask for the same check of the same thing.

A key fire unit owes one daily patrol to the Fire Law, to Order 61 and to a standard. Nobody walks
it three times: the tasks are joined before the solver sees them and told apart again afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from rules.text import Text
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task


@dataclass(frozen=True)
class Joined:
    """
    A problem in which each inspection is one task.

    Attributes:
        members: Ids of the tasks that a task stands for, itself first; only where several.
    """

    problem: AssignmentProblem
    members: dict[str, tuple[str, ...]]


def joined(problem: AssignmentProblem) -> Joined:
    """Return *problem* with tasks that one inspection serves made one; fixed tasks stay alone."""
    groups: dict[object, list[Task]] = defaultdict(list)
    order: list[tuple[object, Task]] = []
    for task in problem.tasks:
        free = task.inspection and task.id not in problem.fixed
        key: object = (task.site, task.inspection, task.day) if free else task.id
        groups[key].append(task)
        order.append((key, task))
    merged: list[Task] = []
    members: dict[str, tuple[str, ...]] = {}
    for key in dict.fromkeys(key for key, _ in order):
        for whole, parts in _inspections(groups[key]):
            merged.append(whole)
            if len(parts) > 1:
                members[whole.id] = tuple(part.id for part in parts)
    return Joined(replace(problem, tasks=tuple(merged)), members)


def told_apart(plan: AssignmentPlan, members: dict[str, tuple[str, ...]]) -> AssignmentPlan:
    """Return *plan* with every task listed again, those of one inspection with the same people."""
    assignments = [
        replace(each, task=task, reason=_shared(each.reason, len(tasks)))
        for each in plan.assignments
        for tasks in [members.get(each.task, (each.task,))]
        for task in tasks
    ]
    uncovered = [
        replace(each, task=task)
        for each in plan.uncovered
        for task in members.get(each.task, (each.task,))
    ]
    return replace(plan, assignments=tuple(assignments), uncovered=tuple(uncovered))


def _inspections(tasks: list[Task]) -> Iterable[tuple[Task, list[Task]]]:
    """Join greedily by due time; what does not fit starts an inspection of its own."""
    wholes: list[tuple[Task, list[Task]]] = []
    for task in sorted(tasks, key=lambda each: (each.due_at, each.opens_at, each.id)):
        for index, (whole, parts) in enumerate(wholes):
            both = _both(whole, task)
            if both is not None:
                wholes[index] = (both, [*parts, task])
                break
        else:
            wholes.append((task, [task]))
    return wholes


def _both(first: Task, second: Task) -> Task | None:
    """Return one task that fulfils both, or nothing where no person or moment can."""
    roles = _common(first.roles, second.roles)
    opens_at = max(first.opens_at, second.opens_at)
    due_at = min(first.due_at, second.due_at)
    minutes = max(first.minutes, second.minutes)
    if roles is None or due_at - opens_at < timedelta(minutes=minutes):
        return None
    certificates = dict.fromkeys((*first.qualifications, *second.qualifications))
    return replace(
        first,
        opens_at=opens_at,
        due_at=due_at,
        minutes=minutes,
        people=max(first.people, second.people),
        roles=roles,
        qualifications=tuple(certificates),
        excluded=first.excluded | second.excluded,
        priority=min(first.priority, second.priority),
        days=tuple(day for day in first.days if day in second.days),
    )


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the roles that may do both; empty means any role, nothing means no role."""
    if not first or not second:
        return first or second
    return tuple(role for role in first if role in second) or None


def _shared(reason: Text, count: int) -> Text:
    if count == 1:
        return reason
    return Text(
        zh=f"{reason.zh.removesuffix('。')}；同一次检查满足 {count} 项职责。",
        en=f"{reason.en.removesuffix('.')}; one inspection serves {count} duties.",
    )
