"""
Solve a roster: a constructive one first, then CP-SAT for each group of posts that share people.

The one module of this package that imports OR-Tools.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from ortools.sat.python import cp_model

from rules.text import Text
from scheduler.roster.draft import Draft, constructive, pin_faults
from scheduler.roster.groups import CellsFound, Effort, draft_of, group_text, groups_of
from scheduler.roster.objective import PRIORITIES, Fairness, score, shares
from scheduler.roster.problem import Cell, Limit, Roster, RosterPerson, RosterProblem, Status
from scheduler.roster.reasons import clash_text, uncovered_of
from scheduler.roster.rows import fault_of_adding, week_of
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import may_ever_stand, stopped_by

Progress = Callable[[int, int, Text], None]

# Enough for a month of thirty people on three posts; a thousandth of a deterministic second each.
DEFAULT_STEPS = 9000
_DAY = 1440
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def solve(
    problem: RosterProblem,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    steps: int | None = None,
    progress: Progress | None = None,
) -> Roster:
    """
    Return the best roster found; too few people on a shift is listed with its reason.

    The same problem, seed and steps give the same roster, unless `seconds` ran out first, which
    the roster then says (`cut_short`).

    Args:
        problem: Posts, people, what is pinned and what the last roster was.
        seconds: Cap on the time spent improving.
        seed: Decides draws between equals.
        steps: Thousandths of CP-SAT's deterministic second in all; 0 keeps the constructive roster.
        progress: Called with groups of posts done, groups in all, and what is being done.
    """
    slots = Slots(problem)
    clashes = tuple(clash_text(slots, *each) for each in pin_faults(slots))
    if clashes:
        pinned = Draft(slots)
        return Roster(pinned.cells(), uncovered_of(pinned), "infeasible", clashes)
    effort = Effort(seed, (DEFAULT_STEPS if steps is None else steps), time.monotonic() + seconds)
    cells = constructive(slots, seed=seed).cells()
    groups = groups_of(problem)
    proved = True
    for done, posts in enumerate(groups):
        if progress:
            progress(done, len(groups), group_text(posts))
        proved &= _improve(slots, cells, posts, effort)
    if progress:
        progress(len(groups), len(groups), Text(zh="排班完成", en="Roster done"))
    final = draft_of(slots, cells)
    status: Status = "solved" if proved else "best-found"
    return Roster(final.cells(), uncovered_of(final), status, cut_short=effort.was_cut)


def _improve(slots: Slots, cells: CellsFound, posts: tuple[str, ...], effort: Effort) -> bool:
    """Better the cells of one group's people in place; return whether the best is proved."""
    model = _GroupModel(slots, posts)
    if not model.people or effort.steps == 0:
        return not model.people
    parts = len(slots.posts)
    limit = effort.steps / 1000 * len(posts) / parts / 3
    best = {key: cell for key, cell in cells.items() if key[0] in model.may}
    proved = True
    for aim in (model.aim_at_cover, model.aim_at_few_changes, model.aim_at_fairness):
        if not aim(best):
            continue
        if effort.ends <= time.monotonic():
            effort.was_cut, proved = True, False
            break
        found, optimal = model.solve(best, effort, limit)
        proved &= optimal
        if found is not None and model.score(found) < model.score(best):
            best = found
    cells.update(best)
    return proved


