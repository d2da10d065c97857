"""Why a roster has gaps: each conflict with its proof, and repairs that were tried."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.roster.draft import constructive
from scheduler.roster.explain.capacity import hands
from scheduler.roster.explain.changes import Change, ask_fewer, changes_of, changes_of_people, hire
from scheduler.roster.explain.conditions import Condition, conditions_of, without
from scheduler.roster.explain.conflict import Conflict, Filled, conflict_of
from scheduler.roster.explain.holes import Holes
from scheduler.roster.explain.places import Key
from scheduler.roster.explain.regions import weeks_about
from scheduler.roster.explain.repairs import Tried, tried_repairs
from scheduler.roster.explain.resolving import with_cells
from scheduler.roster.explain.row_facts import Rows
from scheduler.roster.explain.standing_rows import Bettered, bettered
from scheduler.roster.explain.stuck import Stuck
from scheduler.roster.problem import RosterProblem
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slots

_MOST_TOLD = 3
_MOST_ASKED = 4


@dataclass(frozen=True)
class Finding:
    """
    Places that cannot all be filled, and what would help.

    Attributes:
        conflict: The least set of places and conditions that clash.
        missing: How many places stay empty on the same posts in the same weeks.
        hands: Of the people who may fill places of the conflict, how many each can at most.
        tried: What would help, and of how many changes.
        alike: Other places that stay empty for conditions of the same kind.
    """

    conflict: Conflict
    missing: int
    hands: dict[str, int]
    tried: Tried
    alike: dict[Key, int]


@dataclass(frozen=True)
class Explanation:
    """
    What stands against filling every place.

    Attributes:
        missing: How many people each slot lacks in the best roster found; empty where none.
        findings: Of different kinds; not all of them where there are many.
        untold: How many places stay empty that no finding speaks of.
    """

    rows: Rows
    missing: dict[Key, int]
    findings: tuple[Finding, ...]
    untold: int


def explained(problem: RosterProblem, *, seconds: float = 30.0, seed: int = 0) -> Explanation:
    """
    Return why places stay empty, for a problem whose settled cells break no hard rule.

    Args:
        problem: Posts, people and rules.
        seconds: No further conflict is looked into after so long; the first one always is.
        seed: Decides draws between equals.
    """
    ends = time.monotonic() + seconds
    holes = Holes(Slots(problem))
    rows: Rows = constructive(holes.slots, seed=seed).rows
    while True:
        best = bettered(holes, rows)
        findings = _Findings(holes, best, seed)
        better = findings.look(ends)
        if better is None:
            return Explanation(best.rows, best.missing, tuple(findings.found), findings.untold)
        rows = better


class _Findings:
    """Looks into one stuck place after the other; those of a kind are told together."""

    def __init__(self, holes: Holes, best: Bettered, seed: int) -> None:
        self.holes = holes
        self.problem = holes.slots.problem
        self.best = best
        self.seed = seed
        self.found: list[Finding] = []
        self.kinds: list[frozenset[tuple[str, str]]] = []
        self.told: set[Key] = set()

    @property
    def untold(self) -> int:
        """How many places stay empty that no finding speaks of."""
        return sum(number for key, number in self.best.missing.items() if key not in self.told)

    def look(self, ends: float) -> Rows | None:
        """Fill `found`; return better rows where a place thought stuck can be filled after all."""
        for stuck in self.best.stuck:
            if self.found and (time.monotonic() > ends or len(self.found) >= _MOST_TOLD):
                break
            if stuck.hole.key in self.told or self._join(stuck):
                continue
            whole = replace(stuck, reach=self.holes.reach(stuck.rows, stuck.hole))
            if whole.reach.better is not None:
                return whole.reach.better
            conflict = conflict_of(self.problem, whole, seed=self.seed)
            if isinstance(conflict, Filled):
                return with_cells(self.holes.slots, stuck.rows, conflict.places, conflict.cells)
            self._tell(stuck, conflict)
        return None

    def _join(self, stuck: Stuck) -> bool:
        """Add a stuck place to the finding that names the same kinds of conditions."""
        kinds = _kinds(stuck.reach.needed, stuck)
        if kinds not in self.kinds:
            return False
        number = self.kinds.index(kinds)
        places = self._near(stuck.reach.slots)
        self.told |= places.keys()
        alike = {**self.found[number].alike, **places}
        self.found[number] = replace(self.found[number], alike=alike)
        return True

    def _tell(self, stuck: Stuck, conflict: Conflict) -> None:
        near = self._near(set(conflict.places))
        self.told |= near.keys()
        self.kinds.append(_kinds(stuck.reach.needed, stuck))
        about = weeks_about(self.problem, replace(stuck, rows=self.best.rows))
        changes = self._changes(stuck, conflict)
        tried = tried_repairs(self.holes, self.best, changes, about=about)
        gone = set(conditions_of(self.problem)).difference(conflict.conditions)
        able = hands(without(self.problem, gone), conflict.places)
        self.found.append(Finding(conflict, sum(near.values()), able, tried, {}))

    def _changes(self, stuck: Stuck, conflict: Conflict) -> Iterator[Change]:
        problem = self.problem
        yield from changes_of(problem, conflict.conditions)
        yield from changes_of_people(problem, stuck.hole, problem.people)
        post = self.holes.slots.posts[stuck.hole.post]
        yield from (hire(problem, post, number) for number in (1, 2))
        yield from self._fewer(stuck, conflict)

    def _fewer(self, stuck: Stuck, conflict: Conflict) -> Iterator[Change]:
        """Ask for fewer on the shift itself, then on others of the conflict."""
        keys = [stuck.hole.key, *sorted(conflict.places)]
        shifts = dict.fromkeys((post, code) for post, _, code in keys)
        for shift in list(shifts)[:_MOST_ASKED]:
            slot = next(self.holes.by_key[key] for key in keys if (key[0], key[2]) == shift)
            fewer = ask_fewer(self.problem, slot)
            if fewer is not None:
                yield fewer

    def _near(self, keys: set[Key]) -> dict[Key, int]:
        """Return the empty places on the same posts in the same weeks, not told yet."""
        about = {(post, week_of(day)) for post, day, _ in keys}
        return {
            key: number
            for key, number in self.best.missing.items()
            if (key[0], week_of(key[1])) in about and key not in self.told
        }


def _kinds(conditions: set[Condition], stuck: Stuck) -> frozenset[tuple[str, str]]:
    return frozenset([("post", stuck.hole.post), *((each.kind, each.name) for each in conditions)])
