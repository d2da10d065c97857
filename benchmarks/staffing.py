"""
Find the least staff of generated rounds, beside plain CP-SAT in the same run; then who is missed.

Run: python -m benchmarks.staffing [--people 100] [--tasks 2000] [--sites 20] [--load 0.3]
     [--seed 0] [--seconds 60]

The rounds are those of `benchmarks.rounds` over 20 days: work that cannot wait and work that can,
certificates, roles, leave, a clock. One certificate in six ends in the middle. The staff found is
checked by a plan that the audit accepts. Plain CP-SAT is asked for less: one model of every task
and person, without clock, days that can wait, certificates to get or hires.
"""

import argparse
import json
import time
from dataclasses import replace
from datetime import timedelta

from ortools.sat.python import cp_model

from benchmarks.rounds import FIRST_DAY, generated
from rules.organisation.model import Certificate
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import AssignmentProblem, Worker
from scheduler.staffing.able import Able
from scheduler.staffing.absences import single_points
from scheduler.staffing.expiring import expiring
from scheduler.staffing.least import least_staff
from scheduler.staffing.problem import StaffingProblem


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=2_000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--load", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    size = {"people": asked.people, "tasks": asked.tasks, "sites": asked.sites, "days": 20}
    made = generated(**size, load=asked.load, seed=asked.seed)
    problem = StaffingProblem(made.tasks, tuple(_ending(each) for each in made.workers))
    _ours(problem, asked.seconds, asked.seed)
    _plain(problem, asked.seconds, asked.seed)


def _ending(worker: Worker) -> Worker:
    """Let one certificate in six end in the middle of the days."""
    if int(worker.id.removeprefix("p")) % 3:
        return worker
    first, *rest = worker.qualifications
    until = FIRST_DAY + timedelta(days=9)
    ended = Certificate.model_validate({"kind": first.kind, "from": first.since, "until": until})
    return replace(worker, qualifications=(ended, *rest))


def _ours(problem: StaffingProblem, seconds: float, seed: int) -> None:
    began = time.perf_counter()
    found = least_staff(problem, seconds=seconds, seed=seed)
    took = time.perf_counter() - began
    done = [task for task in problem.tasks if task.id not in set(found.impossible)]
    chosen = tuple(each.worker for each in found.staff)
    row = {
        "what": "least staff",
        "tasks": len(problem.tasks),
        "people_there": len(problem.workers),
        "seconds": round(took, 2),
        **found.cost._asdict(),
        "bound": list(found.bound),
        "proved": found.is_proved,
        "impossible": len(found.impossible),
        "violations": len(violations(AssignmentProblem(tuple(done), chosen), found.plan)),
    }
    print(json.dumps(row))
    for name, question in (("single points", single_points), ("certificates", expiring)):
        began = time.perf_counter()
        answer = question(problem)
        took = time.perf_counter() - began
        print(json.dumps({"what": name, "seconds": round(took, 2), "found": len(answer)}))


def _plain(problem: StaffingProblem, seconds: float, seed: int) -> None:
    """Ask for the fewest people in one model: daily minutes alone, no clock, no hires."""
    model = cp_model.CpModel()
    able = Able(problem.workers)
    there = {worker.id: model.new_bool_var("") for worker in problem.workers}
    loads: dict[tuple[str, object], list[tuple[cp_model.IntVar, int]]] = {}
    skipped = 0
    began = time.perf_counter()
    for task in problem.tasks:
        takes = []
        for person in able.on(task, task.day):
            take = model.new_bool_var("")
            model.add_implication(take, there[person])
            loads.setdefault((person, task.day), []).append((take, task.minutes))
            takes.append(take)
        if len(takes) < task.people:
            skipped += 1
        else:
            model.add(sum(takes) == task.people)
    for (person, _), parts in loads.items():
        model.add(sum(t * m for t, m in parts) <= able.workers[person].minutes_per_day)
    model.minimize(sum(there.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.perf_counter() - began))
    status = solver.solve(model)
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    row = {
        "what": "plain CP-SAT, without clock, certificates to get, days or hires",
        "seconds": round(time.perf_counter() - began, 2),
        "status": solver.status_name(status),
        "people": int(solver.objective_value) if solved else None,
        "bound": round(solver.best_objective_bound, 1),
        "left_out": skipped,
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
