"""What lies right before and right after some days of a row, where these are planned alone."""

from dataclasses import dataclass

from scheduler.roster.core.problem import OFF, Cells


@dataclass(frozen=True)
class Beyond:
    """
    The run of days worked or of days off that lies next to the days planned, outside of them.

    Attributes:
        shift: Of the day next to them, or OFF.
        days: Length of the run.
        is_open: Whether it touches an end of the horizon, so that no minimum binds it.
    """

    shift: int
    days: int
    is_open: bool


@dataclass(frozen=True)
class Edges:
    """
    Both sides of the days planned.

    Attributes:
        before: Nothing where the horizon begins.
        after: Nothing where the horizon ends.
    """

    before: Beyond | None = None
    after: Beyond | None = None


ALONE = Edges()


def edges(row: Cells, first: int, last: int) -> Edges:
    """Return what lies around the days from *first* to before *last* of a whole row."""
    cells = row.tolist()
    return Edges(_beyond(cells[:first][::-1]), _beyond(cells[last:]))


def _beyond(cells: list[int]) -> Beyond | None:
    """Return the run with which these cells begin, the nearest one first."""
    if not cells:
        return None
    is_off = cells[0] == OFF
    days = next((n for n, cell in enumerate(cells) if (cell == OFF) != is_off), len(cells))
    return Beyond(cells[0], days, is_open=days == len(cells))
