"""Constructs the first roster, row after row, and finds by other means what prices do not find."""

import numpy as np
from numpy.typing import NDArray

from scheduler.roster.core.problem import OFF, Cells
from scheduler.roster.pricing.tables import counts_all_limits
from scheduler.roster.search.annealing import LocalSearch


class Contradiction(Exception):
    """The rules of an employee, by number, contradict each other: there is no roster."""

    def __init__(self, employee: int) -> None:
        self.employee = employee
        super().__init__(f"No row for employee {employee}.")


def first_roster(local: LocalSearch, *, seed: int) -> Cells | None:
    """
    Return a legal roster, or nothing if a row was not found in the time.

    Raises:
        Contradiction: If there is none.
    """
    cells = np.full(local.best.shape, OFF, dtype=np.int16)
    members = local.everyone
    while (failed := local.complete(cells, members)) is not None:
        row = _other_row(local, failed, seed=seed)
        if row is None:
            return None
        cells = local.best.copy()
        cells[failed] = row
        # A row of days off alone may be a row that was not placed yet.
        is_open = (cells == OFF).all(axis=1)
        is_open[failed] = False
        members = np.flatnonzero(is_open)
    return local.best


def _other_row(local: LocalSearch, employee: int, *, seed: int) -> NDArray[np.int16] | None:
    """Return a row that the dynamic program did not find, since it keeps limits by prices."""
    if counts_all_limits(local.pricer.tables, employee):
        raise Contradiction(employee)
    # Imported late: OR-Tools takes as long to load as the first roster to find.
    from scheduler.roster.columns.sole_row import NoneExists, SoleRow

    try:
        return SoleRow(local.problem, employee).solve(local.effort, seed=seed)
    except NoneExists:
        raise Contradiction(employee) from None
