"""Pairings and separations as arrays for compiled code."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.problem import Bond

_NOBODY = -1


def apart_table(
    bonds: Iterable[Bond], place: Mapping[str, int], days: Sequence[date]
) -> NDArray[np.int64]:
    """Return [person, number, (other, first, last)] whom nobody of a separation meets, -1 after."""
    others: list[list[tuple[int, int, int]]] = [[] for _ in place]
    for bond in bonds:
        here = [place[one] for one in bond.people if one in place]
        for p in here if bond.kind == "apart" else ():
            others[p] += [(q, *_days(bond, days)) for q in here if q != p]
    found = np.full((len(others), max(map(len, others), default=0), 3), _NOBODY, dtype=np.int64)
    for p, mine in enumerate(others):
        for number, one in enumerate(mine):
            found[p, number] = one
    return found


def beside_table(
    bonds: Iterable[Bond], place: Mapping[str, int], days: Sequence[date]
) -> NDArray[np.int64]:
    """Return [person, number, (how many, first, last, who)] of whom one stands with a person."""
    sets: list[list[list[int]]] = [[] for _ in place]
    for bond in bonds:
        if bond.kind == "with" and bond.people[0] in place:
            others = [place[one] for one in bond.people[1:] if one in place]
            sets[place[bond.people[0]]].append([len(others), *_days(bond, days), *others])
    most = max((len(mine) for mine in sets), default=0)
    widest = max((len(one) for mine in sets for one in mine), default=0)
    found = np.full((len(sets), most, widest), _NOBODY, dtype=np.int64)
    for p, mine in enumerate(sets):
        for number, one in enumerate(mine):
            found[p, number, : len(one)] = one
    return found


def _days(bond: Bond, days: Sequence[date]) -> tuple[int, int]:
    """Return the places of the first and the last day on which a bond holds."""
    held = [d for d, day in enumerate(days) if bond.holds_on(day)]
    return (held[0], held[-1]) if held else (len(days), _NOBODY)
