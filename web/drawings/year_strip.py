"""A year of drills as a row: what is wanted as bars, what is planned or held as marks above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WIDTH = 1092
SIZE = 18
_TOP = 8
_LANE = 22
_BAR = 6
_BARS = 10
# Everything held, a drill stands, one is thought of, none is, one was missed.
Tone = Literal["ok", "go", "open", "gap", "bad"]


@dataclass(frozen=True)
class Mark:
    """
    A drill on its day.

    Attributes:
        key: Id of the drill.
        state: Code of a sign of occurrences, for example `done`.
        words: What it is, for those who cannot see it.
        movable: Whether the person who looks may move it.
        anchor: Whether addresses lead to this mark; one drill of several sites has several.
    """

    key: str
    on: date
    state: str
    words: str
    movable: bool = False
    anchor: bool = True


@dataclass(frozen=True)
class Span:
    """
    A period in which a duty asks for drills, both days included.

    Attributes:
        series: Of the duty; each has a line of bars of its own.
    """

    series: str
    since: date
    until: date
    tone: Tone


@dataclass(frozen=True)
class Shut:
    """Days on which no drill may or should be held, both included, and why."""

    since: date
    until: date
    words: str


@dataclass(frozen=True)
class Placed:
    """A mark with its left upper corner."""

    x: float
    y: int
    mark: Mark


@dataclass(frozen=True)
class Bar:
    """A period with its place."""

    x: float
    y: int
    width: float
    tone: Tone


@dataclass(frozen=True)
class Hatched:
    """Closed days with their place; `words` are empty where they do not fit, else take `room`."""

    x: float
    width: float
    words: str
    room: int
    title: str


@dataclass(frozen=True)
class YearRow:
    """A drawing `WIDTH` units wide."""

    height: int
    marks: tuple[Placed, ...]
    bars: tuple[Bar, ...]
    shut: tuple[Hatched, ...]


def year_row(
    year: int, marks: Sequence[Mark], wanted: Sequence[Span], shut: Sequence[Shut]
) -> YearRow:
    """Lay out one row; marks that would cover each other stand one above the other."""
    placed, lanes = _stacked(year, marks)
    floor = _TOP + max(1, lanes) * _LANE
    series = list(dict.fromkeys(one.series for one in wanted))
    bars = tuple(
        _bar(year, one, floor + series.index(one.series) * _BARS)
        for one in wanted
        if _touches(year, one.since, one.until)
    )
    hatched = tuple(_hatched(year, one) for one in shut if _touches(year, one.since, one.until))
    return YearRow(floor + max(1, len(series)) * _BARS + 6, placed, bars, hatched)


def month_lines(year: int) -> list[tuple[int, float]]:
    """Return each month with where it begins."""
    return [(month, left_of(date(year, month, 1))) for month in range(1, 13)]


def week_ticks(year: int) -> list[float]:
    """Return where each Monday of the year begins."""
    first = date(year, 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return [
        left_of(monday + timedelta(weeks=week)) for week in range(53) if _in(year, monday, week)
    ]


def left_of(day: date) -> float:
    """Return where *day* begins in the row of its year."""
    first = date(day.year, 1, 1)
    return round((day - first).days * WIDTH / days_in(day.year), 1)


def days_in(year: int) -> int:
    """Return how many days the year has."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _in(year: int, monday: date, week: int) -> bool:
    return (monday + timedelta(weeks=week)).year == year


def _touches(year: int, since: date, until: date) -> bool:
    return since.year <= year <= until.year


def _within(year: int, since: date, until: date) -> tuple[float, float]:
    """Return where the part of the span that lies in the year begins, and its width."""
    first, last = max(since, date(year, 1, 1)), min(until, date(year, 12, 31))
    return left_of(first), round(((last - first).days + 1) * WIDTH / days_in(year), 1)


def _bar(year: int, one: Span, y: int) -> Bar:
    left, width = _within(year, one.since, one.until)
    # Two periods that touch are two bars.
    inset = min(1.5, width / 4)
    return Bar(round(left + inset, 1), y, round(width - 2 * inset, 1), one.tone)


def _hatched(year: int, one: Shut) -> Hatched:
    left, width = _within(year, one.since, one.until)
    room = sum(12 if ord(letter) > 0x2E80 else 7 for letter in one.words) + 12
    return Hatched(left, width, one.words if room <= width else "", room, one.words)


def _stacked(year: int, marks: Sequence[Mark]) -> tuple[tuple[Placed, ...], int]:
    free: list[float] = []
    placed: list[Placed] = []
    half = WIDTH / days_in(year) / 2
    for mark in sorted(marks, key=lambda one: (one.on, one.key)):
        middle = left_of(mark.on) + half
        x = round(min(max(middle - SIZE / 2, 0), WIDTH - SIZE), 1)
        lane = next((number for number, until in enumerate(free) if until <= x), len(free))
        if lane == len(free):
            free.append(0)
        free[lane] = x + SIZE + 1
        placed.append(Placed(x, _TOP + lane * _LANE, mark))
    return tuple(placed), len(free)
