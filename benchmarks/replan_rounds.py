"""
Plan rounds again in the day: 100 people, somebody falls ill at ten; 50 generated cases.

Run: python -m benchmarks.replan_rounds [--cases 50] [--people 100] [--tasks 10000] [--load 0.85]

The plan of 20 days is made by the engine (the generator is that of `benchmarks.rounds`). In each
case it is a drawn day at ten: what had to be done by then is done and its minutes are spent. In two
of three cases one to three people are ill for the rest of the day, in the others one to five urgent
tasks of the law come in. Printed: how long the answer
took, in how many cases the number of changed assignments is proved to be the least, what changed,
and what the audit found.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from benchmarks.rounds import FIRST_DAY, generated
from rules.organisation.model import DateSpan
from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task, Worker
from scheduler.assignment.replan import replan
from scheduler.assignment.solver import assign

TEN = 10
_URGENT = 1 / 3


def case(
    problem: AssignmentProblem, plan: AssignmentPlan, draw: Random, days: int
) -> tuple[AssignmentProblem, date]:
    """Return what is left of the plan on a drawn day at ten, gone wrong, and the day."""
    number = draw.randrange(days - 1)
    today = FIRST_DAY + timedelta(days=number)
    tasks = {task.id: task for task in problem.tasks}
    done: dict[tuple[str, date], int] = defaultdict(int)
    over = set()
    for each in plan.assignments:
        task = tasks[each.task]
        early = task.is_timed and task.due_at.hour <= TEN and task.day == today
        if each.day < today or early or (each.day == today and draw.random() < 0.2):
            over.add(each.task)
            for person in each.people:
                done[person, each.day] += task.minutes
    over |= {task.id for task in problem.tasks if task.day < today}
    left = [each for each in plan.assignments if each.task not in over]
    tasks_left = [
        replace(task, days=tuple(day for day in task.days if day >= today))
        for task in problem.tasks
        if task.id not in over
    ]
    workers = problem.workers
    if draw.random() < _URGENT:
        drawn = draw.sample(problem.tasks, draw.randint(1, 5))
        tasks_left += [_urgent(task, number, today) for number, task in enumerate(drawn)]
    else:
        workers = _fewer(workers, draw, today)
    after = replace(
        problem,
        tasks=tuple(tasks_left),
        workers=workers,
        previous={each.task: each.people for each in left},
        planned_on={each.task: each.day for each in left},
        spent=done,
    )
    return after, today


def _fewer(workers: tuple[Worker, ...], draw: Random, today: date) -> tuple[Worker, ...]:
    chosen = set(draw.sample(range(len(workers)), draw.choice((1, 1, 2, 3))))
    return tuple(
        _ill(worker, today) if number in chosen else worker for number, worker in enumerate(workers)
    )


def _ill(worker: Worker, today: date) -> Worker:
    span = {"from": today, "until": today, "reason": Text(zh="生病", en="ill")}
    return replace(worker, absences=(*worker.absences, DateSpan.model_validate(span)))


def _urgent(task: Task, number: int, today: date) -> Task:
    """Return a task like another one, asked for today and not planned before."""
    late = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(hours=24)
    opens_at = late - timedelta(hours=14)
    return replace(
        task, id=f"urgent{number}", day=today, days=(), opens_at=opens_at, due_at=late, priority=0
    )


def main() -> None:
    """Make one plan, then plan again in every case."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--cases", type=int, default=50)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--load", type=float, default=0.85)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    problem = generated(
        tasks=asked.tasks,
        people=asked.people,
        days=asked.days,
        load=asked.load,
        seed=asked.seed,
    )
    plan = assign(problem, seconds=60, seed=asked.seed)
    draw = Random(asked.seed)
    seconds, changed, proved, broken = [], [], 0, 0
    for _ in range(asked.cases):
        after, today = case(problem, plan, draw, asked.days)
        began = time.perf_counter()
        found = replan(after, days=frozenset({today}))
        seconds.append(time.perf_counter() - began)
        changed.append(len(found.changed))
        proved += found.is_least
        broken += len(violations(after, found.plan))
    row = {
        "people": asked.people,
        "cases": asked.cases,
        "seconds_median": round(statistics.median(seconds), 2),
        "seconds_worst": round(max(seconds), 2),
        "proved_least": proved,
        "changed_median": statistics.median(changed),
        "changed_most": max(changed),
        "violations": broken,
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
