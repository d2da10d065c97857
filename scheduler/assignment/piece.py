"""A small piece of a plan, solved as a whole with CP-SAT: cover first, then few changes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ortools.sat.python import cp_model

from scheduler.assignment.bundles import Unit
from scheduler.assignment.cuts import cuts
from scheduler.assignment.draft import Draft, Spot
from scheduler.assignment.objective import CHANGED
from scheduler.assignment.problem import Worker

_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
_Take = tuple[int, date, str]


def solve_piece(
    draft: Draft, units: Iterable[Unit], *, seconds: float, work: float = 1000.0
) -> bool:
    """
    Give *units* the cheapest places while all others stay; whether that is proved.

    What counts is cover and changes. The units keep their places where nothing cheaper is found.

    Args:
        draft: The plan so far.
        units: Those that may change.
        seconds: Cap by the clock.
        work: Cap in CP-SAT's deterministic seconds, which are the same on every machine.
    """
    piece = _Piece(draft, tuple(units))
    spots, is_proved = piece.solve(seconds, work)
    for unit, spot in zip(piece.units, spots, strict=True):
        if spot is not None:
            draft.place(unit, spot)
    return is_proved


class _Piece:
    """CP-SAT's view of some units, taken out of the plan."""

    def __init__(self, draft: Draft, units: tuple[Unit, ...]) -> None:
        self.units = units
        self._draft = draft
        self._before = [self._taken_out(unit) for unit in units]
        self._model = cp_model.CpModel()
        self._takes: dict[_Take, cp_model.IntVar] = {}
        self._on: dict[tuple[int, date], cp_model.IntVar] = {}
        for number in range(len(units)):
            self._add_unit(number)
        self._limit_people()
        self._model.minimize(cp_model.LinearExpr.sum(self._prices()))

    def _taken_out(self, unit: Unit) -> Spot | None:
        return self._draft.remove(unit) if unit.whole.id in self._draft.where else None

    def _add_unit(self, number: int) -> None:
        unit = self.units[number]
        whole, days = unit.whole, []
        for day in unit.days:
            free = list(self._draft.book.free(whole, day))
            if len(free) < whole.people:
                continue
            on = self._on[number, day] = self._model.new_bool_var("")
            days.append(on)
            takes = [self._add_take(number, day, worker) for worker in free]
            self._model.add(cp_model.LinearExpr.sum(takes) == whole.people * on)
        self._model.add_at_most_one(days)

    def _add_take(self, number: int, day: date, worker: Worker) -> cp_model.IntVar:
        key = (number, day, worker.id)
        self._takes[key] = self._model.new_bool_var("")
        return self._takes[key]

    def _limit_people(self) -> None:
        """Hold the minutes of every day, and those of every span of the clock."""
        days: dict[tuple[str, date], list[_Take]] = defaultdict(list)
        timed: dict[str, dict[int, list[_Take]]] = defaultdict(lambda: defaultdict(list))
        for key in self._takes:
            number, day, person = key
            days[person, day].append(key)
            if self.units[number].whole.is_timed:
                timed[person][number].append(key)
        book = self._draft.book
        for (person, day), keys in days.items():
            room = book.workers[person].minutes_per_day - book.used(person, day)
            self._limit(keys, room)
        for person, numbers in timed.items():
            wholes = {number: self.units[number].whole for number in numbers}
            for cut in cuts(book, book.workers[person], wholes):
                self._limit([key for i in cut.tasks for key in numbers[i]], cut.room)

    def _limit(self, keys: list[_Take], room: int) -> None:
        minutes = [self.units[number].whole.minutes for number, _, _ in keys]
        if sum(minutes) > room:
            takes = [self._takes[key] for key in keys]
            self._model.add(cp_model.LinearExpr.weighted_sum(takes, minutes) <= room)

    def _prices(self) -> list[cp_model.LinearExprT]:
        """Return the terms of the objective, in changes."""
        prices: list[cp_model.LinearExprT] = []
        for number, unit in enumerate(self.units):
            undone, tasks = unit.undone // CHANGED, len(unit.tasks)
            days = [on for (i, _), on in self._on.items() if i == number]
            prices.append(undone)
            saved = undone - tasks * len(unit.previous)
            prices.append(-saved * cp_model.LinearExpr.sum(days))
            kept = (
                self._takes.get((number, day, person))
                for day in (unit.planned_on,)
                if day
                for person in unit.previous
            )
            prices += [-tasks * take for take in kept if take is not None]
        return prices

    def solve(self, seconds: float, work: float) -> tuple[list[Spot | None], bool]:
        """Return the place of every unit, and whether none is cheaper."""
        for (number, day), on in self._on.items():
            before = self._before[number]
            self._model.add_hint(on, before is not None and before[0] == day)
        for (number, day, person), take in self._takes.items():
            before = self._before[number]
            self._model.add_hint(
                take, before is not None and before[0] == day and person in before[1]
            )
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        # Full days are knapsacks: with all cuts they are proved in a tenth of a second, without
        # not in six.
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = max(0.1, seconds)
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self._model)
        if status not in _SOLVED:
            return self._before, False
        return self._read(solver), status == cp_model.OPTIMAL

    def _read(self, solver: cp_model.CpSolver) -> list[Spot | None]:
        people: dict[int, tuple[date, list[str]]] = {}
        for (number, day, person), take in self._takes.items():
            if solver.boolean_value(take):
                people.setdefault(number, (day, []))[1].append(person)
        return [
            (people[number][0], tuple(sorted(people[number][1]))) if number in people else None
            for number in range(len(self.units))
        ]
