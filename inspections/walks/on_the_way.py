"""Minutes that people are on the way at the least, by the plan as it stands."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from scheduler.assignment.problem import AssignmentProblem
from scheduler.walks.least_way import least_way
from scheduler.walks.ways import Point, Ways


def minutes_on_the_way(problem: AssignmentProblem, ways: Ways) -> Mapping[tuple[str, date], int]:
    """Return minutes by person and planned day of the last plan; days without any are left out."""
    points: defaultdict[tuple[str, date], set[Point]] = defaultdict(set)
    for task in problem.tasks:
        on = problem.planned_on.get(task.id, task.day)
        for person in problem.fixed.get(task.id) or problem.previous.get(task.id, ()):
            points[person, on].add(Point(task.site, task.place))
    found = ((key, least_way(mine, ways)) for key, mine in points.items())
    return {key: minutes for key, minutes in found if minutes}
