"""What a solver process does with the linear program: dives and choices among columns."""

import numpy as np

from scheduler.roster.columns.dive import Dive, DivePlan
from scheduler.roster.columns.generation import Generation
from scheduler.roster.columns.residual import whole
from scheduler.roster.columns.restricted import Restricted
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_pricing
from scheduler.roster.search.messages import Columns
from scheduler.roster.search.window_stage import WindowStage
from scheduler.roster.search.worker import Worker

_COLUMNS_SENT = 6000
_CHOICE = 1500
_ROUNDING = 0.05
_SHORTEST_POLISH = 40
_POLISH_HEATS = (0.02, 0.01, 0.005)
# Dives of the whole roster come first; then every other one plans only some employees anew.
_WHOLE_DIVES_FIRST = 2
# A program that has not converged by this share of the effort is too large to be dived from;
# parts of the roster are planned anew instead.
_CONVERGED_BY = 0.35
_FIRST_DIVE_BY, _LAST_DIVE_BY = 0.5, 0.97
_SKIP = 0.25


class ColumnStage:
    """Solves the linear program of the whole roster and dives from it, again and again."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.problem = worker.problem
        self.parts = WindowStage(worker)
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
        self.parts.run("alone")

    def _dive_again_and_again(self) -> None:
        worker, dives = self.worker, 0
        while not worker.is_done():
            if dives >= _WHOLE_DIVES_FIRST and worker.random.random() < 0.5:
                self.parts.step()
            else:
                self._dive_whole(is_first=dives == 0 and not worker.columns_came)
            self._choose()
            dives += 1

    def _dive_whole(self, *, is_first: bool) -> None:
        """Dive, give those left open a row, polish and offer the result."""
        worker, people = self.worker, len(self.problem.employees)
        upper = worker.best_cost - 0.5
        if is_first:
            batch = max(1, people // 20)
            plan = DivePlan(upper, batch, insists=True, ends_by=_FIRST_DIVE_BY)
        else:
            batch = max(1, people // 40)
            plan = DivePlan(upper, batch, _SKIP, ends_by=_LAST_DIVE_BY)
        dived = Dive(self.root, plan, worker.random).run()
        if dived.is_hopeless and not is_first:
            return
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

    def _choose(self) -> None:
        """Let CP-SAT choose among the most promising rows of the pool."""
        worker, solution = self.worker, self.root.solution
        if worker.best is None or solution is None or worker.is_done():
            return
        # Costs are whole numbers: a cheaper roster has no row that costs more than this.
        dearest = worker.best_cost - 1 - solution.objective
        employees, rows = worker.pool.employees, worker.pool.rows
        reduced = self.root.reduced(solution, employees, rows)
        near = np.flatnonzero(reduced <= dearest + _ROUNDING)
        if not len(near):
            return
        near = near[np.argsort(reduced[near], kind="stable")[:_CHOICE]]
        employees = np.concatenate([worker.local.everyone, employees[near]])
        choice = Restricted(
            self.root.residual, employees, np.concatenate([worker.best, rows[near]])
        )
        chosen = choice.solve(effort=worker.effort, seed=worker.seed)
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
        self.worker.listen()
        # Columns of another process's solved program need only a few more rounds.
        return self.worker.is_done() or (is_late and not self.worker.columns_came)
