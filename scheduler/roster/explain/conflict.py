"""The shifts and conditions that cannot all be had, none of which could be left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.roster.explain.capacity import judged
from scheduler.roster.explain.conditions import Condition, conditions_of, without
from scheduler.roster.explain.needed import needed_of
from scheduler.roster.explain.places import Key, Places, asked
from scheduler.roster.explain.regions import regions_about
from scheduler.roster.explain.stuck import Stuck
from scheduler.roster.groups import CellsFound
from scheduler.roster.problem import RosterProblem

_ORDER = ("qualification", "role", "pin", "absence", "blocked", "bond", "limit")


@dataclass(frozen=True)
class Conflict:
    """
    Places that cannot all be filled, and the conditions in the way.

    Without any one of the places, or of the conditions, all the others can be had together.

    Attributes:
        places: How many people each slot asks for; the last of them is one too many.
        conditions: In the order in which they are told.
        proved: Whether a solver showed both that they clash and that each is needed.
    """

    places: dict[Key, int]
    conditions: tuple[Condition, ...]
    proved: bool = True


@dataclass(frozen=True)
class Filled:
    """A place thought to be stuck can be filled after all, with the others near: by these cells."""

    places: Places
    cells: CellsFound


def conflict_of(problem: RosterProblem, stuck: Stuck, *, seed: int = 0) -> Conflict | Filled:
    """Return why a place stays empty, proved; or how it can be filled after all."""
    for places in regions_about(problem, stuck):
        answer = judged(problem, places, seed=seed)
        if answer.verdict == "impossible":
            return _irreducible(problem, places, stuck, seed)
        if answer.verdict == "unknown":
            break
        last = Filled(places, answer.cells or {})
    else:
        return last
    return Conflict(places, tuple(stuck.reach.needed), proved=False)


def _irreducible(
    problem: RosterProblem, places: dict[Key, int], stuck: Stuck, seed: int
) -> Conflict:
    """Leave out whatever the clash does without: places first, since fewer are sooner judged."""
    proved = True

    def clashes(some: Places, kept: Iterable[Condition]) -> bool:
        nonlocal proved
        gone = every.difference(kept)
        verdict = judged(without(problem, gone), some, seed=seed).verdict
        proved = proved and verdict != "unknown"
        return verdict == "impossible"

    every = set(conditions_of(problem))
    places = _least_places(places, stuck, lambda some: clashes(some, every))
    kept = _least_conditions(problem, places, stuck, lambda some: clashes(places, some))
    order = sorted(kept, key=lambda each: (_ORDER.index(each.kind), each.name))
    return Conflict(places, tuple(order), proved)


def _least_places(
    places: dict[Key, int], stuck: Stuck, clashes: Callable[[Places], bool]
) -> dict[Key, int]:
    """Return places of which none can be left out; those reached are such as the rows show."""
    reached = stuck.reach.slots
    fixed = {key: people for key, people in places.items() if key in reached}
    units = [
        (key, n) for key, people in places.items() if key not in reached for n in range(people)
    ]
    units.sort(key=lambda unit: (abs(unit[0][1] - stuck.hole.day), unit[0]))
    return _with(fixed, needed_of(units, lambda some: clashes(_with(fixed, some))))


def _least_conditions(
    problem: RosterProblem,
    places: Places,
    stuck: Stuck,
    clashes: Callable[[Sequence[Condition]], bool],
) -> list[Condition]:
    """Return conditions of which none can be left out; those the rows show to be such first."""
    every = conditions_of(problem)
    needed = [each for each in every if each in stuck.reach.needed]
    kept = list(needed)
    groups = _groups(problem, [each for each in every if each not in stuck.reach.needed], places)
    while not clashes(kept) and groups:
        kept += groups.pop(0)
    doubtful = kept[len(needed) :]
    return needed + needed_of(doubtful, lambda some: clashes([*needed, *some]))


def _groups(
    problem: RosterProblem, others: Sequence[Condition], places: Places
) -> list[list[Condition]]:
    """Return conditions in groups, those first that are likely to matter together."""
    posts = {post for post, _, _ in places}
    able = {person.id for person in asked(problem, places).problem.people}

    def rank(each: Condition) -> tuple[bool, int, str]:
        return each.owner not in posts | able, _ORDER.index(each.kind), each.name

    return [list(some) for _, some in groupby(sorted(others, key=rank), key=rank)]


def _with(fixed: dict[Key, int], units: Sequence[tuple[Key, int]]) -> dict[Key, int]:
    places = dict(fixed)
    for key, _ in units:
        places[key] = places.get(key, 0) + 1
    return places
