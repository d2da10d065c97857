"""Days on which all employees together, each at the most that the rules allow, are too few."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from rules.text import Text
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.explain.figures.changes import changes_of_figures
from scheduler.roster.explain.figures.clock import OutOfTime, seconds_until
from scheduler.roster.explain.figures.row_model import RowModel
from scheduler.roster.explain.figures.rowless import alike
from scheduler.roster.explain.figures.rules import KINDS, Kind, rules_of
from scheduler.roster.explain.needed import needed_of

# Rules that only ever take shifts away; the others cannot make an employee work more of some days.
UPPER: tuple[Kind, ...] = (
    "minutes-max",
    "weekends-max",
    "run-max",
    "shift-max",
    "succession",
    "day-off",
    "pin",
)
_WEEK, _MOST_TOLD = 7, 3


@dataclass(frozen=True)
class Window:
    """
    Places that are asked for on some days.

    Attributes:
        last: Included.
        shifts: By number.
    """

    first: int
    last: int
    shifts: tuple[int, ...]

    def need(self, problem: CoreProblem) -> int:
        """Return how many people are wanted there."""
        return int(problem.need[self.first : self.last + 1, list(self.shifts)].sum())

    def inside(self, problem: CoreProblem) -> CoreProblem:
        """Return the problem of these days alone."""
        days = slice(self.first, self.last + 1)
        return replace(
            problem,
            days=self.last - self.first + 1,
            days_off=problem.days_off[:, days],
            pins=problem.pins[:, days],
            need=problem.need[days],
        )


@dataclass(frozen=True)
class Shortage:
    """
    A window that cannot be filled.

    Attributes:
        most: How many of its places each employee can work, by number.
        kinds: Kinds of rules; without any one of them the sum would not be too small.
        repairs: What was changed and tried, with how many places are short all the same.
        tried: How many changes were.
        proved: Whether each kind was asked about in time; if not, more are named than matter.
    """

    window: Window
    need: int
    most: tuple[int, ...]
    kinds: tuple[Kind, ...]
    repairs: tuple[tuple[Text, int], ...]
    tried: int
    proved: bool

    @property
    def missing(self) -> int:
        """How many places stay empty whatever is done."""
        return self.need - sum(self.most)


def shortages(problem: CoreProblem, *, ends: float) -> tuple[list[Shortage], bool]:
    """
    Return what is short on single days, in weeks or, if nothing is, on the whole; and whether all.

    Args:
        problem: Of which no employee's rules contradict each other.
        ends: Moment of the monotonic clock after which no other window is looked into.
    """
    found: list[Shortage] = []
    for window in _windows(problem):
        if len(found) >= _MOST_TOLD or (found and window.last - window.first >= _WEEK):
            return found, True
        if any(_holds(window, one.window) for one in found):
            continue
        try:
            most = _hands(problem, window, UPPER, ends)
        except OutOfTime:
            return found, False
        if sum(most) < window.need(problem):
            found.append(_told(problem, window, most, ends))
    return found, True


def _windows(problem: CoreProblem) -> Iterator[Window]:
    every = tuple(range(len(problem.shifts)))
    for length in (1, _WEEK, problem.days):
        for first in range(0, problem.days, length):
            last = min(first + length, problem.days) - 1
            for shifts in (*((shift,) for shift in every), every):
                window = Window(first, last, shifts)
                # One shift of one day at a time needs no solver; nor do most others.
                is_whole = shifts == every and length > 1
                if _ceiling(problem, window) < window.need(problem) or is_whole:
                    yield window


def _holds(window: Window, other: Window) -> bool:
    inside = window.first <= other.first and other.last <= window.last
    return inside and set(other.shifts) <= set(window.shifts)


def _ceiling(problem: CoreProblem, window: Window) -> int:
    """Return a number that is never too small: every day that nobody has off, within maxima."""
    days = slice(window.first, window.last + 1)
    free = (~problem.days_off[:, days]).sum(axis=1)
    maxima = np.array([[one.shift_max[s] for s in window.shifts] for one in problem.employees])
    return int(np.minimum(free, maxima.sum(axis=1)).sum())


def _hands(
    problem: CoreProblem, window: Window, kinds: Sequence[Kind], ends: float
) -> tuple[int, ...]:
    """
    Return how many of the places each employee can work at most under rules of these kinds.

    Raises:
        OutOfTime: If the clock runs out before everybody was asked.
    """
    inside = window.inside(problem)
    cells = [(d, s) for d in range(inside.days) for s in window.shifts if inside.need[d, s]]
    known: dict[bytes, int] = {}
    most = []
    for e in range(len(inside.employees)):
        key = alike(inside, e)
        if key not in known:
            kept = [rule for rule in rules_of(inside, e) if rule.kind in kinds]
            seconds = seconds_until(ends)
            known[key] = RowModel(inside, e, kept).most(cells, seconds=seconds) or 0
        most.append(known[key])
    return tuple(most)


def _told(problem: CoreProblem, window: Window, most: tuple[int, ...], ends: float) -> Shortage:
    need = window.need(problem)
    short = need - sum(most)
    kinds, proved = _kinds(problem, window, ends)
    effects = _effects(problem, window, kinds, ends)
    fewer = Text(zh=f"这些天少要 {short} 人次", en=f"ask for {short} fewer on these days")
    helping = sorted((one for one in effects if one[1] < short), key=lambda one: one[1])
    repairs = (*helping, (fewer, 0))
    return Shortage(window, need, most, kinds, repairs, len(effects) + 1, proved)


def _kinds(problem: CoreProblem, window: Window, ends: float) -> tuple[tuple[Kind, ...], bool]:
    """Return the least kinds of rules with which too few can come, and whether it is proved."""
    need = window.need(problem)

    def is_short(kinds: Sequence[Kind]) -> bool:
        return sum(_hands(problem, window, kinds, ends)) < need

    of_all = {rule.kind for e in range(len(problem.employees)) for rule in rules_of(problem, e)}
    present = [kind for kind in KINDS if kind in UPPER and kind in of_all]
    try:
        return tuple(needed_of(present, is_short)), True
    except OutOfTime:
        return tuple(present), False


def _effects(
    problem: CoreProblem, window: Window, kinds: Sequence[Kind], ends: float
) -> list[tuple[Text, int]]:
    """Return what was changed in time, with how many places are short all the same."""
    need = window.need(problem)
    effects: list[tuple[Text, int]] = []
    with suppress(OutOfTime):
        for text, changed in changes_of_figures(problem, kinds):
            is_second = len(changed.employees) == len(problem.employees) + 2
            if is_second and effects[-1][1] == 0:
                break  # Two more people do no more than one does.
            left = need - sum(_hands(changed, window, UPPER, ends))
            effects.append((text, max(0, left)))
    return effects
