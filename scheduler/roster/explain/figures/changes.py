"""What could be changed about kinds of rules of every employee, or about their number."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from rules.text import Text
from scheduler.roster.core.problem import FREE, CoreProblem, Employee
from scheduler.roster.explain.figures.rules import Kind


def changes_of_figures(
    problem: CoreProblem, kinds: Sequence[Kind]
) -> Iterator[tuple[Text, CoreProblem]]:
    """Yield a step of each kind, then one and two more people; each with the problem after it."""
    longest = max(shift.minutes for shift in problem.shifts)
    if "minutes-max" in kinds:
        text = Text(
            zh=f"每人工时上限加 {longest} 分钟", en=f"raise each maximum by {longest} minutes"
        )
        yield text, _each(problem, lambda one: replace(one, minutes_max=one.minutes_max + longest))
    if "weekends-max" in kinds:
        text = Text(zh="每人多排 1 个周末", en="let each work one more weekend")
        yield text, _each(problem, lambda one: replace(one, weekends_max=one.weekends_max + 1))
    if "run-max" in kinds:
        text = Text(zh="连续上班上限加 1 天", en="let each work one more day in a row")
        yield text, _each(problem, lambda one: replace(one, run_max=one.run_max + 1))
    if "shift-max" in kinds:
        text = Text(zh="每人各班次上限加 1 次", en="raise each maximum of a shift by one")
        yield text, _each(problem, _one_more_of_each)
    if "minutes-min" in kinds:
        text = Text(
            zh=f"每人工时下限减 {longest} 分钟", en=f"lower each minimum by {longest} minutes"
        )
        yield text, _each(problem, lambda one: replace(one, minutes_min=one.minutes_min - longest))
    if "run-min" in kinds:
        text = Text(zh="连续上班下限减 1 天", en="let each work one day fewer in a row")
        yield text, _each(problem, lambda one: replace(one, run_min=max(1, one.run_min - 1)))
    if "rest-min" in kinds:
        text = Text(zh="连续休息下限减 1 天", en="let each have one day off fewer in a row")
        yield text, _each(problem, lambda one: replace(one, rest_min=max(1, one.rest_min - 1)))
    if "day-off" in kinds:
        text = Text(zh="请休假的人到岗", en="ask those who are off to come in")
        yield text, replace(problem, days_off=np.zeros_like(problem.days_off))
    for number in (1, 2):
        yield _hired(problem, number)


def _one_more_of_each(one: Employee) -> Employee:
    return replace(one, shift_max=tuple(most + 1 for most in one.shift_max))


def _each(problem: CoreProblem, change: Callable[[Employee], Employee]) -> CoreProblem:
    return replace(problem, employees=tuple(map(change, problem.employees)))


def _hired(problem: CoreProblem, number: int) -> tuple[Text, CoreProblem]:
    """Return the problem with more people who keep to nobody's days off and work every shift."""
    first = problem.employees[0]
    anything = tuple(
        max(one.shift_max[s] for one in problem.employees) for s in range(len(problem.shifts))
    )
    people = problem.employees
    new = tuple(replace(first, id=f"+{n}", shift_max=anything) for n in range(1, number + 1))
    text = Text(zh=f"增加 {number} 名可上各班次的人员", en=f"add {number} who can work every shift")
    rows = [(0, number), (0, 0)]
    changed = replace(
        problem,
        employees=(*people, *new),
        days_off=np.pad(problem.days_off, rows),
        pins=np.pad(problem.pins, rows, constant_values=FREE),
        requests=np.pad(problem.requests, [*rows, (0, 0)]),
    )
    return text, changed
