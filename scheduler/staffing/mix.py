"""What a staff is made of: who does which sort of work, with which roles and certificates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.assignment.problem import Task
from scheduler.roster.problem import RosterPost
from scheduler.roster.slots import Slot, Slots
from scheduler.staffing.problem import Candidate, Least, StaffingProblem


@dataclass(frozen=True)
class Seat:
    """
    What one person on the staff does in the plan and roster that show that the staff is enough.

    Attributes:
        roles: Of theirs, those that the work asks for; of several that would do, all of theirs.
        certificates: Kinds that the work asks for.
        checks: One inspection may serve several.
        minutes: At these checks.
        shifts: At posts, and `shift_minutes` the working time of these.
    """

    candidate: Candidate
    roles: tuple[str, ...]
    certificates: tuple[str, ...]
    checks: int
    minutes: int
    shifts: int = 0
    shift_minutes: int = 0


@dataclass(frozen=True)
class Sort:
    """How many people of one sort a staff has."""

    roles: tuple[str, ...]
    certificates: tuple[str, ...]
    count: int


def seats(problem: StaffingProblem, least: Least) -> tuple[Seat, ...]:
    """Return what everybody on the staff does, most minutes first."""
    tasks = {task.id: task for task in problem.tasks}
    mine: dict[str, list[Task]] = defaultdict(list)
    for assigned in least.plan.assignments:
        for person in assigned.people:
            mine[person].append(tasks[assigned.task])
    stood = _stood(problem, least)
    found = [_seat(problem, each, mine[each.worker.id], stood) for each in least.staff]
    return tuple(sorted(found, key=_most_minutes_first))


def _most_minutes_first(seat: Seat) -> tuple[int, str]:
    return (-seat.minutes - seat.shift_minutes, seat.candidate.worker.id)


def _stood(problem: StaffingProblem, least: Least) -> dict[str, list[Slot]]:
    """Return the shifts that each of the staff stands."""
    found: dict[str, list[Slot]] = defaultdict(list)
    if problem.posts is not None:
        slots = Slots(problem.posts)
        for (person, day), cell in least.roster.cells.items():
            if cell is not None:
                found[person].append(slots.of(*cell, day))
    return found


def mix(found: Iterable[Seat]) -> tuple[Sort, ...]:
    """Return how many people of each sort there are, the most common first."""
    counts: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = defaultdict(int)
    for seat in found:
        counts[seat.roles, seat.certificates] += 1
    sorts = (Sort(*kind, number) for kind, number in counts.items())
    return tuple(sorted(sorts, key=lambda each: (-each.count, each.roles, each.certificates)))


def _seat(
    problem: StaffingProblem,
    candidate: Candidate,
    tasks: list[Task],
    stood: Mapping[str, list[Slot]],
) -> Seat:
    slots = stood.get(candidate.worker.id, [])
    here = {slot.post for slot in slots}
    posts = [post for post in (problem.posts.posts if problem.posts else ()) if post.id in here]
    work: list[Task | RosterPost] = [*tasks, *posts]
    asked = {role for each in work for role in each.roles}
    kinds = {kind for each in work for kind in each.qualifications}
    return Seat(
        candidate,
        roles=tuple(role for role in candidate.worker.roles if role in asked),
        certificates=tuple(sorted(kinds)),
        checks=sum(problem.weight(task.id) for task in tasks),
        minutes=sum(task.minutes for task in tasks),
        shifts=len(slots),
        shift_minutes=sum(slot.minutes for slot in slots),
    )
