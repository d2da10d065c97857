"""Groups of sites that share nobody: each is settled by itself, and the answers are added up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.assignment.clusters import clusters
from scheduler.assignment.problem import AssignmentPlan
from scheduler.roster.problem import Roster, RosterProblem
from scheduler.staffing.problem import Cost, Least, StaffingProblem

NOTHING = Cost(0, 0, 0, 0, 0)


def parts(problem: StaffingProblem) -> Iterator[StaffingProblem]:
    """Yield the work of sites that share people, with the people of these sites."""
    posts = problem.posts.posts if problem.posts else ()
    sites = sorted({task.site for task in problem.tasks} | {post.site for post in posts})
    for cluster in clusters(sites, (worker.sites for worker in problem.workers)):
        here = set(cluster)
        tasks = tuple(task for task in problem.tasks if task.site in here)
        workers = tuple(one for one in problem.workers if not here.isdisjoint(one.sites))
        part = problem.posts and _posts_at(problem.posts, here)
        yield replace(problem, tasks=tasks, workers=workers, posts=part)


def together(problem: StaffingProblem, found: Sequence[Least]) -> Least:
    """Return what was found for the parts as one answer."""
    order = {task.id: number for number, task in enumerate(problem.tasks)}
    assigned = (each for one in found for each in one.plan.assignments)
    uncovered = (each for one in found for each in one.plan.uncovered)
    return Least(
        staff=tuple(each for one in found for each in one.staff),
        cost=summed(one.cost for one in found),
        bound=summed(one.bound for one in found),
        impossible=tuple(each for one in found for each in one.impossible),
        plan=AssignmentPlan(
            tuple(sorted(assigned, key=lambda each: order[each.task])),
            tuple(sorted(uncovered, key=lambda each: order[each.task])),
        ),
        roster=Roster(
            {key: cell for one in found for key, cell in one.roster.cells.items()},
            tuple(each for one in found for each in one.roster.uncovered),
            "best-found",
        ),
        closed=tuple(each for one in found for each in one.closed),
        gaps=tuple(each for one in found for each in one.gaps),
        cut_short=any(one.cut_short for one in found),
    )


def summed(costs: Iterable[Cost]) -> Cost:
    """Add up costs, figure by figure."""
    figures = zip(NOTHING, *costs, strict=True)
    return Cost(*(sum(column) for column in figures))


def _posts_at(posts: RosterProblem, here: set[str]) -> RosterProblem | None:
    mine = tuple(post for post in posts.posts if post.site in here)
    people = tuple(one for one in posts.people if not here.isdisjoint(one.sites))
    return replace(posts, posts=mine, people=people) if mine else None
