"""What a solver process does with the linear program: dives, partial dives and a last choice."""

import numpy as np

from scheduler.roster.columns.dive import Dive, DivePlan
from scheduler.roster.columns.generation import Generation
from scheduler.roster.columns.residual import residual, whole
from scheduler.roster.columns.restricted import Restricted
from scheduler.roster.core.problem import Cells
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_pricing
from scheduler.roster.search.messages import Columns
from scheduler.roster.search.worker import Worker

_COLUMNS_SENT = 6000
_CHOICE = 1500
_SHORTEST_POLISH = 40
_POLISH_HEATS = (0.02, 0.01, 0.005)
# Dives of the whole roster come first; then every other one plans only some employees anew.
_WHOLE_DIVES_FIRST = 2
_PARTS = (0.25, 0.6)
# A program that has not converged by this share of the effort is too large to be dived from;
# small parts of the roster are planned anew instead.
_CONVERGED_BY = 0.4
_SMALL_PARTS = (0.08, 0.25)
_SKIP = 0.25


class ColumnStage:
    """Solves the linear program of the whole roster and dives from it, again and again."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.problem = worker.problem
        pricer = Pricer(worker.problem, limits_for_pricing(worker.problem))
        self.root = Generation(
            whole(worker.problem), pricer, worker.pool, worker.effort, self._watch
        )

    def run(self) -> None:
        """Work until the effort is over or the best roster is proved."""
        worker, root = self.worker, self.root
        if worker.best is not None:
            root.add(worker.local.everyone, worker.best)
        root.add(worker.pool.employees, worker.pool.rows)
        root.run()
        worker.tell_bound(root.bound)
        if root.converged:
            self._send_columns()
            self._dive_again_and_again()
        while not worker.is_done():
            self._dive_in_part(_SMALL_PARTS)

    def _dive_again_and_again(self) -> None:
        worker, dives = self.worker, 0
        while not worker.is_done():
            if dives >= _WHOLE_DIVES_FIRST and worker.random.random() < 0.5:
                self._dive_in_part(_PARTS)
            else:
                self._dive_whole(is_first=dives == 0 and not worker.columns_came)
            self._choose()
            dives += 1

    def _dive_whole(self, *, is_first: bool) -> None:
        people = len(self.problem.employees)
        upper = self.worker.best_cost - 0.5
        batch = max(1, people // (20 if is_first else 40))
        self._dive(self.root, DivePlan(upper, batch, 0.0 if is_first else _SKIP))

    def _dive(self, root: Generation, plan: DivePlan, *, around: Cells | None = None) -> None:
        """Dive, give those left open a row, polish and offer the result."""
        worker = self.worker
        dive = Dive(root, plan, worker.random)
        if around is not None:
            dive.start_from(around)
        dived = dive.run()
        if worker.local.complete(dived.cells, dived.open_members) is None:
            worker.offer(worker.local.best)
            self._polish()

    def _polish(self) -> None:
        rounds = max(_SHORTEST_POLISH, len(self.problem.employees))
        for heat in np.repeat(_POLISH_HEATS, 3):
            if self.worker.is_done():
                return
            self.worker.offer(self.worker.local.improve_at(rounds, float(heat)))
            self.worker.listen()

    def _dive_in_part(self, shares: tuple[float, float]) -> None:
        """Plan a share of the employees anew, the rows of the others standing."""
        worker = self.worker
        if worker.best is None:
            return
        people = len(self.problem.employees)
        size = min(people, max(2, int(people * worker.random.uniform(*shares))))
        members = np.sort(worker.random.choice(people, size, replace=False))
        around = worker.best.copy()
        base = residual(self.problem, around, members)
        pricer, effort = self.root.pricer, worker.effort
        part = Generation(base, pricer, worker.pool, effort, self._watch_part)
        part.add(members, around[members])
        part.run(rounds=25)
        if part.solution is None or part.solution.objective > worker.best_cost - 0.99:
            return
        self._dive(part, DivePlan(worker.best_cost - 0.5, gives_back=4), around=around)

    def _choose(self) -> None:
        """Let CP-SAT choose among the most promising rows of the pool."""
        worker, solution = self.worker, self.root.solution
        if worker.best is None or solution is None or worker.is_done():
            return
        gap = worker.best_cost - solution.objective
        employees, rows = worker.pool.employees, worker.pool.rows
        reduced = self.root.reduced(solution, employees, rows)
        near = np.flatnonzero(reduced <= max(gap, 1.0))
        near = near[np.argsort(reduced[near], kind="stable")[:_CHOICE]]
        employees = np.concatenate([worker.local.everyone, employees[near]])
        choice = Restricted(
            self.root.residual, employees, np.concatenate([worker.best, rows[near]])
        )
        seconds = min(1.0, worker.effort.seconds_left() / 4)
        chosen = choice.solve(seconds=seconds, seed=worker.seed)
        if chosen is not None:
            worker.offer(chosen)

    def _send_columns(self) -> None:
        """Hand the rows of the program over to the process that searches."""
        pool, solution = self.worker.pool, self.root.solution
        if solution is not None:
            reduced = self.root.reduced(solution, pool.employees, pool.rows)
            best = np.argsort(reduced, kind="stable")[:_COLUMNS_SENT]
            self.worker.tell(Columns(pool.employees[best], pool.rows[best]))

    def _watch(self, bound: float) -> bool:
        """Tell of the bound of the whole problem; return whether to stop."""
        self.worker.tell_bound(bound)
        is_late = self.worker.effort.share() > _CONVERGED_BY
        # Columns of another process's solved program need only a few more rounds.
        return self._watch_part(bound) or (is_late and not self.worker.columns_came)

    def _watch_part(self, _bound: float) -> bool:
        """Listen between two rounds on a part of the problem; return whether to stop."""
        self.worker.listen()
        return self.worker.is_done()
