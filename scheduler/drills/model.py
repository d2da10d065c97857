"""
The days and leaders of announced drills, by CP-SAT.

The one module of this package that imports OR-Tools.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from scheduler.drills.greedy import constructed, off_wish
from scheduler.drills.problem import DrillWanted, SiteDrills

# What is missing comes first, by priority; then, each outweighing what those after it add up to:
_MISSING = {0: 1_000_000, 1: 1_000, 2: 1}
_IDLE_LEADER = 10**8
_MOVED = 10**6
_CROWDED = 10**5
_EVENT = 10**4
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True)
class Placed:
    """
    What the solver settled.

    Attributes:
        days: By id of the drill wanted; what has no day is left out.
        leaders: By day and kind.
        full: Whether it was shown that no more can be placed.
        optimal: Whether it was shown that nothing else is better either.
    """

    days: Mapping[str, date]
    leaders: Mapping[tuple[date, str], str]
    full: bool
    optimal: bool


def placed(  # noqa: PLR0913 (all but the first three are named at the call)
    problem: SiteDrills,
    wanted: Sequence[DrillWanted],
    days: Mapping[str, Sequence[date]],
    *,
    standing: Collection[tuple[date, str]] = (),
    steps: int = 50,
    seed: int = 0,
) -> Placed:
    """
    Return days for *wanted* out of the candidate *days*, the best found in so many steps.

    Args:
        problem: For notes, leaders and what was drilled before.
        wanted: The drills to place.
        days: Candidates by id of the drill wanted.
        standing: Events that are settled, by day and kind; others of the kind may join them.
        steps: Thousandths of CP-SAT's deterministic second.
        seed: Decides between equals.
    """
    model = _Model(problem, wanted, days, frozenset(standing))
    hint = constructed(problem, wanted, days, standing)
    full = len(hint) == len(wanted)
    if not full:
        model.model.minimize(cp_model.LinearExpr.sum(model.missing))
        covered, proved = model.solve(hint, steps=steps // 2, seed=seed)
        hint = covered if covered is not None and model.short(covered) < model.short(hint) else hint
        full = proved
    model.hold(hint)
    model.model.minimize(cp_model.LinearExpr.sum(model.rest))
    found, optimal = model.solve(hint, steps=steps - steps // 2, seed=seed)
    return Placed(found or hint, model.leaders, full, optimal)


class _Model:
    """Which drill falls on which day, which events that makes, and who leads them."""

    def __init__(
        self,
        problem: SiteDrills,
        wanted: Sequence[DrillWanted],
        days: Mapping[str, Sequence[date]],
        standing: frozenset[tuple[date, str]],
    ) -> None:
        self.problem, self.wanted, self.standing = problem, wanted, standing
        self.model = cp_model.CpModel()
        self.missing: list[cp_model.LinearExprT] = []
        self.rest: list[cp_model.LinearExprT] = []
        self.on: dict[tuple[str, date], cp_model.IntVar] = {}
        self.events: dict[tuple[date, str], cp_model.IntVar] = {}
        self.leads: dict[tuple[date, str, str], cp_model.IntVar] = {}
        self.leaders: dict[tuple[date, str], str] = {}
        for one in wanted:
            self._add(one, days[one.id])
        self._keep_apart()
        self._add_events()
        self._add_leaders()

    def solve(
        self, hint: Mapping[str, date], *, steps: int, seed: int
    ) -> tuple[dict[str, date] | None, bool]:
        """Return the best days found and whether none are better; keeps who leads."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for (one, day), chosen in self.on.items():
            self.model.add_hint(chosen, hint.get(one) == day)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = steps / 1000
        status = solver.solve(self.model)
        if status not in _SOLVED:
            return None, False
        self.leaders = {
            (day, kind): leader
            for (day, kind, leader), chosen in self.leads.items()
            if solver.value(chosen)
        }
        days = {one: day for (one, day), chosen in self.on.items() if solver.value(chosen)}
        return days, status == cp_model.OPTIMAL

    def short(self, days: Mapping[str, date]) -> int:
        """Return what *days* leave out, by priority."""
        return sum(_MISSING[one.priority] for one in self.wanted if one.id not in days)

    def hold(self, days: Mapping[str, date]) -> None:
        """From here on leave out no more than *days* do."""
        self.model.add(cp_model.LinearExpr.sum(self.missing) <= self.short(days))

    def _add(self, one: DrillWanted, days: Sequence[date]) -> None:
        chosen = []
        for day in days:
            self.on[one.id, day] = here = self.model.new_bool_var("")
            chosen.append(here)
            moved = one.planned_on is not None and day != one.planned_on
            self.rest.append((off_wish(one, day) + moved * _MOVED) * here)
        missing = self.model.new_bool_var("")
        self.model.add_exactly_one([*chosen, missing])
        self.missing.append(_MISSING[one.priority] * missing)

    def _keep_apart(self) -> None:
        """In any run of days as long as the gap, a series is drilled at most once."""
        on: defaultdict[str, list[tuple[date, cp_model.IntVar]]] = defaultdict(list)
        series = {one.id: one.series for one in self.wanted}
        for (wanted, day), chosen in self.on.items():
            on[series[wanted]].append((day, chosen))
        for name, some in on.items():
            some.sort(key=lambda found: found[0])
            gap, last = self.problem.gap(name), list[cp_model.IntVar]()
            for day in dict.fromkeys(day for day, _ in some):
                near = [var for other, var in some if 0 <= (other - day).days < gap]
                # What an earlier run held entirely says nothing new.
                if len(near) > 1 and last[-len(near) :] != near:
                    self.model.add_at_most_one(near)
                last = near

    def _add_events(self) -> None:
        """One event of a kind serves all of its day; two kinds on a day crowd it."""
        serving: defaultdict[tuple[date, str], list[cp_model.IntVar]] = defaultdict(list)
        kinds = {one.id: one.kind for one in self.wanted}
        for (wanted, day), var in self.on.items():
            serving[day, kinds[wanted]].append(var)
        by_day: defaultdict[date, list[cp_model.IntVar]] = defaultdict(list)
        for (day, kind), chosen in serving.items():
            self.events[day, kind] = event = self.model.new_bool_var("")
            for one in chosen:
                self.model.add_implication(one, event)
            # And the other way: nobody leads an event without a drill.
            self.model.add_bool_or([*chosen, ~event])
            by_day[day].append(event)
            if (day, kind) not in self.standing:
                self.rest.append((_EVENT + self.problem.cost(day)) * event)
        for day, some in by_day.items():
            others = len({kind for when, kind in self.standing if when == day})
            if len(some) + others > 1:
                crowded = self.model.new_int_var(0, len(some), "")
                self.model.add(crowded >= cp_model.LinearExpr.sum(some) + bool(others) - 1)
                self.rest.append(_CROWDED * crowded)

    def _add_leaders(self) -> None:
        """Whoever has not led yet should; nobody leads a day away."""
        waiting = [one for one in self.problem.leaders if not one.led]
        for leader in waiting:
            mine = []
            for day, kind in self.events:
                if day not in leader.away:
                    self.leads[day, kind, leader.id] = lead = self.model.new_bool_var("")
                    self.model.add_implication(lead, self.events[day, kind])
                    mine.append(lead)
            idle = self.model.new_bool_var("")
            self.model.add_exactly_one([*mine, idle])
            self.rest.append(_IDLE_LEADER * idle)
        by_event: defaultdict[tuple[date, str], list[cp_model.IntVar]] = defaultdict(list)
        for (day, kind, _leader), lead in self.leads.items():
            by_event[day, kind].append(lead)
        for some in by_event.values():
            self.model.add_at_most_one(some)
