"""Local search on one roster: construction, completion and cycles of cooling."""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import OFF, Cells, CoreProblem
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.search.local import construct, count, empty_standing, improve

# Of the median cost of a person too few; a cycle cools from the first to the second.
_HOT, _COLD = 0.08, 0.004
_FIRST_CYCLE, _CYCLE_GROWTH = 0.1, 1.5
_REHEAT = 0.4
_RUNS_A_ROUND = 2.5


class LocalSearch:
    """A roster that is taken apart and put together again, row by row."""

    def __init__(self, problem: CoreProblem, pricer: Pricer, effort: Effort, seed: int) -> None:
        self.problem = problem
        self.pricer = pricer
        self.effort = effort
        self.random = np.random.default_rng(seed)
        people = len(problem.employees)
        self.everyone = np.arange(people)
        self.standing = empty_standing(people, problem.days, len(problem.shifts))
        self.best = np.empty_like(self.standing.cells)
        under = problem.under[problem.under > 0]
        self.weight = float(np.median(under)) if len(under) else 1.0
        self.cycle = [0.0, _FIRST_CYCLE]
        self.top = _HOT

    def complete(self, cells: Cells, members: NDArray[np.int64]) -> int | None:
        """
        Give the *members* rows one after another, the other rows standing.

        Returns:
            Nothing, or the number of an employee for whom there is no legal row.
        """
        self._stand(cells, members)
        order = self.random.permutation(members)
        tables, demand, scratch = self.pricer.tables, self.pricer.demand, self.pricer.scratch
        failed = int(construct(tables, demand, scratch, self.standing, order, self._seed()))
        self.effort.count(self.pricer.steps_each * len(members))
        self.best[:] = self.standing.cells
        return None if failed < 0 else failed

    def adopt(self, cells: Cells) -> None:
        """Go on from this roster; it is the best as well until a better one is found."""
        self._stand(cells, self.everyone[:0])
        self.best[:] = cells

    def chunk(self, rounds: int) -> Cells:
        """Improve by so many rounds at the heat that the cycle has reached; return the best."""
        share = self.effort.share()
        begin, length = self.cycle
        if share >= begin + length:
            self.cycle = [begin + length, length * _CYCLE_GROWTH]
            self.top = _HOT * _REHEAT
            self.adopt(self.best)
            begin, length = self.cycle
        phase = min(1.0, max(0.0, (share - begin) / length))
        return self.improve_at(rounds, self.top * (_COLD / self.top) ** phase)

    def improve_at(self, rounds: int, heat: float) -> Cells:
        """Improve by so many rounds at one heat, a share of the usual cost of a gap."""
        pricer = self.pricer
        improve(
            pricer.tables,
            pricer.demand,
            pricer.scratch,
            self.standing,
            self.best,
            self.everyone,
            rounds,
            heat * self.weight,
            self._seed(),
        )
        self.effort.count(self.steps_a_round() * rounds)
        return self.best

    def steps_a_round(self) -> float:
        """Return the work of a round."""
        return self.pricer.steps_each * _RUNS_A_ROUND

    def _stand(self, cells: Cells, members: NDArray[np.int64]) -> None:
        self.standing.cells[:] = cells
        self.standing.cells[members] = OFF
        self.standing.cover[:] = 0
        for e in self.everyone:
            count(self.standing, e, 1)

    def _seed(self) -> int:
        return int(self.random.integers(1 << 31))
