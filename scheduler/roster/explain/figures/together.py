"""Days that cannot be filled for several rules together, though nobody is missing by number."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules.text import Text
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.explain.figures.changes import changes_of_figures
from scheduler.roster.explain.figures.row_model import Verdict, filled
from scheduler.roster.explain.figures.rules import KINDS, Kind
from scheduler.roster.explain.needed import needed_of

# Of the time left, what one question may take.
_SHARE = 0.2


@dataclass(frozen=True)
class Together:
    """
    Days that cannot be filled, none of which could be left out at either end.

    Attributes:
        last: Included.
        kinds: Kinds of rules; without any one of them the days could be filled.
        repairs: What was changed, after which a roster fills these days.
        tried: How many changes were.
        proved: Whether each question was answered in time.
    """

    first: int
    last: int
    kinds: tuple[Kind, ...]
    repairs: tuple[Text, ...]
    tried: int
    proved: bool


def together(problem: CoreProblem, *, ends: float) -> Together:
    """Return the least of the days, for a problem of which not every place can be filled."""
    return _Search(problem, ends).run()


class _Search:
    def __init__(self, problem: CoreProblem, ends: float) -> None:
        self.problem = problem
        self.ends = ends
        self.proved = True

    def run(self) -> Together:
        days = self.problem.days
        last = _first_true(range(days - 1), lambda day: self._stays_short(self._of(0, day)))
        first = last - _first_true(
            range(last), lambda back: self._stays_short(self._of(last - back, last))
        )
        asked = self._of(first, last)
        present = [kind for kind in KINDS if kind != "pin" or (self.problem.pins >= -1).any()]
        kinds = needed_of(present, lambda some: self._stays_short(asked, some))
        changes = list(changes_of_figures(self.problem, kinds))
        repairs = tuple(
            text
            for text, changed in changes
            if self._verdict(_asking(changed, first, last), KINDS) == "possible"
        )
        return Together(first, last, tuple(kinds), repairs, len(changes), self.proved)

    def _of(self, first: int, last: int) -> CoreProblem:
        return _asking(self.problem, first, last)

    def _stays_short(self, problem: CoreProblem, kinds: Sequence[Kind] = KINDS) -> bool:
        """Tell whether it is proved that not every place can be filled."""
        verdict = self._verdict(problem, kinds)
        self.proved = self.proved and verdict != "unknown"
        return verdict == "impossible"

    def _verdict(self, problem: CoreProblem, kinds: Sequence[Kind]) -> Verdict:
        seconds = (self.ends - time.monotonic()) * _SHARE
        return filled(problem, kinds, seconds=seconds)[0] if seconds > 0 else "unknown"


def _asking(problem: CoreProblem, first: int, last: int) -> CoreProblem:
    """Return the problem that asks for nobody outside the days."""
    need = np.zeros_like(problem.need)
    need[first : last + 1] = problem.need[first : last + 1]
    return replace(problem, need=need)


def _first_true(numbers: range, holds: Callable[[int], bool]) -> int:
    """Return the first number that holds, or the one after the last; all after it hold too."""
    low, high = numbers.start, numbers.stop
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
