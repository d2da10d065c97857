"""Every plan of a tiny problem, to compare with: no solver, no search, just all of them."""

from itertools import combinations, product

from rules.text import Text
from scheduler.assignment.audit import violations
from scheduler.assignment.problem import Assigned, AssignmentPlan, Uncovered

NOTHING = Text(zh="-", en="-")


def every_plan(problem):
    """Yield all plans that the audit lets pass."""
    choices = [list(_choices(problem, task)) for task in problem.tasks]
    for chosen in product(*choices):
        plan = AssignmentPlan(
            tuple(one for one in chosen if isinstance(one, Assigned)),
            tuple(one for one in chosen if isinstance(one, Uncovered)),
        )
        if not violations(problem, plan):
            yield plan


def _choices(problem, task):
    yield Uncovered(task.id, "mixed", NOTHING)
    names = [worker.id for worker in problem.workers]
    for day in task.choices:
        for people in combinations(names, task.people):
            yield Assigned(task.id, people, NOTHING, day)
