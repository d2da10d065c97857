"""What a solver process does where the whole is too large: it plans part after part anew."""

from collections.abc import Iterator

import numpy as np

from scheduler.roster.columns.relaxation import Relaxation
from scheduler.roster.search.messages import Role
from scheduler.roster.search.parts import Part
from scheduler.roster.search.worker import Worker

# Weeks of a part. Local search takes long ones, columns short ones of fewer employees.
_SWEEPS = (4, 8, 13)
_LONG_WEEKS = (8, 13, 26)
_COLUMN_WEEKS = (1, 2, 4, 8)
_HEATS = (0.08, 0.04, 0.02, 0.01, 0.005)
_MILD_HEATS = (0.02, 0.01, 0.005)
_BY_COLUMNS = 0.75
# Employees times days of a part for columns; follows what the parts before took in steps.
_FIRST_SIZE, _SMALLEST_SIZE, _LARGEST_SIZE = 800.0, 150.0, 6000.0
_QUICK, _SLOW = 6_000.0, 12_000.0
# The whole horizon at once, to move work between distant weeks: at most so much of what is left.
_WHOLE_SHARE = 0.04
# Of the whole effort of one process, for a bound.
_BOUND_SHARE = 0.06


class WindowStage:
    """Improves the best roster window by window, over and over."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.days = worker.problem.days
        self.people = len(worker.problem.employees)
        self.size = _FIRST_SIZE
        self.waits = False

    def run(self, role: Role) -> None:
        """
        Work until the effort is over, or another process hands over columns to the search.

        Of two processes one begins at the end of the horizon.
        """
        self.waits = role == "search"
        backwards = role == "columns"
        if self.worker.is_long():
            for weeks in _SWEEPS:
                self._sweep(weeks, backwards=backwards)
                self._anneal_whole()
                if weeks == _SWEEPS[0] and role != "search":
                    self._bound()
        while self._goes_on():
            self.step()

    def _goes_on(self) -> bool:
        self.worker.listen()
        return not self.worker.is_done() and not (self.waits and self.worker.columns_came)

    def step(self) -> None:
        """Plan one part anew, mostly by columns."""
        if not self.worker.is_long() or self.worker.random.random() < _BY_COLUMNS:
            self._replan_some()
        elif self.worker.random.random() < 0.5:
            weeks = int(self.worker.random.choice(_LONG_WEEKS))
            self._part(self._some_monday(weeks), weeks).anneal(_MILD_HEATS)
        else:
            self._anneal_whole()

    def _bound(self) -> None:
        """Prove what no roster costs less than, for a small share of the effort."""
        worker = self.worker
        relaxed = Relaxation(worker.problem, worker.local.pricer, worker.effort)
        until = worker.effort.share() + _BOUND_SHARE
        worker.tell_bound(relaxed.tighten(worker.best_cost, until=until))

    def _sweep(self, weeks: int, *, backwards: bool) -> None:
        firsts = list(self._half_overlapping(weeks))
        for first in reversed(firsts) if backwards else firsts:
            if not self._goes_on():
                return
            self._part(first, weeks).anneal(_HEATS if weeks == _SWEEPS[0] else _MILD_HEATS)

    def _half_overlapping(self, weeks: int) -> Iterator[int]:
        yield from range(0, max(1, self.days - 7 * weeks + 1), 7 * (weeks // 2))
        # The last weeks, where the step does not meet the end.
        yield self._last_monday(weeks)

    def _last_monday(self, weeks: int) -> int:
        return 7 * max(0, -(-self.days // 7) - weeks)

    def _some_monday(self, weeks: int) -> int:
        return int(self.worker.random.integers(0, self._last_monday(weeks) + 7)) // 7 * 7

    def _part(self, first: int, weeks: int) -> Part:
        best = self.worker.known_best().copy()
        return Part(self.worker, best, first, min(self.days, first + 7 * weeks))

    def _replan_some(self) -> None:
        """Plan some weeks of some employees anew, as many as are not too slow."""
        random, effort = self.worker.random, self.worker.effort
        shortest = 1 if self.days <= 28 else 2
        fitting = [w for w in _COLUMN_WEEKS if shortest <= w <= max(shortest, self.days // 7)]
        weeks = int(random.choice(fitting))
        most = min(self.people, max(2, int(self.size / (7 * weeks))))
        count = max(2, int(most * random.uniform(0.5, 1.0))) if most < self.people else most
        members = np.sort(random.choice(self.people, min(count, self.people), replace=False))
        before = effort.done
        self._part(self._some_monday(weeks), weeks).replan(members)
        taken = effort.done - before
        if taken > _SLOW:
            self.size = max(_SMALLEST_SIZE, self.size * 0.9)
        elif taken < _QUICK:
            self.size = min(_LARGEST_SIZE, self.size * 1.05)

    def _anneal_whole(self) -> None:
        """Replan pairs of employees over the whole horizon, if that is not too slow."""
        worker, local = self.worker, self.worker.local
        share = _WHOLE_SHARE * worker.effort.steps_left()
        rounds = min(2 * self.people, int(share / local.steps_a_round()))
        if rounds > 0 and not worker.is_done():
            local.adopt(worker.known_best())
            worker.offer(local.improve_at(rounds, _MILD_HEATS[0]))
            worker.listen()
