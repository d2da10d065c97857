"""
One solver process: local search, then the linear program, as its role says.

`search` improves a constructed roster until another process hands over columns, `columns` solves
the linear program at once, `alone` does both in turn.
"""

import resource
import time
from multiprocessing.connection import Connection

import numpy as np

from scheduler.roster.columns.pool import Pool
from scheduler.roster.core.cost import cost
from scheduler.roster.core.problem import Cells, CoreProblem
from scheduler.roster.effort import Effort
from scheduler.roster.pricing.pricer import Pricer
from scheduler.roster.pricing.sizes import limits_for_search
from scheduler.roster.search.annealing import LocalSearch
from scheduler.roster.search.first_roster import Contradiction, first_roster
from scheduler.roster.search.messages import (
    Bound,
    Columns,
    Ended,
    Found,
    Memory,
    Message,
    NoRow,
    Role,
)

_CHUNK = 40
# Shares of the effort for which whole rows are replanned in pairs before anything else.
_SEARCHES_UNTIL = {"search": 0.1, "columns": 0.0, "alone": 0.1}
# Employees times days from which on only parts of a roster are planned at a time.
_LONG_DAYS, _LARGE = 84, 6000


class Worker:
    """
    Looks for rosters and bounds until its effort is over or the best is proved.

    Attributes:
        best: The cheapest roster known, its own or another process's.
        pool: Rows known.
        columns_came: Whether another process has solved the linear program.
    """

    def __init__(self, link: Connection, problem: CoreProblem, effort: Effort, seed: int) -> None:
        self.link = link
        self.problem = problem
        self.effort = effort
        self.seed = seed
        self.random = np.random.default_rng(seed)
        self.best: Cells | None = None
        self.best_cost = np.inf
        self.bound = -np.inf
        self.pool = Pool(problem.days)
        self.columns_came = False
        self._next_memory = 0.0
        pricer = Pricer(problem, limits_for_search(problem))
        self.local = LocalSearch(problem, pricer, effort, seed)

    def run(self, role: Role) -> None:
        """Work until the effort is over, the best roster is proved, or there is none."""
        if self._construct():
            self._search(role)
            if not self.is_done():
                self._plan(role)
        self._tell_memory()
        self.tell(Ended(self.effort.was_cut()))

    def _construct(self) -> bool:
        try:
            cells = first_roster(self.local, seed=self.seed)
        except Contradiction as found:
            self.tell(NoRow(found.employee))
            return False
        if cells is not None:
            self.offer(cells)
        return cells is not None

    def _search(self, role: Role) -> None:
        """Improve the constructed roster for as long as the role says."""
        until = 0.0 if self.is_long() else _SEARCHES_UNTIL[role]
        while self.effort.share() < until and not self.is_done() and not self.columns_came:
            self.offer(self.local.chunk(_CHUNK))
            self.listen()

    def _plan(self, role: Role) -> None:
        """Solve the linear program or wait for it with plans of parts, then dive."""
        # Imported late: OR-Tools takes as long to load as the first roster to find.
        from scheduler.roster.search.column_stage import ColumnStage
        from scheduler.roster.search.window_stage import WindowStage

        if role == "search" or self.is_long():
            WindowStage(self).run(role)
        if not self.is_done():
            ColumnStage(self).run()

    def is_long(self) -> bool:
        """Return whether the whole horizon is too much for one linear program."""
        days, people = self.problem.days, len(self.problem.employees)
        return days > _LONG_DAYS and days * people > _LARGE

    def known_best(self) -> Cells:
        """Return the best roster known; there is one as soon as one is constructed."""
        return self.local.best if self.best is None else self.best

    def offer(self, cells: Cells) -> None:
        """Tell of the roster if it is the cheapest so far."""
        price = cost(self.problem, cells)
        if price < self.best_cost:
            self.best, self.best_cost = cells.copy(), price
            self.tell(Found(self.best, price))

    def tell_bound(self, bound: float) -> None:
        """Tell of a bound if it is the best so far."""
        if bound > self.bound + 1e-9:
            self.bound = bound
            self.tell(Bound(bound))

    def is_done(self) -> bool:
        """Return whether the effort is over or no roster can be cheaper than the best."""
        return self.effort.is_over() or bool(np.ceil(self.bound - 1e-6) >= self.best_cost)

    def tell(self, message: Message) -> None:
        """Send a message to the parent process."""
        self.link.send(message)

    def listen(self) -> None:
        """Read what the other processes found."""
        while self.link.poll():
            self._hear(self.link.recv())
        if time.monotonic() >= self._next_memory:
            self._tell_memory()

    def _hear(self, message: Message) -> None:
        match message:
            case Found() if message.cost < self.best_cost:
                self.best, self.best_cost = message.cells, message.cost
            case Bound():
                self.bound = max(self.bound, message.value)
            case Columns():
                self.pool.add(message.employees, message.rows)
                self.columns_came = True

    def _tell_memory(self) -> None:
        self._next_memory = time.monotonic() + 1.0
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.tell(Memory(held))
