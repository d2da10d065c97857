"""
The hard rules of posts that share people, as CP-SAT takes them.

One of the modules that import OR-Tools.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import partial

from ortools.sat.python import cp_model

from scheduler.roster.bonds import meet
from scheduler.roster.groups import members
from scheduler.roster.problem import Bond, Limit, RosterPerson
from scheduler.roster.rows import fault_of_adding, week_of
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by

_DAY = 1440


def _is_in(week: tuple[int, int], day: date) -> bool:
    return week_of(day) == week


class GroupModel:
    """
    Who of a group's people may stand which slot, under every hard rule.

    Attributes:
        wanted: The slots of the group's posts; a slot is numbered by its place here.
        may: Person id to the posts of the group that site and role allow.
        people: Those who may stand at least one of them.
        stands: (person, number of the slot) to whether they stand it.
        on_day: (person, day) to the numbers of the slots that they may stand that day.
        lost: How many people each slot lacks.
    """

    def __init__(self, slots: Slots, posts: Collection[str]) -> None:
        self.slots = slots
        self.model = cp_model.CpModel()
        self.wanted = [slot for slot in slots.wanted if slot.post in posts]
        self.may = members(slots, posts)
        self.people = [person for person in slots.problem.people if person.id in self.may]
        self.stands: dict[tuple[str, int], cp_model.IntVar] = {}
        self.on_day: dict[tuple[str, date], list[int]] = defaultdict(list)
        self.history = slots.rows(slots.problem.history)
        for person in self.people:
            self._add_person(person)
        self.lost = [self._add_demand(i) for i in range(len(self.wanted))]
        for bond in slots.problem.bonds:
            self._add_bond(bond)

    def lost_of(self, priority: int) -> list[cp_model.LinearExprT]:
        """Return how many people each slot of a priority lacks."""
        pairs = zip(self.wanted, self.lost, strict=True)
        return [lost for slot, lost in pairs if slot.priority == priority]

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
        for period in self.slots.spans[person.id].periods:
            self._hold_sum(person, period.holds, period.minutes, by_minutes=True)

    def _may_stand(self, person: RosterPerson, slot: Slot) -> bool:
        """Whether nothing but the rest of the person's own row stands against it."""
        if stopped_by(self.slots, person, slot) is not None:
            return False
        past, spans = self.history[person.id], self.slots.spans[person.id]
        return fault_of_adding(person, past, slot, spans) is None

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
            self._hold_weeks(person, int(limit.most * 60), by_minutes=True)
        elif limit.name == "weekly-rest":
            self._hold_weeks(person, int(7 - limit.value), by_minutes=False)
        elif limit.name == "weekly-rest-hours":
            for week in self.slots.spans[person.id].weeks:
                self._hold_rest_in(person, week, int(limit.value * 60))
        elif limit.name in {"days-in-a-row", "nights-in-a-row"}:
            self._hold_runs(person, int(limit.value), nights=limit.name == "nights-in-a-row")
        elif limit.name == "night-shifts":
            mine = [i for i in self._mine(person) if self.wanted[i].is_night]
            past = sum(1 for slot in self.history[person.id].values() if slot.is_night)
            self.model.add(sum(self._stands(person, mine)) <= max(0, int(limit.value) - past))

    def _mine(self, person: RosterPerson) -> list[int]:
        return [i for day in self.slots.days for i in self.on_day.get((person.id, day), [])]

    def _hold_weeks(self, person: RosterPerson, most: int, *, by_minutes: bool) -> None:
        for week in sorted({week_of(day) for day in self.slots.days}):
            self._hold_sum(person, partial(_is_in, week), most, by_minutes=by_minutes)

    def _hold_sum(
        self, person: RosterPerson, holds: Callable[[date], bool], most: int, *, by_minutes: bool
    ) -> None:
        """Keep the minutes or shifts of the days that a span holds to *most*, the past included."""
        mine = [i for i in self._mine(person) if holds(self.wanted[i].day)]
        weights = [self.wanted[i].minutes if by_minutes else 1 for i in mine]
        past = self.history[person.id].values()
        done = sum(each.minutes if by_minutes else 1 for each in past if holds(each.day))
        if sum(weights) + done > most:
            total = cp_model.LinearExpr.weighted_sum(self._stands(person, mine), weights)
            self.model.add(total <= max(0, most - done))

    def _hold_rest_in(self, person: RosterPerson, week: tuple[int, int], rest: int) -> None:
        """Keep some span of *rest* minutes within the week free; it begins where a shift ends."""
        begins, ends = week
        mine = [(i, self.wanted[i]) for i in self._mine(person)]
        inside = [(i, slot) for i, slot in mine if slot.since < ends and begins < slot.until]
        past = [s for s in self.history[person.id].values() if begins < s.until]
        starts = {begins, *(slot.until for _, slot in inside), *(slot.until for slot in past)}
        choices = []
        for start in sorted(start for start in starts if start + rest <= ends):
            if any(s.since < start + rest and start < s.until for s in past):
                continue
            free = self.model.new_bool_var("")
            meets = [i for i, s in inside if s.since < start + rest and start < s.until]
            for stands in self._stands(person, meets):
                self.model.add_implication(free, stands.negated())
            choices.append(free)
        if choices:
            self.model.add_bool_or(choices)
        else:  # What was stood before leaves no room for the rest.
            self.model.add(sum(self._stands(person, [i for i, _ in inside])) == 0)

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
        """Return how many people the slot lacks; never more than it may hold stand there."""
        need = self.wanted[i].need
        takers = self.takers(i)
        pinned = sum(1 for cell in self._pinned(i) if cell)
        self.model.add(sum(takers) <= max(self.wanted[i].most, pinned))
        lost = self.model.new_int_var(0, need, "")
        self.model.add(lost + sum(takers) >= need)
        return lost

    def takers(self, i: int) -> list[cp_model.IntVar]:
        """Return whether they stand the slot, of everyone who may."""
        return [self.stands[p.id, i] for p in self.people if (p.id, i) in self.stands]

    def _add_bond(self, bond: Bond) -> None:
        for (person, i), stands in list(self.stands.items()):
            slot = self.wanted[i]
            if not bond.holds_on(slot.day):
                continue
            if bond.kind == "with" and person == bond.people[0]:
                others = [self.stands.get((other, i)) for other in bond.people[1:]]
                self.model.add_bool_or([one for one in others if one is not None]).only_enforce_if(
                    stands
                )
            elif bond.kind == "apart" and person in bond.people:
                self._keep_away(bond, person, slot, stands)

    def _keep_away(self, bond: Bond, person: str, slot: Slot, stands: cp_model.IntVar) -> None:
        """Let nobody whom the bond keeps away stand the post meanwhile, or have stood it before."""
        for other in bond.people:
            if other == person:
                continue
            past = self.history.get(other, {}).values()
            if any(meet(slot, one) and bond.holds_on(one.day) for one in past):
                self.model.add(stands == 0)
            for beside in (0, 1):
                for j in self.on_day.get((other, slot.day + timedelta(days=beside)), []):
                    if meet(slot, self.wanted[j]) and bond.holds_on(self.wanted[j].day):
                        self.model.add_at_most_one([stands, self.stands[other, j]])

    def _pinned(self, i: int) -> list[bool]:
        slot = self.wanted[i]
        pins = self.slots.problem.pins.items()
        return [cell == (slot.post, slot.shift) for (_, day), cell in pins if day == slot.day]
