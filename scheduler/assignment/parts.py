"""A problem narrowed to some of its tasks and people; what these do elsewhere stays booked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.assignment.draft import Spot
from scheduler.assignment.problem import AssignmentProblem, Task, Worker


def narrowed(
    problem: AssignmentProblem,
    tasks: Iterable[Task],
    workers: Iterable[Worker],
    booked: Mapping[str, Spot],
) -> AssignmentProblem:
    """
    Return *problem* with these tasks and people only.

    Args:
        problem: The whole.
        tasks: Those left, in their order.
        workers: People left.
        booked: Tasks among them that stand where they are, beside those that are fixed.
    """
    mine, people = tuple(tasks), tuple(workers)
    ids = {task.id for task in mine}
    known = {worker.id for worker in people}
    days = {id_: day for id_, (day, _) in booked.items()}
    return replace(
        problem,
        tasks=mine,
        workers=people,
        fixed={
            **{id_: who for id_, who in problem.fixed.items() if id_ in ids},
            **{id_: who for id_, (_, who) in booked.items()},
        },
        previous={id_: who for id_, who in problem.previous.items() if id_ in ids},
        planned_on={**{i: d for i, d in problem.planned_on.items() if i in ids}, **days},
        spent={key: minutes for key, minutes in problem.spent.items() if key[0] in known},
    )
