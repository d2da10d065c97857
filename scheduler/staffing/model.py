"""
The most of a day's work that given people can do, and the least people for many days, by CP-SAT.

One of the modules that import OR-Tools.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.assignment.load import Job, room_within
from scheduler.assignment.problem import Worker
from scheduler.staffing.bookings import Bookings
from scheduler.staffing.lots import Lot, Waiting, Work
from scheduler.staffing.posts.blocks import Block
from scheduler.staffing.posts.model import add_block, add_more
from scheduler.staffing.problem import Candidate, Cost

_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
# A question of one day is small; this many of CP-SAT's deterministic seconds are plenty.
_A_DAY = 5.0


class _Shares:
    """How many tasks of each lot everybody does, within their minutes and the clock."""

    def __init__(
        self,
        model: cp_model.CpModel,
        lots: Sequence[Lot],
        workers: Mapping[str, Worker],
        booked: Bookings,
    ) -> None:
        self.model = model
        self.lots = lots
        self.counts: dict[tuple[int, str], cp_model.IntVar] = {}
        self.mine: defaultdict[str, list[int]] = defaultdict(list)
        for number, lot in enumerate(lots):
            for person in lot.able:
                self.counts[number, person] = model.new_int_var(0, len(lot.tasks), "")
                self.mine[person].append(number)
        for person, numbers in self.mine.items():
            room = workers[person].minutes_per_day - booked.minutes[person]
            self._limit(person, numbers, max(0, room))
            for inside, room in _spans(lots, numbers, workers[person], booked.jobs.get(person, ())):
                self._limit(person, inside, room)

    def total(self, number: int) -> cp_model.LinearExprT:
        """Return the hands that a lot gets."""
        lot = self.lots[number]
        return cp_model.LinearExpr.sum([self.counts[number, person] for person in lot.able])

    def read(self, solver: cp_model.CpSolver) -> tuple[dict[str, int], ...]:
        """Return for each lot how many of its tasks each person does."""
        return tuple(
            {person: solver.value(self.counts[number, person]) for person in lot.able}
            for number, lot in enumerate(self.lots)
        )

    def _limit(self, person: str, numbers: Sequence[int], room: int) -> None:
        minutes = [self.lots[number].minutes for number in numbers]
        most = sum(
            each * len(self.lots[number].tasks)
            for number, each in zip(numbers, minutes, strict=True)
        )
        if most > room:
            counts = [self.counts[number, person] for number in numbers]
            self.model.add(cp_model.LinearExpr.weighted_sum(counts, minutes) <= room)


def most_covered(
    lots: Sequence[Lot], workers: Mapping[str, Worker], booked: Bookings, *, presolve: bool = True
) -> tuple[tuple[dict[str, int], ...], int]:
    """Return shares that cover the most checks, and a bound that no shares cover more than."""
    model = cp_model.CpModel()
    shares = _Shares(model, lots, workers, booked)
    covered = []
    for number, lot in enumerate(lots):
        done = model.new_int_var(0, len(lot.tasks), "")
        covered.append(done)
        model.add(shares.total(number) == lot.people * done)
        for person in lot.able if lot.people > 1 else ():
            model.add(shares.counts[number, person] <= done)
    model.maximize(cp_model.LinearExpr.weighted_sum(covered, [lot.weight for lot in lots]))
    solver = _solver(_A_DAY)
    solver.parameters.cp_model_presolve = presolve
    if solver.solve(model) not in _SOLVED:
        return tuple({} for _ in lots), sum(lot.weight * len(lot.tasks) for lot in lots)
    return shares.read(solver), int(solver.best_objective_bound + 1e-6)


def _spans(
    lots: Sequence[Lot], numbers: Sequence[int], worker: Worker, booked: Sequence[Job]
) -> Iterator[tuple[list[int], int]]:
    """Yield spans of the clock into which more work may fall than there is time for one person."""
    timed = [(number, *window) for number in numbers if (window := lots[number].window)]
    present = None if worker.presence is None else worker.present_minutes
    for since in sorted({opens for _, opens, _ in timed} | {job.opens for job in booked}):
        for until in sorted({due for _, _, due in timed} | {job.due for job in booked}):
            inside = [number for number, opens, due in timed if since <= opens and due <= until]
            taken = sum(job.minutes for job in booked if since <= job.opens and job.due <= until)
            if inside:
                yield inside, max(0, room_within(since, until, present) - taken)


@dataclass(frozen=True)
class Found:
    """
    What a search for the least staff came to.

    Attributes:
        chosen: Ids of candidates.
        bound: No staff that meets what was asked so far comes to less.
        cut_short: The clock ended the search.
    """

    chosen: tuple[str, ...]
    bound: Cost
    cut_short: bool


class Master:
    """Chooses the least staff for the days it was told of so far."""

    def __init__(
        self, candidates: Sequence[Candidate], costs: Mapping[str, Cost], *, seed: int
    ) -> None:
        self._candidates = {each.worker.id: each for each in candidates}
        self._workers = {each.worker.id: each.worker for each in candidates}
        self._model = cp_model.CpModel()
        self._seed = seed
        self._is_in = {id_: self._model.new_bool_var("") for id_ in self._candidates}
        by_person: defaultdict[str, list[str]] = defaultdict(list)
        for each in candidates:
            by_person[each.person].append(each.worker.id)
        for ids in by_person.values():
            if len(ids) > 1:
                self._model.add_at_most_one(self._is_in[id_] for id_ in ids)
        self._prices = _prices(costs)
        total = [self._is_in[id_] for id_ in costs]
        price = [_priced(cost, self._prices) for cost in costs.values()]
        self._model.minimize(cp_model.LinearExpr.weighted_sum(total, price))
        self._alike(candidates)

    def need(self, people: frozenset[str], count: int) -> None:
        """Ask for at least *count* out of *people*."""
        some = [self._is_in[id_] for id_ in sorted(people)]
        self._model.add(cp_model.LinearExpr.sum(some) >= count)

    def add(self, lots: Sequence[Lot]) -> None:
        """Ask that all of a day's work be done."""
        self._shares(lots)

    def add_span(self, works: Sequence[Work], waits: Sequence[Waiting]) -> None:
        """
        Ask that all work of some days be done, with what may wait until any of them.

        The clock is left out for what waits: that can only make the staff smaller.
        """
        minutes: defaultdict[tuple[str, date], list[tuple[cp_model.IntVar, int]]]
        minutes = defaultdict(list)
        for work in works:
            shares = self._shares(work.lots)
            for (number, person), done in shares.counts.items():
                minutes[person, work.day].append((done, work.lots[number].minutes))
        for wait in waits:
            for (person, day), done in self._waiting(wait):
                minutes[person, day].append((done, wait.minutes))
        for (person, _), parts in minutes.items():
            counts, each = zip(*parts, strict=True)
            room = self._workers[person].minutes_per_day
            self._model.add(cp_model.LinearExpr.weighted_sum(counts, each) <= room)

    def add_block(self, block: Block) -> None:
        """Ask that every place of some days be filled."""
        filled = add_block(self._model, self._is_in, block)
        for need, places in zip(block.needs, filled, strict=True):
            self._model.add(places >= need.places)

    def ask_for_more(self, alike: Sequence[tuple[str, ...]], staff: frozenset[str]) -> None:
        """Ask for more people of some sort than *staff* has, which is too small for the posts."""
        add_more(self._model, self._is_in, alike, staff)

    def _shares(self, lots: Sequence[Lot]) -> _Shares:
        shares = _Shares(self._model, lots, self._workers, Bookings())
        for number, lot in enumerate(lots):
            self._model.add(shares.total(number) == lot.people * len(lot.tasks))
            for person in lot.able:
                most = len(lot.tasks) * self._is_in[person]
                self._model.add(shares.counts[number, person] <= most)
        return shares

    def _waiting(self, wait: Waiting) -> Iterator[tuple[tuple[str, date], cp_model.IntVar]]:
        """Yield for each person and day how many of the tasks that wait are done."""
        size = len(wait.tasks)
        on_days = []
        for day, people in wait.able:
            here = self._model.new_int_var(0, size, "")
            on_days.append(here)
            counts = []
            for person in people:
                done = self._model.new_int_var(0, size, "")
                self._model.add(done <= size * self._is_in[person])
                if wait.people > 1:
                    self._model.add(done <= here)
                counts.append(done)
                yield (person, day), done
            self._model.add(cp_model.LinearExpr.sum(counts) == wait.people * here)
        self._model.add(cp_model.LinearExpr.sum(on_days) == size)

    def solve(self, hint: Sequence[str], *, seconds: float, steps: float) -> Found | None:
        """Return the least staff, or nothing where the time was too short for any."""
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for id_, is_in in self._is_in.items():
            self._model.add_hint(is_in, id_ in hint)
        solver = _solver(steps, seed=self._seed)
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
        # Of one worker alone, this proves the most (rostering with two cores).
        solver.parameters.linearization_level = 2
        status = solver.solve(self._model)
        if status not in _SOLVED:
            return None
        chosen = tuple(id_ for id_, is_in in self._is_in.items() if solver.boolean_value(is_in))
        bound = _unpriced(round(solver.best_objective_bound), self._prices)
        return Found(chosen, bound, status != cp_model.OPTIMAL)

    def _alike(self, candidates: Sequence[Candidate]) -> None:
        """Of hires that differ in their number alone, take the first ones first."""
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for each in candidates:
            if each.hired:
                rows[each.worker.id.rsplit("#", 1)[0]].append(each.worker.id)
        for ids in rows.values():
            for first, second in pairwise(ids):
                self._model.add_implication(self._is_in[second], self._is_in[first])


def _prices(costs: Mapping[str, Cost]) -> tuple[int, ...]:
    """Return what one of each figure weighs: more than all that comes after it together."""
    prices = [1]
    for figure in range(len(Cost._fields) - 1, 0, -1):
        prices.insert(0, prices[0] * (sum(cost[figure] for cost in costs.values()) + 1))
    return tuple(prices)


def _priced(cost: Cost, prices: Sequence[int]) -> int:
    return sum(figure * price for figure, price in zip(cost, prices, strict=True))


def _unpriced(total: int, prices: Sequence[int]) -> Cost:
    figures = []
    rest = max(0, total)
    for price in prices:
        figure, rest = divmod(rest, price)
        figures.append(figure)
    return Cost(*figures)


def _solver(steps: float, *, seed: int = 0) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = steps
    return solver
