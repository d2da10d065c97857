"""A part of a roster solved anew, everything else standing as it is."""

from dataclasses import replace

from scheduler.roster.explain.capacity import judged
from scheduler.roster.explain.places import Places
from scheduler.roster.explain.row_facts import Rows
from scheduler.roster.groups import CellsFound
from scheduler.roster.problem import RosterProblem
from scheduler.roster.slots import Slots


def resolved(slots: Slots, rows: Rows, places: Places, *, seed: int) -> Rows | None:
    """Return rows in which these places are all filled and no other is left, if there are any."""
    problem = slots.problem
    answer = judged(_settled(problem, rows, places), places, seed=seed)
    if answer.cells is None:
        return None
    return with_cells(slots, rows, places, answer.cells)


def with_cells(slots: Slots, rows: Rows, places: Places, cells: CellsFound) -> Rows:
    """Return the rows with whatever the people of the cells stood of the places replaced."""
    since = slots.problem.since
    people = {person for person, _ in cells}
    kept = {
        person: {
            day: slot
            for day, slot in row.items()
            if person not in people or slot.key not in places or day < since
        }
        for person, row in rows.items()
    }
    for (person, day), cell in cells.items():
        if cell is not None:
            kept[person][day] = slots.of(*cell, day)
    return kept


def _settled(problem: RosterProblem, rows: Rows, places: Places) -> RosterProblem:
    """Return the problem with what the rows stand elsewhere settled."""
    elsewhere = {
        (person, day): (slot.post, slot.shift)
        for person, row in rows.items()
        for day, slot in row.items()
        if day >= problem.since and slot.key not in places
    }
    return replace(problem, pins={**problem.pins, **elsewhere})
