"""
Parts of a large problem: sites whose people hardly serve others.

What a minute of a person is worth depends little on people far away, and so does what they should
do. So a problem of many sites is worked on part by part. For prices a part has a margin: around its
sites, those that share people with them. Prices are taken from the middle only. They are a little
less good than those of the whole, and the bound is right with any.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.assignment.problem import AssignmentProblem

# A network of so many tasks is solved in two or three seconds; of ten times as many in ten minutes.
MOST_TASKS = 8_000
_MARGIN = 2

Core = frozenset[str]
_Near = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Region:
    """
    Sites that are planned together.

    Attributes:
        core: Those whose prices count; every site is in one core.
        sites: The core with its margin.
    """

    core: Core
    sites: frozenset[str]


def regions(problem: AssignmentProblem, *, most: int = MOST_TASKS) -> list[Region]:
    """Return parts of *problem* of about *most* tasks; one where it is not much larger."""
    near = _neighbours(problem)
    return [Region(core, _widened(core, near)) for core in cores(problem, most=most)]


def cores(
    problem: AssignmentProblem, *, most: int = MOST_TASKS, first: int | None = None
) -> list[Core]:
    """
    Return the sites in parts of about *most* tasks; in one where there are not many more.

    Args:
        problem: Whose sites are cut.
        most: Tasks of a part; a part of one site may have more.
        first: The same for the first part, so that other sites stand at the edges.
    """
    tasks = Counter(task.site for task in problem.tasks)
    if len(problem.tasks) <= 2 * most:
        return [frozenset(tasks)]
    return list(_grown(_neighbours(problem), tasks, most, first or most))


def homes(problem: AssignmentProblem, found: Sequence[Core]) -> Mapping[str, int]:
    """Return for each person the number of the core in which most of their sites are."""
    core_of = {site: number for number, core in enumerate(found) for site in core}
    home: dict[str, int] = {}
    for worker in problem.workers:
        mine = Counter(core_of[site] for site in worker.sites if site in core_of)
        if mine:
            home[worker.id] = mine.most_common(1)[0][0]
    return home


def _neighbours(problem: AssignmentProblem) -> _Near:
    """Return for each site with tasks those that share people with it, itself among them."""
    found: dict[str, set[str]] = {task.site: {task.site} for task in problem.tasks}
    for link in {worker.sites for worker in problem.workers}:
        known = [site for site in link if site in found]
        for site in known:
            found[site].update(known)
    return {site: frozenset(others) for site, others in found.items()}


def _grown(near: _Near, tasks: Mapping[str, int], most: int, first: int) -> Iterator[Core]:
    """Grow one part after the other, each around a site at the edge of those before it."""
    left = set(near)
    starts = deque(sorted(near))
    room = first
    while left:
        core, edge = _one(starts, left, near, (tasks, room))
        yield frozenset(core)
        starts.extendleft(reversed(edge))
        room = most


def _one(
    starts: deque[str], left: set[str], near: _Near, size: tuple[Mapping[str, int], int]
) -> tuple[list[str], list[str]]:
    """Take sites out of *left*, neighbour by neighbour, until there is no room for the next."""
    tasks, room = size
    core: list[str] = []
    waiting: deque[str] = deque()
    while waiting or starts:
        site = (waiting or starts).popleft()
        if site not in left:
            continue
        if core and tasks[site] > room:
            waiting.appendleft(site)
            break
        left.remove(site)
        core.append(site)
        room -= tasks[site]
        waiting.extend(sorted(near[site] & left))
    return core, [site for site in waiting if site in left]


def _widened(core: Core, near: _Near) -> frozenset[str]:
    sites: Iterable[str] = core
    for _ in range(_MARGIN):
        sites = {other for site in sites for other in near[site]}
    return frozenset(sites)
