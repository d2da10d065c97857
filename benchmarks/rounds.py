"""
Assign inspection rounds at scale, with a proved bound, beside plain CP-SAT in the same run.

Run: python -m benchmarks.rounds [--tasks 10000] [--people 100] [--days 20] [--seed 0]
     [--load 0.8] [--plain 60] [--seconds 45] [--processes 2]

The generator (`generated`): sites stand in a ring, half as many as people; each person serves six
neighbouring sites, so that no group of people can be planned apart. People hold two of four
certificates and two of four roles, work five to seven days a week, and one in ten is away for three
days. A task is at one place of one site; half need a certificate; a quarter have a window of four
hours, a quarter may be done on one day, the others on up to three or five days; one in ten needs
two people; one in twenty must not be done by one keeper. Minutes (5 to 60) are scaled so that
everything together takes `--load` of the time that people have. Half of the tasks are of the law,
three in ten recommended, the rest of the house.

The objective (`scheduler.assignment.objective`): points of uncovered tasks by priority, then the
burden, the squares of minutes over the time people have, by person and by person and day. Walks are
what they are; nothing travels. The bound is added up from prices without a solver, and the audit
knows no solver either.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from benchmarks.rounds_cp_sat import plain_plan
from rules.cadence import WEEKDAYS
from rules.organisation.model import Certificate, DateSpan
from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.book import Book
from scheduler.assignment.bound import hopeless, lower_bound
from scheduler.assignment.eligibility import available_minutes
from scheduler.assignment.flow import cheapest_flow
from scheduler.assignment.objective import Cost, cost_of
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, Task, Worker
from scheduler.assignment.solver import Means, assign

FIRST_DAY = date(2026, 11, 30)
REACH = 6
ROLES = ("inspector", "engineer", "guard", "officer")
CERTIFICATES = ("fire-facility-operator", "electrician", "food-safety", "lift-safety")
MINUTES = (5, 10, 15, 20, 30, 45, 60)


def generated(  # noqa: PLR0913 (all are named at the call)
    *, tasks: int, people: int, days: int, load: float, seed: int, sites: int | None = None
) -> AssignmentProblem:
    """Return a problem as described above; the same for the same figures."""
    draw = Random(seed)
    sites = sites or max(REACH, people // 2)
    workers = tuple(_worker(draw, number, sites, days) for number in range(people))
    demand = tuple(_tasks(draw, tasks, sites, (people, days)))
    return AssignmentProblem(_scaled(demand, workers, days, load), workers)


def _worker(draw: Random, number: int, sites: int, days: int) -> Worker:
    away = FIRST_DAY + timedelta(days=draw.randrange(days))
    span = {"from": away, "until": away + timedelta(days=2), "reason": _text("leave")}
    return Worker(
        f"p{number}",
        _text(f"person {number}"),
        sites=tuple(f"s{(number // 2 + step) % sites}" for step in range(min(REACH, sites))),
        roles=tuple(draw.sample(ROLES, 2)),
        qualifications=tuple(
            Certificate.model_validate({"kind": kind, "from": date(2020, 1, 1)})
            for kind in draw.sample(CERTIFICATES, 2)
        ),
        absences=(DateSpan.model_validate(span),) if number % 10 == 0 else (),
        minutes_per_day=draw.choice((240, 300, 360)),
        works=WEEKDAYS[: draw.choice((5, 5, 6, 7))],
    )


def _tasks(draw: Random, count: int, sites: int, size: tuple[int, int]) -> Iterator[Task]:
    people, days = size
    for number in range(count):
        due = draw.randrange(days)
        back = draw.choice((0, 0, 2, 4))
        choices = tuple(FIRST_DAY + timedelta(days=n) for n in range(max(0, due - back), due + 1))
        timed = back == 0 and draw.random() < 0.5
        hour = draw.randrange(7, 18) if timed else 0
        due_at = _midnight(due) + timedelta(hours=hour + 4 if timed else 24)
        held = draw.choice(CERTIFICATES) if draw.random() < 0.5 else None
        yield Task(
            f"t{number}",
            f"s{draw.randrange(sites)}",
            f"place{draw.randrange(6)}",
            choices[-1],
            _midnight(due) + timedelta(hours=hour) if timed else _midnight(due - back),
            due_at,
            draw.choice(MINUTES),
            people=2 if draw.random() < 0.1 else 1,
            roles=() if held else (draw.choice(ROLES),),
            qualifications=(held,) if held else (),
            excluded=frozenset({f"p{draw.randrange(people)}"} if draw.random() < 0.05 else ()),
            priority=draw.choices((0, 1, 2), (5, 3, 2))[0],
            rule=f"rule{number % 40}",
            days=choices[:-1],
        )


def _midnight(day: int) -> datetime:
    first = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
    return first + timedelta(days=day)


def _scaled(
    tasks: tuple[Task, ...], workers: tuple[Worker, ...], days: int, load: float
) -> tuple[Task, ...]:
    """Scale the minutes so that all work takes the part *load* of all time."""
    had = sum(
        available_minutes(worker, FIRST_DAY + timedelta(days=day))
        for worker in workers
        for day in range(days)
    )
    asked = sum(task.minutes * task.people for task in tasks)
    factor = load * had / max(1, asked)
    return tuple(replace(task, minutes=max(1, round(task.minutes * factor))) for task in tasks)


def _text(words: str) -> Text:
    return Text(zh=words, en=words)


class Watch:
    """
    Seconds that pass, and those that the processor works: these no busy machine stretches.

    Processes that were begun and have ended meanwhile count as well.
    """

    def __init__(self) -> None:
        self._began = (time.perf_counter(), _worked())

    def stopped(self) -> tuple[float, float]:
        passed, worked = self._began
        return time.perf_counter() - passed, _worked() - worked


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _gigabytes(processes: int) -> float:
    """Return the most memory used: of this process, and of each other as much as the largest."""
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if processes > 1 else 0
    return (mine + processes * others) / 2**20


def told(
    name: str, problem: AssignmentProblem, plan: AssignmentPlan, watch: Watch, *, processes: int = 1
) -> None:
    """Print one line about a plan, judged without the solver that made it."""
    seconds, worked = watch.stopped()
    cost = cost_of(problem, plan)
    row = {
        "plan": name,
        "tasks": len(problem.tasks),
        "people": len(problem.workers),
        "seconds": round(seconds, 1),
        "worked": round(worked, 1),
        "uncovered": cost.uncovered,
        "cut_short": plan.cut_short,
        "burden": cost.burden,
        "points": cost.points,
        "violations": len(violations(problem, plan)),
        "gigabytes": round(_gigabytes(processes), 2),
    }
    print(json.dumps({**row, **_proof(problem, plan, cost)}), flush=True)


def _proof(problem: AssignmentProblem, plan: AssignmentPlan, cost: Cost) -> dict[str, object]:
    """
    Return what is proved: how much of its points any other plan could save at most.

    Tasks that nobody may do are left out of both sides. The gap of the burden is the one over all
    plans that cover the same tasks.
    """
    if plan.bound is None or plan.gap is None:
        return {}
    lost = {each.task for each in plan.uncovered}
    same = replace(problem, tasks=tuple(task for task in problem.tasks if task.id not in lost))
    flow = cheapest_flow(same)
    least = lower_bound(same, flow.prices) if flow else 0
    return {
        "nobody_may": len(hopeless(Book(problem), problem.tasks)),
        "bound": plan.bound,
        "gap_percent": round(100 * plan.gap, 3),
        "burden_gap_percent": round(100 * (cost.burden - least) / max(1, cost.burden), 3),
    }


def main() -> None:
    """Plan with the engine and, where asked, with plain CP-SAT; one line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--load", type=float, default=0.8)
    parser.add_argument("--seconds", type=float, default=45)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--plain", type=float, default=60, help="seconds of CP-SAT; 0: none")
    asked = parser.parse_args()
    problem = generated(
        tasks=asked.tasks,
        people=asked.people,
        days=asked.days,
        load=asked.load,
        seed=asked.seed,
    )
    watch = Watch()
    means = Means(processes=asked.processes)
    plan = assign(problem, seconds=asked.seconds, seed=asked.seed, means=means)
    told("engine", problem, plan, watch, processes=asked.processes)
    if asked.plain:
        watch = Watch()
        plain, booleans = plain_plan(problem, asked.plain)
        told(f"plain CP-SAT, {booleans:,} Booleans", problem, plain, watch)


if __name__ == "__main__":
    main()
