"""
A slow dive: settles one row after another and prices anew until the program has recovered.

What makes it work is patience: after each row settled, rows of the others are priced until the
program costs about what it did before; a row after which it does not recover is given back.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.columns.generation import Generation
from scheduler.roster.columns.residual import residual
from scheduler.roster.core.problem import OFF, Cells

_WHOLE = 0.95
_HALF = 0.5
_HURRIED = 0.2
# Costs are whole numbers: a rise below this one means nothing.
_NEGLIGIBLE = 0.5
_REPRICINGS = 15
_ROWS_KEPT_EACH = 80
_GENEROUS_REDUCED_COST = 40.0
# Programs a dive is parted into. A new one is smaller, but solved from nothing.
_PROGRAMS = 3
# Who will be this much late, in shares of the dive, is not hurried: that would spoil the last rows.
_GRACE = 0.2


@dataclass(frozen=True)
class DivePlan:
    """
    How to dive.

    Attributes:
        upper: Give up when the program costs more than this.
        batch: Rows to settle at a time while their shares are at least a half.
        skip: Probability of passing over the largest share, for dives that differ.
        gives_back: How often a row may be given back.
        insists: Whether to go on at a higher cost after that, rather than to give up.
        ends_by: Share of the effort by which to end; rows are settled faster to come near it.
    """

    upper: float
    batch: int = 1
    skip: float = 0.0
    gives_back: int = 8
    insists: bool = False
    ends_by: float | None = None


@dataclass(frozen=True, eq=False)
class Dived:
    """
    Where a dive ended.

    Attributes:
        cells: Rows settled; others are all OFF.
        open_members: Employees without a row; none after a complete dive.
        is_hopeless: Whether the rows settled leave no hope of a good roster.
    """

    cells: Cells
    open_members: NDArray[np.int64]
    is_hopeless: bool


class Dive:
    """One dive from the solved program of *root*; rows found on the way go to its pool."""

    def __init__(self, root: Generation, plan: DivePlan, random: np.random.Generator) -> None:
        self.root = root
        self.random = random
        self.problem = root.residual.problem
        self.cells = np.full((len(self.problem.employees), self.problem.days), OFF, dtype=np.int16)
        self.rise = 0.15 * float(np.median(self.problem.under[self.problem.under > 0], axis=None))
        self.members = root.residual.members
        self.nearest = root
        self.given_back = 0
        self.is_hopeless = False
        self._begin(plan)

    def _begin(self, plan: DivePlan) -> None:
        self.plan = plan
        self.batch = plan.batch
        self.began = self.root.effort.share()
        self.open_at_first = len(self.members)

    def start_from(self, cells: Cells) -> None:
        """Take over the rows that are settled outside of the root's members."""
        self.cells[:] = cells
        self.cells[self.members] = OFF

    def go_on(self, plan: DivePlan) -> Dived:
        """Dive on by another plan, with the rows settled so far."""
        self._begin(plan)
        return self.run()

    def run(self) -> Dived:
        """Dive until every row is settled, the program costs too much or the effort is over."""
        every = max(3, len(self.members) // _PROGRAMS)
        while len(self.members):
            program = self._program()
            program.run(rounds=20)
            if not self._is_promising(program):
                self.is_hopeless = program.solution is not None
                break
            left = self._descend(program, every)
            if left is None:
                break
        return Dived(self.cells, self.members, self.is_hopeless)

    def _is_promising(self, program: Generation) -> bool:
        solution = program.solution
        return solution is not None and solution.objective <= self.plan.upper

    def _program(self) -> Generation:
        """Build the program of the members still open, from the better rows of the pool."""
        root, near = self.root, self.nearest
        base = root.residual
        if len(self.members) < len(base.members):
            base = residual(self.problem, self.cells, self.members)
        program = Generation(base, root.pricer, root.pool, root.effort)
        if near.solution is None:
            return program
        here = np.isin(root.pool.employees, self.members)
        employees, rows = root.pool.employees[here], root.pool.rows[here]
        reduced = near.reduced(near.solution, employees, rows)
        for e in self.members:
            mine = np.flatnonzero((employees == e) & (reduced < _GENEROUS_REDUCED_COST))
            best = mine[np.argsort(reduced[mine], kind="stable")[:_ROWS_KEPT_EACH]]
            program.add(employees[best], rows[best])
        return program

    def _descend(self, program: Generation, every: int) -> int | None:
        """Settle up to *every* rows within one program; nothing if the dive is to end."""
        taken: dict[int, int] = {}
        converged = program.solution.objective if program.solution else np.inf
        while len(taken) < every and len(taken) < len(self.members):
            solution = program.solution
            if solution is None or program.effort.is_over() or self._is_late():
                self._settle(program, taken)
                return None
            picks, is_whole = self._picks(program, taken)
            before = solution.objective
            for column in picks:
                program.master.take(column)
                taken[program.master.employees[column]] = column
            # Not only until *before*: many small rises would add up.
            self._recover(program, taken, converged)
            if program.solution is None:
                self._settle(program, taken)
                return None
            after = program.solution.objective
            if after > converged + _NEGLIGIBLE:
                converged = after
            too_dear = after > before + self.rise or after > self.plan.upper
            if too_dear and not is_whole and self.given_back < self.plan.gives_back:
                self._give_back(program, taken, picks)
            elif after > self.plan.upper or (too_dear and not is_whole and not self.plan.insists):
                self.is_hopeless = True
                self._settle(program, taken)
                return None
        self._settle(program, taken)
        return len(taken)

    def _picks(self, program: Generation, taken: dict[int, int]) -> tuple[list[int], bool]:
        """Choose the columns to settle next, and whether the program took them whole anyway."""
        shares = program.solution.shares if program.solution else np.empty(0)
        order = [
            int(column)
            for column in np.argsort(-shares, kind="stable")
            if program.master.employees[column] not in taken
        ]
        whole = [column for column in order if shares[column] >= _WHOLE]
        if whole:
            return whole, True
        first = 0
        while first < 3 and first + 1 < len(order) and self.random.random() < self.plan.skip:
            first += 1
        picks = [order[first]]
        batch, fewest = self._pace(len(self.members) - len(taken))
        for column in order:
            if len(picks) >= batch or shares[column] < fewest:
                break
            whose = {program.master.employees[each] for each in picks}
            if program.master.employees[column] not in whose:
                picks.append(column)
        return picks, False

    def _is_late(self) -> bool:
        ends_by = self.plan.ends_by
        return ends_by is not None and self.root.effort.share() >= ends_by

    def _pace(self, unsettled: int) -> tuple[int, float]:
        """Return how many rows to settle at a time, and the share of one that suffices."""
        if self.plan.ends_by is None:
            return self.batch, _HALF
        now = self.root.effort.share()
        settled = self.open_at_first - unsettled
        takes = unsettled * (now - self.began) / max(1, settled)
        grace = _GRACE * (self.plan.ends_by - self.began)
        needed = ceil(takes / max(1e-6, self.plan.ends_by + grace - now))
        return max(self.batch, needed), _HALF if needed <= self.batch else _HURRIED

    def _recover(self, program: Generation, taken: dict[int, int], wanted: float) -> None:
        """Price the rows of the others until the program costs about what is *wanted*."""
        program.solve(after_bounds=True)
        others = np.array([e for e in self.members if int(e) not in taken], dtype=np.int64)
        for _ in range(_REPRICINGS):
            solution = program.solution
            if solution is None or solution.objective < wanted + _NEGLIGIBLE or not len(others):
                return
            if program.effort.is_over() or program.add_missing(solution, others) == 0:
                return
            program.solve()

    def _give_back(self, program: Generation, taken: dict[int, int], picks: list[int]) -> None:
        """Undo the last step; next time one row at a time, or another one."""
        self.given_back += 1
        for column in picks:
            program.master.release(column)
            del taken[program.master.employees[column]]
        if len(picks) == 1:
            program.master.bar(picks[0])
        self.batch = 1
        self._recover(program, taken, -np.inf)

    def _settle(self, program: Generation, taken: dict[int, int]) -> None:
        if program.solution is not None:
            self.nearest = program
        for e, column in taken.items():
            self.cells[e] = program.master.rows[column]
        self.members = np.array([e for e in self.members if int(e) not in taken], dtype=np.int64)
