"""Settled cells and rules that contradict each other, none of which could be left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.roster.bonds import bond_faults, meet
from scheduler.roster.draft import Draft, constructive, pin_faults
from scheduler.roster.explain.changes import Change, changes_of, changes_of_people, handed_over
from scheduler.roster.explain.conditions import (
    Condition,
    bond_condition,
    conditions_of,
    without,
)
from scheduler.roster.explain.holes import Holes
from scheduler.roster.explain.needed import needed_of
from scheduler.roster.explain.repair import Repair
from scheduler.roster.explain.standing_rows import bettered
from scheduler.roster.problem import RosterPost, RosterProblem
from scheduler.roster.slots import Slots

_MOST_TOLD = 4
_MOST_OF_ONE = 3


@dataclass(frozen=True)
class Clash:
    """
    What contradicts each other about one person; without any one of it nothing does.

    Attributes:
        repairs: Changes after which it is gone; `fills` counts the contradictions that they end.
        tried: Of how many changes.
    """

    person: str
    conditions: tuple[Condition, ...]
    repairs: tuple[Repair, ...]
    tried: int


def clashes_of(problem: RosterProblem) -> tuple[Clash, ...]:
    """Return every contradiction between settled cells and hard rules, person by person."""
    people = dict.fromkeys(person.id for person, _, _ in pin_faults(Slots(problem)))
    alone = [
        _clash(problem, person, conditions)
        for person in people
        for conditions in _of_one(problem, person)
    ]
    return (*alone, *(_clash(problem, *each) for each in _of_two(problem)))


def _of_one(problem: RosterProblem, person: str) -> Iterator[tuple[Condition, ...]]:
    """Yield the contradictions of one person, the cell that each ends with let go in turn."""
    alone = replace(
        problem,
        people=tuple(one for one in problem.people if one.id == person),
        posts=_asking_nobody(problem),
        pins={key: cell for key, cell in problem.pins.items() if key[0] == person},
        history={key: cell for key, cell in problem.history.items() if key[0] == person},
    )
    posts = {cell[0] for cell in alone.pins.values() if cell}
    for _ in range(_MOST_OF_ONE):
        if not pin_faults(Slots(alone)):
            return
        found = _least(alone, posts)
        yield tuple(found)
        pins = [each for each in found if each.kind == "pin"]
        if not pins:
            return
        alone = without(alone, pins[-1:])


def _of_two(problem: RosterProblem) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield who is settled beside somebody they are kept apart from, with cells and bond."""
    slots = Slots(problem)
    rows = Draft(slots).rows
    for number, bond in enumerate(problem.bonds):
        if bond.kind != "apart":
            continue
        for fault in bond_faults([bond], rows, problem.since):
            theirs = rows[fault.other or ""].values()
            days = [(fault.person, fault.slot.day)] + [
                (fault.other or "", one.day) for one in theirs if meet(one, fault.slot)
            ]
            pins = [Condition("pin", who, day=day) for who, day in days if day >= problem.since]
            yield fault.person, (bond_condition(problem, number), *pins)


def _asking_nobody(problem: RosterProblem) -> tuple[RosterPost, ...]:
    """Return the posts without demand: only what is settled is looked at."""
    return tuple(replace(post, days=frozenset()) for post in problem.posts)


def _faults(problem: RosterProblem) -> int:
    return len(pin_faults(Slots(replace(problem, posts=_asking_nobody(problem)))))


def _least(problem: RosterProblem, posts: set[str]) -> list[Condition]:
    """Return conditions that contradict each other, none of which could be left out."""
    every = [
        each
        for each in conditions_of(problem)
        if each.kind not in {"role", "qualification"} or each.owner in posts
    ]

    def contradict(kept: Sequence[Condition]) -> bool:
        return bool(pin_faults(Slots(without(problem, set(every).difference(kept)))))

    return needed_of(every, contradict)


def _clash(problem: RosterProblem, person: str, conditions: tuple[Condition, ...]) -> Clash:
    """Try what could be changed, each change by counting the contradictions that it leaves."""
    before = _faults(problem)
    tried: dict[str, tuple[Change, int]] = {}
    changes = list(_changes(problem, person, conditions))
    for change in changes:
        left = _faults(change.problem)
        if left < before and (change.about not in tried or tried[change.about][1] > left):
            tried[change.about] = (change, left)
    best = sorted(tried.values(), key=lambda one: (one[1], one[0].trouble))[:_MOST_TOLD]
    repairs = tuple(
        Repair(each.text, before - left, left, each.trouble, None if left else _empty(each.problem))
        for each, left in best
    )
    return Clash(person, conditions, repairs, len(changes))


def _changes(
    problem: RosterProblem, person: str, conditions: tuple[Condition, ...]
) -> Iterator[Change]:
    yield from changes_of(problem, conditions)
    slots = Slots(problem)
    mine = [one for one in problem.people if one.id == person]
    for each in conditions:
        cell = problem.pins.get((each.owner, each.day)) if each.day else None
        if each.kind == "pin" and each.day and cell is not None:
            slot = slots.of(*cell, each.day)
            yield from changes_of_people(problem, slot, mine)
            yield from handed_over(problem, (each.owner, each.day), slot)


def _empty(problem: RosterProblem) -> int:
    """Return how many places stay empty in the roster that is then made."""
    holes = Holes(Slots(problem))
    return sum(bettered(holes, constructive(holes.slots, seed=0).rows).missing.values())
