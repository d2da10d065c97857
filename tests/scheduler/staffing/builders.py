"""Small staffing problems, and answers found by trying everything."""

from itertools import combinations, product

from hypothesis import strategies as st

from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import Assigned, AssignmentPlan, AssignmentProblem
from scheduler.staffing.problem import StaffingProblem
from tests.scheduler.assignment.builders import MONDAY, task_of, worker_of

WHY = Text(zh="因为", en="because")
DAYS = (MONDAY, MONDAY.replace(day=7))
PEOPLE = ("an", "bo", "chen", "deng")


def staffing_of(tasks, workers, **more):
    return StaffingProblem(tuple(tasks), tuple(workers), **more)


def is_possible(tasks, workers, chosen):
    """Tell whether the tasks can be done as chosen: a day and people for each."""
    plan = AssignmentPlan(
        tuple(
            Assigned(task.id, people, WHY, day)
            for task, (day, people) in zip(tasks, chosen, strict=True)
        ),
        (),
    )
    return not violations(AssignmentProblem(tuple(tasks), tuple(workers)), plan)


def can_do(tasks, workers):
    """Tell whether these people can do all the tasks, by trying every way."""
    ids = [worker.id for worker in workers]
    ways = [
        [
            (day, people)
            for day in task.choices
            for people in combinations(ids, task.people)
            if is_possible([task], workers, [(day, people)])
        ]
        for task in tasks
    ]
    return any(is_possible(tasks, workers, chosen) for chosen in product(*ways))


def most_done(tasks, workers):
    """Return how many tasks these people can do at the most, by trying every set of tasks."""
    sets = (some for size in range(len(tasks) + 1) for some in combinations(tasks, size))
    return max(len(some) for some in sets if can_do(some, workers))


@st.composite
def people(draw, *, certificates):
    count = draw(st.integers(1, len(PEOPLE)))
    return [
        worker_of(
            name,
            roles=draw(st.sampled_from([("guard",), ("cook",), ("guard", "cook")])),
            qualifications=draw(certificates),
            minutes_per_day=draw(st.sampled_from([30, 60, 90])),
            away=draw(st.sampled_from([(), ((MONDAY, MONDAY),)])),
        )
        for name in PEOPLE[:count]
    ]


@st.composite
def tasks(draw, *, most=4, waiting=True):
    found = []
    for number in range(draw(st.integers(1, most))):
        day = draw(st.sampled_from(DAYS))
        days = DAYS[:1] if waiting and day != MONDAY and draw(st.booleans()) else ()
        since, length = draw(st.sampled_from([(0, 24), (8, 1), (8, 2), (9, 1)]))
        found.append(
            task_of(
                f"t{number}",
                day=day,
                days=days,
                hours=(since - 24 * len(days), since + length),
                minutes=draw(st.sampled_from([20, 30, 45])),
                people=draw(st.sampled_from([1, 1, 2])),
                roles=draw(st.sampled_from([(), ("guard",), ("cook",)])),
                qualifications=draw(st.sampled_from([(), (), ("electrician",)])),
                excluded=draw(st.sampled_from([frozenset(), frozenset({"an"})])),
            )
        )
    return found
