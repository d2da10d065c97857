"""What the solver's processes tell each other."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import Cells


@dataclass(frozen=True, eq=False)
class Found:
    """A roster, with its cost as its finder counts it."""

    cells: Cells
    cost: int


@dataclass(frozen=True)
class Bound:
    """No roster costs less than this."""

    value: float


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows that make up a solved linear program."""

    employees: NDArray[np.int64]
    rows: Cells


@dataclass(frozen=True)
class NoRow:
    """The rules of one employee, by number, contradict each other: there is no roster."""

    employee: int


@dataclass(frozen=True)
class Memory:
    """The most memory that a process has held, in megabytes."""

    megabytes: float


@dataclass(frozen=True)
class Ended:
    """
    A process has used up its budget or has nothing left to do.

    Attributes:
        was_cut: Whether the clock ended it before its steps were done.
    """

    was_cut: bool


Message = Found | Bound | Columns | NoRow | Memory | Ended
Role = Literal["search", "columns", "alone"]
