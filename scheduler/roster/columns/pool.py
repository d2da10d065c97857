"""Columns found so far, each once."""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import Cells


class Pool:
    """Rows with their employees; grows and never forgets."""

    def __init__(self, days: int) -> None:
        self._employees = np.empty(1024, dtype=np.int64)
        self._rows = np.empty((1024, days), dtype=np.int16)
        self._known: set[tuple[int, bytes]] = set()
        self.size = 0

    @property
    def employees(self) -> NDArray[np.int64]:
        """Whose rows they are."""
        return self._employees[: self.size]

    @property
    def rows(self) -> Cells:
        """The rows, in the order in which they came."""
        return self._rows[: self.size]

    def add(self, employees: NDArray[np.int64], rows: Cells) -> None:
        """Add the rows that are not yet there."""
        for e, row in zip(employees, rows, strict=True):
            key = (int(e), row.tobytes())
            if key in self._known:
                continue
            self._known.add(key)
            if self.size == len(self._employees):
                self._employees = np.concatenate([self._employees, self._employees])
                self._rows = np.concatenate([self._rows, self._rows])
            self._employees[self.size] = e
            self._rows[self.size] = row
            self.size += 1
