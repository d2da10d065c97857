"""How many of some places each person can fill at most, for a sum that anyone can check."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from scheduler.roster.draft import constructive
from scheduler.roster.explain.filling import Filling, filling, most_of_one
from scheduler.roster.explain.places import Places, asked
from scheduler.roster.problem import RosterPerson, RosterProblem
from scheduler.roster.rows import week_of
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import stopped_by

_WEEK = 7


def hands(problem: RosterProblem, places: Places) -> dict[str, int]:
    """Return how many of the places each person can fill at most, those left out who can none."""
    slots = asked(problem, places)
    past = _past(problem)
    known: dict[Hashable, int] = {}
    found = {}
    for person in slots.problem.people:
        mine = _may_stand(slots, person)
        kind = _kind(slots, person, mine, past[person.id])
        if kind not in known:
            # Alone nobody is kept from or bound to others: so it is never too few.
            alone = replace(problem, people=(person,), bonds=())
            known[kind] = _most(alone, places, mine)
        if known[kind]:
            found[person.id] = known[kind]
    return found


def judged(problem: RosterProblem, places: Places, *, seed: int) -> Filling:
    """
    Return whether all the places can be filled at once within every hard rule.

    Where everybody's most together is too little, that is the proof, and where they can be filled
    one after the other, that is; else the solver decides.
    """
    if sum(hands(problem, places).values()) < sum(places.values()):
        return Filling("impossible")
    draft = constructive(asked(problem, places), seed=seed)
    if not any(map(draft.missing, draft.slots.wanted)):
        return Filling("possible", draft.cells())
    return filling(problem, places, seed=seed)


def _most(problem: RosterProblem, places: Places, mine: Sequence[Slot]) -> int:
    """Return how many the one person can fill: by arithmetic where it tells, else solved."""
    draft = constructive(asked(problem, places), seed=0)
    reached = sum(slot.need - draft.missing(slot) for slot in draft.slots.wanted)
    if reached == _ceiling(problem.people[0], mine):
        return reached
    return most_of_one(problem, places)


def _ceiling(person: RosterPerson, mine: Sequence[Slot]) -> int:
    """Return a number that nobody exceeds: a shift a day, and the days of rest."""
    weeks: dict[tuple[int, int], list[Slot]] = defaultdict(list)
    for slot in mine:
        weeks[week_of(slot.day)].append(slot)
    limits = {limit.name: limit.value for limit in person.limits}
    total = 0
    for some in weeks.values():
        most = len({slot.day for slot in some})
        if "weekly-rest" in limits:
            most = min(most, int(_WEEK - limits["weekly-rest"]))
        total += max(0, most)
    return total


def _may_stand(slots: Slots, person: RosterPerson) -> list[Slot]:
    """Return the slots that the person may stand whatever else they stand, or is settled on."""
    pins = slots.problem.pins
    return [
        slot
        for slot in slots.wanted
        if pins.get((person.id, slot.day)) == (slot.post, slot.shift)
        or ((person.id, slot.day) not in pins and stopped_by(slots, person, slot) is None)
    ]


def _kind(
    slots: Slots, person: RosterPerson, mine: Sequence[Slot], past: Sequence[Hashable]
) -> Hashable:
    """Return the same for people whom the rules cannot tell apart as to these places."""
    limits = tuple(replace(limit, clause=None) for limit in person.limits)
    return tuple(slot.key for slot in mine), limits, slots.spans[person.id].periods, tuple(past)


def _past(problem: RosterProblem) -> dict[str, list[Hashable]]:
    """Return what each person stood before, and is settled on."""
    found: dict[str, list[Hashable]] = defaultdict(list)
    for cells in (problem.history, problem.pins):
        for (person, day), cell in sorted(cells.items(), key=lambda item: item[0]):
            found[person].append((day, cell))
    return found
