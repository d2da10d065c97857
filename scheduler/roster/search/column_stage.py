"""What a solver process does with the linear program: dives and choices among columns."""

import numpy as np

from scheduler.roster.columns.dive import Dive, Dived, DivePlan
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
# One row is settled at a time for so many employees.
_ROWS_AT_A_TIME = 40
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
        self.dives, self.next_choice, self.wait = 0, 1, 1

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
        """Dive and plan parts anew by turns, as much effort for the one as for the other."""
        worker, effort = self.worker, self.worker.effort
        is_first = not worker.columns_came
        while not worker.is_done():
            began = effort.share()
            self._dive_whole(is_first=is_first)
            is_first = False
            self._choose_at_times()
            parts_until = effort.share() + (effort.share() - began)
            while effort.share() < parts_until and not worker.is_done():
                self.parts.step()

    def _dive_whole(self, *, is_first: bool) -> None:
        """Dive; the first dive is told of by half of the effort and then goes on."""
        worker = self.worker
        batch = max(1, len(self.problem.employees) // _ROWS_AT_A_TIME)
        upper = worker.best_cost - 0.5
        plan = DivePlan(upper, batch, _SKIP, ends_by=_LAST_DIVE_BY)
        if is_first:
            plan = DivePlan(upper, batch, insists=True, ends_by=_FIRST_DIVE_BY)
        dive = Dive(self.root, plan, worker.random)
        dived = dive.run()
        if is_first:
            self._finish(dived)
            if len(dived.open_members) and not dived.is_hopeless:
                upper = worker.best_cost - 0.5
                dived = dive.go_on(DivePlan(upper, batch, insists=True, ends_by=_LAST_DIVE_BY))
                self._finish(dived)
        elif not dived.is_hopeless:
            self._finish(dived)

    def _finish(self, dived: Dived) -> None:
        """Give those left open a row, polish and offer the result."""
        if self.worker.local.complete(dived.cells, dived.open_members) is None:
            self.worker.offer(self.worker.local.best)
            self._polish()

    def _choose_at_times(self) -> None:
        """Choose among the columns; ever more seldom while that finds nothing."""
        self.dives += 1
        if self.dives < self.next_choice:
            return
        before = self.worker.best_cost
        self._choose()
        self.wait = 1 if self.worker.best_cost < before else 2 * self.wait
        self.next_choice = self.dives + self.wait

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
