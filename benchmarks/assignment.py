"""
Assign about 10,000 generated tasks to people of five organisations over 28 days.

Run: python -m benchmarks.assignment [--people 60] [--tasks 10000] [--seed 0]
"""

import argparse
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from rules.cadence import WEEKDAYS
from rules.organisation.model import Certificate, DateSpan
from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.eligibility import available_minutes
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task, Worker
from scheduler.assignment.solver import assign

FIRST_DAY = date(2026, 9, 7)
DAYS = 28
ORGANISATIONS = 5
ROLES = ("inspector", "engineer", "guard", "cook", "safety-officer", "teacher")
CERTIFICATES = ("fire-facility-operator", "electrician", "food-safety")
WORK = (
    # role, certificate, minutes, window in hours (None: the whole day), people, priority
    ("inspector", None, 5, None, 1, 0),
    ("inspector", None, 10, None, 1, 1),
    ("engineer", "fire-facility-operator", 15, None, 1, 0),
    ("engineer", "electrician", 20, None, 1, 2),
    ("guard", None, 15, 2, 1, 0),
    ("cook", "food-safety", 10, 1, 1, 0),
    ("safety-officer", None, 30, None, 2, 1),
    ("teacher", None, 15, 1, 1, 2),
)


def generated(*, people: int, tasks: int, seed: int) -> AssignmentProblem:
    """Return a problem of five organisations that share nobody; the same for the same seed."""
    draw = Random(seed)
    workers, demand = [], []
    for organisation in range(ORGANISATIONS):
        sites = tuple(f"o{organisation}s{number}" for number in range(3))
        workers += list(_workers(draw, organisation, sites, people // ORGANISATIONS))
        demand += list(_tasks(draw, organisation, sites, tasks // ORGANISATIONS))
    return AssignmentProblem(tuple(demand), tuple(workers))


def _workers(
    draw: Random, organisation: int, sites: tuple[str, ...], count: int
) -> Iterator[Worker]:
    for number in range(count):
        away = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        span = {"from": away, "until": away + timedelta(days=2), "reason": _text("leave")}
        held = draw.sample(CERTIFICATES, 2)
        yield Worker(
            f"o{organisation}p{number}",
            _text(f"person {number}"),
            sites=tuple(draw.sample(sites, 2)),
            roles=(ROLES[number % len(ROLES)], draw.choice(ROLES)),
            qualifications=tuple(
                Certificate.model_validate({"kind": kind, "from": date(2020, 1, 1)})
                for kind in held
            ),
            absences=(DateSpan.model_validate(span),) if number % 3 == 0 else (),
            works=WEEKDAYS[: draw.choice((5, 6, 7))],
        )


def _tasks(draw: Random, organisation: int, sites: tuple[str, ...], count: int) -> Iterator[Task]:
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number % DAYS)
        role, certificate, minutes, hours, people, priority = WORK[draw.randrange(len(WORK))]
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        opens = midnight + timedelta(hours=draw.randrange(7, 20)) if hours else midnight
        yield Task(
            f"o{organisation}t{number}",
            draw.choice(sites),
            f"place{draw.randrange(4)}",
            day,
            opens,
            opens + timedelta(hours=hours or 24),
            minutes,
            people=people,
            roles=(role,),
            qualifications=(certificate,) if certificate else (),
            priority=priority,
            rule=f"{role}-{minutes}",
        )


def _text(words: str) -> Text:
    return Text(zh=words, en=words)


def spread(problem: AssignmentProblem, plan: AssignmentPlan) -> float:
    """Return the mean deviation of shares (minutes done by minutes had) within like roles."""
    effort = {task.id: task.minutes for task in problem.tasks}
    done = dict.fromkeys((worker.id for worker in problem.workers), 0)
    for assigned in plan.assignments:
        for person in assigned.people:
            done[person] += effort[assigned.task]
    groups: dict[tuple[object, ...], list[float]] = {}
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    for worker in problem.workers:
        had = sum(available_minutes(worker, day) for day in days)
        like = (worker.id[:2], frozenset(worker.roles))
        groups.setdefault(like, []).append(done[worker.id] / had)
    deviations = [
        abs(share - sum(group) / len(group)) for group in groups.values() for share in group
    ]
    return sum(deviations) / len(deviations)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    problem = generated(people=chosen.people, tasks=chosen.tasks, seed=chosen.seed)
    for name, steps in (("constructive", 0), ("improved", None)):
        began = time.perf_counter()
        plan = assign(problem, seconds=60, seed=chosen.seed, steps=steps)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        broken = violations(problem, plan)
        row = {
            "plan": name,
            "tasks": len(problem.tasks),
            "people": len(problem.workers),
            "seconds": round(seconds, 2),
            "uncovered": len(plan.uncovered),
            "spread": round(spread(problem, plan), 3),
            "violations": len(broken),
            "audit_seconds": round(time.perf_counter() - began, 2),
            "cut_short": plan.cut_short,
        }
        print(json.dumps(row))


if __name__ == "__main__":
    main()
