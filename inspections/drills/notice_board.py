"""The year of drills as it may hang on a wall: published, and nothing that is to be a surprise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspections.drills.year import DrillView, DrillYear
from rules.text import Text


@dataclass(frozen=True)
class BoardRow:
    """
    A kind of drill at a site.

    Attributes:
        days: By month from January, the days of the month that stand, ascending.
        required: How many drills duties ask for.
    """

    site: Text
    kind: Text
    required: int
    days: tuple[tuple[int, ...], ...]
    held: int


@dataclass(frozen=True)
class NoticeBoard:
    """
    A year for the notice board.

    Attributes:
        drills: By start.
        at: The instant that it holds for.
    """

    year: int
    rows: tuple[BoardRow, ...]
    drills: tuple[DrillView, ...]
    at: datetime


def notice_board(shown: DrillYear, *, now: datetime) -> NoticeBoard:
    """
    Return what may be read by everybody, whoever asks.

    Proposals are left out, and unannounced drills that have not begun: who hangs it up may know of
    them, who reads it may not.
    """
    drills = tuple(one for one in shown.drills if _is_public(one, now))
    rows = tuple(
        BoardRow(
            site.name,
            kind.title,
            kind.required,
            _by_month(one for one in drills if one.kind == kind.kind and site.key in one.sites),
            sum(
                one.state in {"done", "late"}
                for one in drills
                if one.kind == kind.kind and site.key in one.sites
            ),
        )
        for site in shown.sites
        for kind in site.kinds
    )
    return NoticeBoard(shown.year, rows, drills, now)


def _is_public(drill: DrillView, now: datetime) -> bool:
    if drill.state in {"proposed", "cancelled"}:
        return False
    return not drill.hidden or drill.starts_at <= now


def _by_month(drills: Iterable[DrillView]) -> tuple[tuple[int, ...], ...]:
    months: list[list[int]] = [[] for _ in range(12)]
    for one in drills:
        months[one.on.month - 1].append(one.on.day)
    return tuple(tuple(sorted(days)) for days in months)
