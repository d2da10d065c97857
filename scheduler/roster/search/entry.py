"""Where a solver process begins: it loads the machine code, which its parent never needs."""

from multiprocessing.connection import Connection

from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.effort import Effort
from scheduler.roster.search.messages import Role


def work(link: Connection, problem: CoreProblem, role: Role, seed: int, ends_at: float) -> None:
    """Run one process by the clock of the parent; the entry point of a spawned child."""
    _run(link, problem, Effort(ends_at), seed, role)


def work_steps(
    link: Connection, problem: CoreProblem, steps: int, seed: int, ends_at: float
) -> None:
    """Run one process by counted steps; the entry point of a spawned child."""
    _run(link, problem, Effort(ends_at, steps), seed, "alone")


def _run(link: Connection, problem: CoreProblem, effort: Effort, seed: int, role: Role) -> None:
    from scheduler.roster.search.worker import Worker

    Worker(link, problem, effort, seed).run(role)
