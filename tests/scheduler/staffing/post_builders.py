"""Small posts to be staffed, and the least staff for them found by trying every roster."""

from datetime import timedelta
from itertools import combinations, product

from rules.organisation.model import Certificate
from scheduler.assignment.problem import Worker
from scheduler.roster.audit import violations
from scheduler.roster.problem import Roster, RosterProblem
from scheduler.staffing.problem import StaffingProblem
from tests.scheduler.roster.builders import MONDAY, person, post


def posts_of(posts, people, days=7):
    return RosterProblem(
        MONDAY, MONDAY + timedelta(days=days - 1), "Asia/Shanghai", tuple(posts), tuple(people)
    )


def staffing_of_posts(posts, people, *, tasks=(), days=7):
    """Return the question, with the same people at checks and at posts."""
    workers = tuple(
        Worker(one.id, one.name, one.sites, one.roles, one.qualifications) for one in people
    )
    return StaffingProblem(tuple(tasks), workers, posts=posts_of(posts, people, days))


def guards(count, **changes):
    return [person(f"g{number}", **changes) for number in range(count)]


def until(kind, last):
    return Certificate.model_validate({"kind": kind, "from": MONDAY, "until": last})


def fewest_empty_by_trying(problem):
    """Return how few places the people of the problem leave empty, by trying every roster."""
    shifts = [(each.id, shift.code) for each in problem.posts for shift in each.shifts]
    wanted = {(each.id, shift.code): shift.minimum for each in problem.posts
              for shift in each.shifts}  # fmt: skip
    days = [
        problem.since + timedelta(days=n) for n in range((problem.until - problem.since).days + 1)
    ]
    rows = [list(_rows(problem, one, days, shifts)) for one in problem.people]
    best = len(days) * sum(wanted.values())
    for chosen in product(*rows):
        empty = 0
        for number in range(len(days)):
            stood = [row[number] for row in chosen]
            empty += sum(max(0, need - stood.count(cell)) for cell, need in wanted.items())
        best = min(best, empty)
    return best


def fewest_people_by_trying(problem):
    """Return how few of the people fill every place, if any do."""
    for size in range(len(problem.people) + 1):
        for some in combinations(problem.people, size):
            if fewest_empty_by_trying(_of(problem, some)) == 0:
                return size
    return None


def _of(problem, people):
    return RosterProblem(
        problem.since, problem.until, problem.time_zone, problem.posts, tuple(people)
    )


def _rows(problem, one, days, shifts):
    """Yield every row that the audit allows one person."""
    alone = _of(problem, [one])
    for row in product([None, *shifts], repeat=len(days)):
        cells = {(one.id, day): cell for day, cell in zip(days, row, strict=True)}
        found = violations(alone, Roster(cells, (), "best-found"))
        if all(each.code == "wrong-uncovered" for each in found):
            yield row


__all__ = [
    "fewest_empty_by_trying",
    "fewest_people_by_trying",
    "guards",
    "person",
    "post",
    "posts_of",
    "staffing_of_posts",
    "until",
]