class _GroupModel:
    """CP-SAT's view of posts that share people: who stands which slot."""

    def __init__(self, slots: Slots, posts: Iterable[str]) -> None:
        wanted = set(posts)
        self.slots = slots
        self.model = cp_model.CpModel()
        self.wanted = [slot for slot in slots.wanted if slot.post in wanted]
        among = {
            person.id: frozenset(p for p in wanted if may_ever_stand(person, slots.posts[p]))
            for person in slots.problem.people
        }
        self.may = {person: posts for person, posts in among.items() if posts}
        self.people = [person for person in slots.problem.people if person.id in self.may]
        self.stands: dict[tuple[str, int], cp_model.IntVar] = {}
        self.on_day: dict[tuple[str, date], list[int]] = defaultdict(list)
        self.history = slots.rows(slots.problem.history)
        for person in self.people:
            self._add_person(person)
        self.lost = [self._add_demand(i) for i in range(len(self.wanted))]
        self.fair = shares(slots, self.may)

    def score(self, cells: CellsFound) -> tuple[int, ...]:
        """Judge the cells of the group's people; other posts add the same to every roster."""
        return score(self.slots, cells, self.fair)

    def _add_person(self, person: RosterPerson) -> None:
        pins = self.slots.problem.pins
        for i, slot in enumerate(self.wanted):
            key = (person.id, slot.day)
            pin = pins.get(key)
            is_pin = pin == (slot.post, slot.shift)
            if key in pins and not is_pin:
                continue
            if not is_pin and not self._may_stand(person, slot):
                continue
            stands = self.model.new_bool_var("")
            if is_pin:
                self.model.add(stands == 1)
            self.stands[person.id, i] = stands
            self.on_day[key].append(i)
        for day in self.slots.days:
            today = self._stands(person, self.on_day[person.id, day])
            if len(today) > 1:
                self.model.add_at_most_one(today)
        self._keep_apart(person)
        for limit in person.limits:
            self._hold(person, limit)

    def _may_stand(self, person: RosterPerson, slot: Slot) -> bool:
        """Whether nothing but the rest of the person's own row stands against it."""
        if stopped_by(self.slots, person, slot) is not None:
            return False
        return fault_of_adding(person, self.history[person.id], slot) is None

    def _stands(self, person: RosterPerson, numbers: Iterable[int]) -> list[cp_model.IntVar]:
        return [self.stands[person.id, i] for i in numbers]

    def _keep_apart(self, person: RosterPerson) -> None:
        """Forbid two shifts of neighbouring days that overlap or leave too little rest."""
        rest = max(
            [limit.value * 60 for limit in person.limits if limit.name == "rest-hours"] + [0]
        )
        for day in self.slots.days:
            for ahead in range(1, 3 + int(rest) // _DAY):
                later = day + timedelta(days=ahead)
                after = self.on_day.get((person.id, later), [])
                for until, before in self._by_end(person, day).items():
                    close = [i for i in after if self.wanted[i].since - until < rest]
                    if close:
                        both = self._stands(person, before + close)
                        self.model.add_at_most_one(both)

    def _by_end(self, person: RosterPerson, day: date) -> dict[int, list[int]]:
        """Group the day's slots by when they end."""
        groups: dict[int, list[int]] = defaultdict(list)
        for i in self.on_day.get((person.id, day), []):
            groups[self.wanted[i].until].append(i)
        return groups

    def _hold(self, person: RosterPerson, limit: Limit) -> None:
        """Add one limit; rest is held pairwise and the length of a day by what may be stood."""
        if limit.name == "week-hours":
            self._hold_weeks(person, int(limit.value * 60), by_minutes=True)
        elif limit.name == "weekly-rest":
            self._hold_weeks(person, int(7 - limit.value), by_minutes=False)
        elif limit.name in {"days-in-a-row", "nights-in-a-row"}:
            self._hold_runs(person, int(limit.value), nights=limit.name == "nights-in-a-row")
        elif limit.name == "night-shifts":
            mine = [i for i in self._mine(person) if self.wanted[i].is_night]
            past = sum(1 for slot in self.history[person.id].values() if slot.is_night)
            self.model.add(sum(self._stands(person, mine)) <= max(0, int(limit.value) - past))

    def _mine(self, person: RosterPerson) -> list[int]:
        return [i for day in self.slots.days for i in self.on_day.get((person.id, day), [])]

    def _hold_weeks(self, person: RosterPerson, most: int, *, by_minutes: bool) -> None:
        past = self.history[person.id].values()
        for week in sorted({week_of(day) for day in self.slots.days}):
            mine = [i for i in self._mine(person) if week_of(self.wanted[i].day) == week]
            weights = [self.wanted[i].minutes if by_minutes else 1 for i in mine]
            done = sum(s.minutes if by_minutes else 1 for s in past if week_of(s.day) == week)
            if sum(weights) + done > most:
                total = cp_model.LinearExpr.weighted_sum(self._stands(person, mine), weights)
                self.model.add(total <= max(0, most - done))

    def _hold_runs(self, person: RosterPerson, most: int, *, nights: bool) -> None:
        """In every run of days one longer than allowed, one day is off."""
        history = self.history[person.id]
        for end in self.slots.days:
            window = [end - timedelta(days=back) for back in range(most + 1)]
            past = [history[day] for day in window if day in history]
            done = sum(1 for slot in past if slot.is_night or not nights)
            mine = [
                i
                for day in window
                for i in self.on_day.get((person.id, day), [])
                if self.wanted[i].is_night or not nights
            ]
            if mine:
                self.model.add(sum(self._stands(person, mine)) <= max(0, most - done))

    def _add_demand(self, i: int) -> cp_model.LinearExprT:
        """Return how many people the slot lacks; never more than it wants stand there."""
        need = self.wanted[i].need
        takers = [self.stands[p.id, i] for p in self.people if (p.id, i) in self.stands]
        pinned = sum(1 for cell in self._pinned(i) if cell)
        self.model.add(sum(takers) <= max(need, pinned))
        lost = self.model.new_int_var(0, need, "")
        self.model.add(lost + sum(takers) >= need)
        return lost

    def _pinned(self, i: int) -> list[bool]:
        slot = self.wanted[i]
        pins = self.slots.problem.pins.items()
        return [cell == (slot.post, slot.shift) for (_, day), cell in pins if day == slot.day]

    def aim_at_cover(self, _: CellsFound) -> bool:
        """Aim at cover, law first."""
        price, terms = 1, []
        for priority in reversed(PRIORITIES):
            mine = self._lost(priority)
            terms += [price * lost for lost in mine]
            wanted = sum(s.need for s in self.wanted if s.priority == priority)
            price *= wanted + 1
        self.model.minimize(sum(terms))
        return True

    def _lost(self, priority: int) -> list[cp_model.LinearExprT]:
        pairs = zip(self.wanted, self.lost, strict=True)
        return [lost for slot, lost in pairs if slot.priority == priority]

    def aim_at_few_changes(self, best: CellsFound) -> bool:
        """Hold the cover and aim at the last roster; nothing to do without one."""
        known = draft_of(self.slots, best)
        for priority in PRIORITIES:
            mine = self._lost(priority)
            if mine:
                slots = [slot for slot in self.wanted if slot.priority == priority]
                self.model.add(sum(mine) <= sum(known.missing(slot) for slot in slots))
        self.changes = self._changes()
        if self.changes:
            self.model.minimize(sum(self.changes))
        return bool(self.changes)

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

    def aim_at_fairness(self, best: CellsFound) -> bool:
        """Hold cover and changes and aim at even nights, weekends and hours."""
        if self.changes:
            previous = self.slots.problem.previous
            lost = sum(
                1
                for key, cell in previous.items()
                if key in best and best[key] != cell and self._can_match(key, cell)
            )
            self.model.add(sum(self.changes) <= lost)
        self.model.minimize(sum(price for each in self.fair for price in self._prices(each)))
        return bool(self.fair)

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
