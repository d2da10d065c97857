"""
The roster engine as a contender: what `xunjian roster solve` runs, telling every better roster.

Arguments: the file, the seed, and when to end, in milliseconds of the epoch.
"""

import sys
import time
from pathlib import Path

from benchmarks.contenders.lines import Said, say
from scheduler.roster.core.problem import Cells
from scheduler.roster.formats.reading import read_problem
from scheduler.roster.search.answer import Answer
from scheduler.roster.search.supervision import solve


class _Teller:
    """Tells each roster once; bounds come far more often."""

    def __init__(self) -> None:
        self.told: Cells | None = None

    def __call__(self, answer: Answer) -> None:
        is_new = answer.cells is not self.told
        self.told = answer.cells
        say(Said(answer.cost, answer.bound, answer.cells if is_new else None))


def main() -> None:
    """Solve a file and tell every better roster and bound."""
    problem = read_problem(Path(sys.argv[1]))
    seconds = int(sys.argv[3]) / 1000 - time.time()
    solve(problem, seconds=max(1.0, seconds), seed=int(sys.argv[2]), progress=_Teller())


if __name__ == "__main__":
    main()
