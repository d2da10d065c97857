"""Betters a group's roster by exchanges until arithmetic, steps or the clock end it."""

import time

from scheduler.roster.exchange.kernel import search
from scheduler.roster.exchange.tables import Numbering, tables
from scheduler.roster.groups import CellsFound, Effort, Group

# What one is worth against the next, more than a roster usually has of the next: a person too few
# by law, by recommendation and of the house, a changed cell, somebody preferred who is not there,
# an hour of overtime, a step of unfairness, an unmet wish. The score decides what is kept.
_LACK = {0: 10**15, 1: 10**13, 2: 10**11}
_STEP = 1000
_PRICES = (10**8, 10**7, 10**5, _STEP, 10)
# Moves that count as one step of the budget, and of the first and the longest round. The rounds
# are the same whatever the budget, so that a larger one goes on where a smaller one ended.
_MOVES = 400
_FIRST_ROUND, _ROUND = 4_000, 200_000
_HEATS = (0.0, 2.0, 4.0, 1.0)


def exchanged(group: Group, cells: CellsFound, effort: Effort, steps: float) -> CellsFound:
    """
    Return the cells of the group's people, bettered; the cover never gets worse.

    Args:
        group: Whose roster it is.
        cells: Those of the group's people.
        effort: Whose clock is looked at.
        steps: What of its budget may be spent.
    """
    numbering = Numbering(group.slots, group.may)
    figures = tables(numbering, group.fair, _LACK)
    rows = numbering.rows(cells)
    best, found, left = group.score(cells), cells, int(steps * _MOVES)
    rounds, moves = 0, _FIRST_ROUND
    while moves <= left and not group.is_least(best):
        if effort.ends <= time.monotonic():
            effort.was_cut = True
            break
        heat = _HEATS[rounds % len(_HEATS)] * _STEP
        search(figures, rows, _PRICES, effort.seed * 1000 + rounds, moves, heat)
        left, rounds, moves = left - moves, rounds + 1, min(2 * moves, _ROUND)
        now = numbering.cells(rows)
        reached = group.score(now)
        if reached < best:
            best, found = reached, now
    return found
