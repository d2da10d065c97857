"""Plans a part of the best roster anew: some weeks, and all or some of the employees."""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.columns.dive import Dive, DivePlan
from scheduler.roster.columns.generation import Generation
from scheduler.roster.columns.pool import Pool
from scheduler.roster.columns.residual import residual
from scheduler.roster.core.audit import row_violations
from scheduler.roster.core.cost import cost
from scheduler.roster.core.problem import Cells
from scheduler.roster.core.window import Window, window
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.search.annealing import LocalSearch
from scheduler.roster.search.worker import Worker

_ROUNDS = 25
_DIVES_GIVE_BACK = 4
_MEMBERS_A_BATCH = 15
_POLISH = (0.02, 0.01, 0.005)


class Part:
    """
    The days from *first* to before *last* of the best roster, all other days standing.

    Attributes:
        around: The best roster when this part was taken from it.
        now: What those days cost in it.
    """

    def __init__(self, worker: Worker, around: Cells, first: int, last: int) -> None:
        self.worker = worker
        self.around = around
        self.window: Window = window(worker.problem, around, first, last)
        self.cells = around[:, first:last].copy()
        self.now = cost(self.window.problem, self.cells)
        limits = limits_for_search(self.window.problem)
        self.pricer = Pricer(self.window.problem, limits, self.window.edges)
        seed = int(worker.random.integers(1 << 31))
        self.local = LocalSearch(self.window.problem, self.pricer, worker.effort, seed)

    def anneal(self, heats: tuple[float, ...]) -> None:
        """Improve the days by local search at one heat after the other, and offer the result."""
        self.local.adopt(self.cells)
        rounds = len(self.cells)
        for heat in heats:
            if self.worker.is_done():
                break
            self.local.improve_at(rounds, heat)
        self._offer(self.local.best)

    def replan(self, members: NDArray[np.int64]) -> None:
        """Plan the days of the *members* anew by columns, and offer the result if it is better."""
        base = residual(self.window.problem, self.cells, members)
        pool = Pool(self.window.problem.days)
        program = Generation(base, self.pricer, pool, self.worker.effort, self._watch)
        program.add(members, self.cells[members])
        program.run(rounds=_ROUNDS)
        # Costs are whole numbers: a program that costs hardly less leaves nothing to gain.
        if program.solution is None or program.solution.objective > self.now - 0.99:
            return
        batch = max(1, len(members) // _MEMBERS_A_BATCH)
        plan = DivePlan(self.now - 0.5, batch, gives_back=_DIVES_GIVE_BACK, insists=True)
        dive = Dive(program, plan, self.worker.random)
        dive.start_from(self.cells)
        dived = dive.run()
        if self.local.complete(dived.cells, dived.open_members) is None:
            for heat in _POLISH:
                self.local.improve_at(len(members), heat)
            self._offer(self.local.best)

    def _watch(self, _bound: float) -> bool:
        self.worker.listen()
        return self.worker.is_done()

    def _offer(self, cells: Cells) -> None:
        """Offer the roster with these days, put into what is the best by now."""
        if cost(self.window.problem, cells) >= self.now:
            return
        self.worker.listen()
        days = slice(self.window.first, self.window.last)
        own = self.around.copy()
        own[:, days] = cells
        best = self.worker.best
        if best is not None and not np.array_equal(best, self.around):
            self.worker.offer(self._joined(best, own, days))
        self.worker.offer(own)

    def _joined(self, best: Cells, own: Cells, days: slice) -> Cells:
        """Return *best* with the rows changed here changed as well, where that is legal."""
        joined = best.copy()
        for e in np.flatnonzero((own != self.around).any(axis=1)):
            row = best[e].copy()
            row[days] = own[e, days]
            if not row_violations(self.worker.problem, int(e), row):
                joined[e] = row
        return joined
