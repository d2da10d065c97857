"""
Assign people to tasks: a constructive plan, improved block by block with CP-SAT.

The one module of this package that imports OR-Tools.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduler.assignment.block import PRIORITIES, Block, Limits, score
from scheduler.assignment.book import Book
from scheduler.assignment.greedy import Draft
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem
from scheduler.assignment.reasons import explained
from scheduler.assignment.run import Effort, Progress, Sketch, blocks_of, missing, run

# Measured on benchmarks/assignment.py: more steps change little.
STEPS_PER_BLOCK = 50
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def assign(
    problem: AssignmentProblem,
    *,
    seconds: float = 20.0,
    seed: int = 0,
    steps: int | None = None,
    progress: Progress | None = None,
) -> AssignmentPlan:
    """
    Return the best plan found; whatever cannot be covered is listed with its reason.

    The same problem, seed and steps give the same plan, unless `seconds` ran out first, which the
    plan then says (`cut_short`).

    Args:
        problem: Tasks, people, what is fixed and what the last plan was.
        seconds: Cap on the time spent improving; the plan before improving takes what it takes.
        seed: Decides draws between equals.
        steps: Thousandths of CP-SAT's deterministic second over all blocks; 0 does not improve.
        progress: Called with blocks done, blocks in all, and what is being done.
    """
    ends = time.monotonic() + seconds
    book = Book(problem)
    blocks = blocks_of(book)
    each = STEPS_PER_BLOCK if steps is None else -(-steps // max(1, len(blocks)))
    effort = Effort(seed, each, ends)
    run(book, blocks, effort, improve=improved, progress=progress)
    assignments, uncovered = explained(_at_least_constructive(book, blocks, effort))
    return AssignmentPlan(assignments, uncovered, cut_short=effort.was_cut)


def _at_least_constructive(book: Book, blocks: Sequence[Block], effort: Effort) -> Book:
    """
    Return the improved plan, or the constructive one where that covers more.

    Improving one day can, through work over midnight, cost more on the next; it is rare.
    """
    if effort.steps == 0 or not any(missing(book)):
        return book
    plain = Book(book.problem)
    run(plain, blocks, replace(effort, steps=0), improve=improved, progress=None)
    return plain if missing(plain) < missing(book) else book


def improved(sketch: Sketch, effort: Effort) -> Draft:
    """Return the better of the draft and what CP-SAT makes of it: cover first, then the rest."""
    model = _BlockModel(sketch)
    if not model.people:
        return sketch.draft
    best = sketch.draft
    aims = [model.aim_at_the_rest]
    if any(chosen is None for _, chosen in best):
        aims.insert(0, model.aim_at_cover)
    for aim in aims:
        aim(best)
        found = model.solve(best, effort, deterministic_seconds=effort.steps / 1000 / len(aims))
        if found and model.score(found) < model.score(best):
            best = found
    return best


class _BlockModel:
    """CP-SAT's view of one block: who takes which unit."""

    def __init__(self, sketch: Sketch) -> None:
        self.units = [unit for unit, _ in sketch.draft]
        self.shares = sketch.shares
        self.model = cp_model.CpModel()
        self.takes: dict[tuple[int, str], cp_model.IntVar] = {}
        self.takers: list[list[str]] = [[] for _ in self.units]
        self.covered = [self.model.new_bool_var("") for _ in self.units]
        self._add_people(sketch)
        self.people = sorted({person for _, person in self.takes})
        for i, unit in enumerate(self.units):
            takes = [self.takes[i, person] for person in self.takers[i]]
            self.model.add(cp_model.LinearExpr.sum(takes) == unit.whole.people * self.covered[i])

    def score(self, draft: Draft) -> tuple[int, ...]:
        """Judge a plan of the block; smaller is better."""
        return score(draft, self.shares, self.people)

    def _add_people(self, sketch: Sketch) -> None:
        """Add who may take what, with the day's minutes and the clock as limits."""
        limits = Limits(sketch.book, sketch.block.day, self.units)
        may: dict[str, list[int]] = {}
        for i, unit in enumerate(self.units):
            for worker in sketch.book.candidates(unit.whole, unit.day):
                if unit.whole.minutes <= limits.minutes(worker):
                    self.takes[i, worker.id] = self.model.new_bool_var("")
                    self.takers[i].append(worker.id)
                    may.setdefault(worker.id, []).append(i)
        for worker in sketch.block.people:
            mine = may.get(worker.id, [])
            self._limit(worker.id, mine, limits.minutes(worker))
            for cut in limits.cuts(worker, mine):
                self._limit(worker.id, cut.units, cut.room)

    def _limit(self, person: str, units: Sequence[int], room: int) -> None:
        minutes = [self.units[i].whole.minutes for i in units]
        if sum(minutes) > room:
            takes = [self.takes[i, person] for i in units]
            self.model.add(cp_model.LinearExpr.weighted_sum(takes, minutes) <= room)

    def _uncovered(self, priority: int) -> tuple[cp_model.LinearExprT, int]:
        """Return the number of uncovered tasks of a priority, and how many there are."""
        mine = [i for i, unit in enumerate(self.units) if unit.whole.priority == priority]
        sizes = [len(self.units[i].tasks) for i in mine]
        done = cp_model.LinearExpr.weighted_sum([self.covered[i] for i in mine], sizes)
        return sum(sizes) - done, sum(sizes)

    def aim_at_cover(self, best: Draft) -> None:
        """Aim at more cover than *best* has: law before recommendation before house."""
        price = 1
        terms = []
        missing = self.score(best)
        for priority in reversed(PRIORITIES):
            uncovered, tasks = self._uncovered(priority)
            terms.append(price * uncovered)
            if tasks and priority == PRIORITIES[0]:
                self.model.add(uncovered <= missing[priority])
            price *= tasks + 1
        self.model.minimize(cp_model.LinearExpr.sum(terms))

    def aim_at_the_rest(self, best: Draft) -> None:
        """Hold the cover reached and aim at few changes, then level shares, then habit."""
        missing = self.score(best)
        for priority in PRIORITIES:
            uncovered, tasks = self._uncovered(priority)
            if tasks:
                self.model.add(uncovered <= missing[priority])
        habits = [
            take for (i, who), take in self.takes.items() if self.shares.knows(self.units[i], who)
        ]
        prices, dearest = self._unfairness(best)
        fair_price = len(habits) + 1
        change_price = fair_price * (dearest + 1)
        total = cp_model.LinearExpr.sum
        self.model.minimize(
            change_price * total(self._changes()) + fair_price * total(prices) - total(habits)
        )

    def _changes(self) -> list[cp_model.LinearExprT]:
        """Count people of the last plan who lose a unit that is still done."""
        lost: list[cp_model.LinearExprT] = []
        for i, unit in enumerate(self.units):
            for person in unit.previous:
                take = self.takes.get((i, person))
                lost.append(self.covered[i] if take is None else self.covered[i] - take)
        return lost

    def _unfairness(self, best: Draft) -> tuple[list[cp_model.IntVar], int]:
        """Return the prices of the shares, and a bound on their sum."""
        work = [u.whole.minutes * u.whole.people for u, chosen in best if chosen is not None]
        thresholds = self.shares.thresholds(self.people, sum(work))
        prices = []
        dearest = 0
        for person in self.people:
            mine = [i for i, takers in enumerate(self.takers) if person in takers]
            minutes = [self.units[i].whole.minutes for i in mine]
            takes = [self.takes[i, person] for i in mine]
            done = self.shares.load[person]
            today = cp_model.LinearExpr.weighted_sum(takes, minutes)
            for threshold in thresholds[person]:
                top = max(0, done + sum(minutes) - threshold)
                if top:
                    over = self.model.new_int_var(max(0, done - threshold), top, "")
                    self.model.add(over >= done + today - threshold)
                    prices.append(over)
                    dearest += top
        return prices, dearest

    def solve(self, hint: Draft, effort: Effort, *, deterministic_seconds: float) -> Draft | None:
        """Return a plan of the block, or nothing where the steps did not suffice."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for i, (_, chosen) in enumerate(hint):
            self.model.add_hint(self.covered[i], chosen is not None)
            for person in self.takers[i]:
                self.model.add_hint(self.takes[i, person], person in (chosen or ()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = effort.seed
        solver.parameters.max_deterministic_time = deterministic_seconds
        solver.parameters.max_time_in_seconds = max(0.05, effort.seconds_left)
        status = solver.solve(self.model)
        effort.was_cut = effort.was_cut or effort.seconds_left <= 0
        return self._read(solver) if status in _SOLVED else None

    def _read(self, solver: cp_model.CpSolver) -> Draft:
        draft: Draft = []
        for i, unit in enumerate(self.units):
            takers = (p for p in self.takers[i] if solver.boolean_value(self.takes[i, p]))
            covered = solver.boolean_value(self.covered[i])
            draft.append((unit, tuple(takers) if covered else None))
        return draft
