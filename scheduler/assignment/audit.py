"""
Check a plan against the rules without any solver, before anyone sees it.

What is guaranteed about time: nobody has more minutes in a day than theirs; and for tasks with a
window of a day or less, in every span of the clock nobody has more work that must lie in it than
it has minutes (on a roster: minutes on shift), so that one person can do the work one after
another, interrupting where need be. Tasks with longer windows are held by the daily minutes alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.assignment.eligibility import stopped_by
from scheduler.assignment.load import Job, overload
from scheduler.assignment.problem import (
    Assigned,
    AssignmentPlan,
    AssignmentProblem,
    Task,
    Worker,
)
from scheduler.assignment.wording import stop_text


@dataclass(frozen=True)
class Violation:
    """
    One broken rule of a plan.

    Attributes:
        code: A hard rule's code, or `lost`, `twice`, `wrong-site`, `wrong-day`, `wrong-number`,
            `unknown-person`, `pin-moved`.
        task: The task, where it is one task's fault.
    """

    code: str
    text: Text
    person: str | None = None
    task: str | None = None


def violations(problem: AssignmentProblem, plan: AssignmentPlan) -> tuple[Violation, ...]:
    """Return every rule that the plan breaks; none for a sound plan."""
    return (
        *_completeness(problem, plan),
        *_each_task(problem, plan),
        *_minutes(problem, plan),
        *_clock(problem, plan),
    )


def _completeness(problem: AssignmentProblem, plan: AssignmentPlan) -> Iterator[Violation]:
    """Every task is either assigned or uncovered, once; pins stand."""
    seen = Counter([a.task for a in plan.assignments] + [u.task for u in plan.uncovered])
    for task in problem.tasks:
        if not seen[task.id]:
            yield _of_task(
                "lost", task, "既没有派人也没有列为未覆盖", "is neither assigned nor uncovered"
            )
        if seen[task.id] > 1:
            yield _of_task("twice", task, "出现两次", "appears twice")
    people = {assigned.task: assigned.people for assigned in plan.assignments}
    known = {worker.id for worker in problem.workers}
    for task in problem.tasks:
        pin = problem.fixed.get(task.id)
        if pin is not None and people.get(task.id) != tuple(p for p in pin if p in known):
            yield _of_task("pin-moved", task, "已定人员被改动", "was settled and has been changed")


def _each_task(problem: AssignmentProblem, plan: AssignmentPlan) -> Iterator[Violation]:
    tasks = {task.id: task for task in problem.tasks}
    workers = {worker.id: worker for worker in problem.workers}
    for assigned in plan.assignments:
        task = tasks[assigned.task]
        if assigned.day not in task.choices and task.id not in problem.fixed:
            yield _of_task("wrong-day", task, "不在允许的日期", "is planned on a day not allowed")
        if len(set(assigned.people)) != task.people and task.id not in problem.fixed:
            yield _of_task("wrong-number", task, "人数不对", "has the wrong number of people")
        for person in assigned.people:
            if person not in workers:
                yield _of_task("unknown-person", task, "派给了不存在的人", "has an unknown person")
            else:
                yield from _person(problem, assigned, task, workers[person])


def _person(
    problem: AssignmentProblem, assigned: Assigned, task: Task, worker: Worker
) -> Iterator[Violation]:
    if task.site not in worker.sites:
        text = Text(zh=f"{worker.name.zh}不属于该场所", en=f"{worker.name.en} is not of the site")
        yield Violation("wrong-site", text, worker.id, task.id)
    code = stopped_by(task, worker, assigned.day)
    if code:
        why = stop_text(code, task, problem.titles)
        text = Text(
            zh=f"任务 {task.id}：{worker.name.zh}{why.zh}",
            en=f"Task {task.id}: {worker.name.en} is {why.en}",
        )
        yield Violation(code, text, worker.id, task.id)


def _minutes(problem: AssignmentProblem, plan: AssignmentPlan) -> Iterator[Violation]:
    tasks = {task.id: task for task in problem.tasks}
    used: dict[tuple[str, date], int] = {}
    for assigned in plan.assignments:
        for person in assigned.people:
            before = used.get((person, assigned.day), problem.spent.get((person, assigned.day), 0))
            used[person, assigned.day] = before + tasks[assigned.task].minutes
    workers = {worker.id: worker for worker in problem.workers}
    for (person, day), minutes in used.items():
        if person in workers and minutes > workers[person].minutes_per_day:
            name, most = workers[person].name, workers[person].minutes_per_day
            text = Text(
                zh=f"{name.zh} {day} 排了 {minutes} 分钟，超过 {most} 分钟",
                en=f"{name.en} has {minutes} minutes on {day}, more than {most}",
            )
            yield Violation("capacity", text, person)


def _clock(problem: AssignmentProblem, plan: AssignmentPlan) -> Iterator[Violation]:
    tasks = {task.id: task for task in problem.tasks}
    jobs: dict[str, list[Job]] = defaultdict(list)
    for assigned in plan.assignments:
        task = tasks[assigned.task]
        for person in assigned.people if task.is_timed else ():
            jobs[person].append(Job(*task.window, task.minutes))
    for worker in problem.workers:
        present = None if worker.presence is None else worker.present_minutes
        found = overload(jobs[worker.id], present)
        if found:
            text = Text(
                zh=f"{worker.name.zh}在 {found.room} 分钟内须做 {found.needed} 分钟的任务",
                en=f"{worker.name.en} has {found.needed} minutes of tasks in {found.room} minutes",
            )
            yield Violation("overlap", text, worker.id)


def _of_task(code: str, task: Task, zh: str, en: str) -> Violation:
    return Violation(code, Text(zh=f"任务 {task.id} {zh}", en=f"Task {task.id} {en}"), task=task.id)
