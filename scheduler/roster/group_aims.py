"""
What a group's roster is bettered by with CP-SAT, one aim after the other.

One of the modules that import OR-Tools.
"""

import time
from collections.abc import Callable
from datetime import date

from ortools.sat.python import cp_model

from scheduler.roster.group_model import GroupModel
from scheduler.roster.groups import CellsFound, Effort, Group, draft_of
from scheduler.roster.objective import PRIORITIES, Fairness
from scheduler.roster.problem import Cell, RosterPerson, Wish
from scheduler.roster.rows import week_of

_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class GroupAims(GroupModel):
    """
    A group's hard rules with what is aimed at, one aim after the other.

    Each aim is taken up by a method that holds what the aims before it reached, and tells whether
    anything is left to be bettered.
    """

    def __init__(self, group: Group) -> None:
        super().__init__(group.slots, group.posts)
        self.group = group
        self.fair = group.fair
        self.changes: list[cp_model.LinearExprT] = []

    def aims(self, *, even: bool) -> list[Callable[[CellsFound], bool]]:
        """Return the methods of the aims, in order; without *even* only cover and changes."""
        found: list[Callable[[CellsFound], bool]] = [self.aim_at_cover, self.aim_at_few_changes]
        if even:
            found += [self.aim_at_preferred, self.aim_at_little_overtime]
            found += [self.aim_at_fairness, self.aim_at_wishes]
        return found

    def aim_at_cover(self, best: CellsFound) -> bool:
        """Aim at cover, law first; nothing to do where every place is filled."""
        if not any(map(draft_of(self.slots, best).missing, self.wanted)):
            return False
        price, terms = 1, []
        for priority in reversed(PRIORITIES):
            mine = self.lost_of(priority)
            terms += [price * lost for lost in mine]
            wanted = sum(s.need for s in self.wanted if s.priority == priority)
            price *= wanted + 1
        self.model.minimize(sum(terms))
        return True

    def aim_at_few_changes(self, best: CellsFound) -> bool:
        """Hold the cover and aim at the last roster; nothing to do without one."""
        known = draft_of(self.slots, best)
        for priority in PRIORITIES:
            mine = self.lost_of(priority)
            if mine:
                slots = [slot for slot in self.wanted if slot.priority == priority]
                self.model.add(sum(mine) <= sum(known.missing(slot) for slot in slots))
        self.changes = self._changes()
        if not self._changed(best) or self.group.is_fewest(self.group.score(best)):
            return False
        self.model.minimize(sum(self.changes))
        return True

    def _changes(self) -> list[cp_model.LinearExprT]:
        changes: list[cp_model.LinearExprT] = []
        for (person, day), cell in sorted(self.slots.problem.previous.items()):
            mine = self.on_day.get((person, day), [])
            if person not in self.may or not mine:
                continue
            same = [i for i in mine if (self.wanted[i].post, self.wanted[i].shift) == cell]
            if cell is None:
                changes.append(cp_model.LinearExpr.sum([self.stands[person, i] for i in mine]))
            elif same:
                changes.append(1 - self.stands[person, same[0]])
        return changes

    def aim_at_preferred(self, best: CellsFound) -> bool:
        """Hold cover and changes and aim at those preferred beyond the minimum."""
        if self.changes:
            self.model.add(sum(self.changes) <= self._changed(best))
        wanting = [
            self._short(slot.want, self.takers(i))
            for i, slot in enumerate(self.wanted)
            if slot.want > slot.need
        ]
        # A shift that lacks even its minimum counts there already.
        beside = sum(max(slot.want - slot.need, 0) for slot in self.wanted)
        reached = self.group.score(best).wanting
        return bool(beside) and self._aim(wanting, reached + self._below_minimum(best), reached)

    def _below_minimum(self, best: CellsFound) -> int:
        known = draft_of(self.slots, best)
        return sum(known.missing(slot) for slot in self.wanted if slot.want > slot.need)

    def aim_at_little_overtime(self, best: CellsFound) -> bool:
        """Aim at few hours beyond those of the week."""
        extra = []
        for person in self.people:
            for limit in person.limits:
                if limit.overtime:
                    extra += self._overtime(person, int(limit.value * 60))
        reached = self.group.score(best).overtime
        return self._aim(extra, reached, reached)

    def aim_at_fairness(self, _best: CellsFound) -> bool:
        """Aim at even nights, weekends and hours."""
        self.model.minimize(sum(price for each in self.fair for price in self._prices(each)))
        return bool(self.fair)

    def aim_at_wishes(self, best: CellsFound) -> bool:
        """Hold the evenness reached and aim at the wishes."""
        reached = self.group.score(best)
        if not reached.unmet:
            return False
        prices = [price for each in self.fair for price in self._prices(each)]
        self.model.add(sum(prices) <= reached.unfair)
        self.model.minimize(sum(self._unmet(wish) for wish in self.slots.problem.wishes))
        return True

    def _aim(self, terms: list[cp_model.IntVar], most: int, reached: int) -> bool:
        """Hold the terms to what is reached, and aim below it where it is not nothing."""
        if not terms:
            return False
        self.model.add(sum(terms) <= most)
        self.model.minimize(sum(terms))
        return reached > 0

    def _short(self, want: int, takers: list[cp_model.IntVar]) -> cp_model.IntVar:
        short = self.model.new_int_var(0, want, "")
        self.model.add(short + sum(takers) >= want)
        return short

    def _overtime(self, person: RosterPerson, usual: int) -> list[cp_model.IntVar]:
        """Return the minutes beyond *usual* of each week of the roster."""
        past = self.history[person.id].values()
        found = []
        for week in sorted({week_of(day) for day in self.slots.days}):
            days = [day for day in self.slots.days if week_of(day) == week]
            mine = [i for day in days for i in self.on_day.get((person.id, day), [])]
            minutes = sum(slot.minutes for slot in past if week_of(slot.day) == week)
            weights = [self.wanted[i].minutes for i in mine]
            if minutes + sum(weights) > usual:
                over = self.model.new_int_var(0, minutes + sum(weights), "")
                stands = [self.stands[person.id, i] for i in mine]
                total = cp_model.LinearExpr.weighted_sum(stands, weights)
                self.model.add(over >= total + minutes - usual)
                found.append(over)
        return found

    def _unmet(self, wish: Wish) -> cp_model.LinearExprT:
        """Return the weight of a wish where it is not met."""
        mine = self.on_day.get((wish.person, wish.day), [])
        if wish.person not in self.may:
            return 0
        if wish.cell is None:
            met = 1 - sum(self.stands[wish.person, i] for i in mine)
        else:
            same = [i for i in mine if (self.wanted[i].post, self.wanted[i].shift) == wish.cell]
            met = sum(self.stands[wish.person, i] for i in same)
        return wish.weight * (met if wish.unwanted else 1 - met)

    def _changed(self, best: CellsFound) -> int:
        """Return how many cells of the last roster *best* changes that need not be."""
        return sum(
            1
            for key, cell in self.slots.problem.previous.items()
            if key in best and best[key] != cell and self._can_match(key, cell)
        )

    def _can_match(self, key: tuple[str, date], cell: Cell | None) -> bool:
        """Whether the cell was counted among the changes."""
        mine = [(self.wanted[i].post, self.wanted[i].shift) for i in self.on_day.get(key, [])]
        return bool(mine) and (cell is None or cell in mine)

    def _prices(self, fair: Fairness) -> list[cp_model.IntVar]:
        mine = [
            (fair.measure(self.wanted[i]), self.stands[fair.person, i])
            for day in self.slots.days
            for i in self.on_day.get((fair.person, day), [])
            if fair.measure(self.wanted[i])
        ]
        most = sum(weight for weight, _ in mine)
        load = cp_model.LinearExpr.weighted_sum([v for _, v in mine], [w for w, _ in mine])
        prices = []
        for threshold in fair.thresholds:
            if most > threshold:
                over = self.model.new_int_var(0, most - threshold, "")
                self.model.add(over >= load - threshold)
                prices.append(over)
        return prices

    def solve(
        self, hint: CellsFound, effort: Effort, deterministic_seconds: float
    ) -> tuple[CellsFound | None, bool]:
        """Return the cells found, if any, and whether they are proved best for this aim."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for (person, i), stands in self.stands.items():
            slot = self.wanted[i]
            self.model.add_hint(stands, hint.get((person, slot.day)) == (slot.post, slot.shift))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = effort.seed
        solver.parameters.max_deterministic_time = deterministic_seconds
        solver.parameters.max_time_in_seconds = max(0.05, effort.ends - time.monotonic())
        status = solver.solve(self.model)
        effort.was_cut = effort.was_cut or effort.ends <= time.monotonic()
        if status not in _SOLVED:
            return None, False
        return self._read(solver, hint), status == cp_model.OPTIMAL

    def _read(self, solver: cp_model.CpSolver, hint: CellsFound) -> CellsFound:
        cells: CellsFound = dict.fromkeys(hint)
        for (person, i), stands in self.stands.items():
            if solver.boolean_value(stands):
                slot = self.wanted[i]
                cells[person, slot.day] = (slot.post, slot.shift)
        return cells
