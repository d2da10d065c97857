"""The day as a strip: what may be done when, and where the clock stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 772
_LEFT = 8
_RIGHT = 764
_LANE = 27
Place = Callable[[datetime], float]


@dataclass(frozen=True)
class Span:
    """A window on the strip, with the words drawn into it."""

    opens_at: datetime
    due_at: datetime
    words: str
    running: bool


@dataclass(frozen=True)
class Bar:
    """A window with its place; `words` are cut to what fits, `beside` where nothing does."""

    x: float
    y: int
    width: float
    words: str
    running: bool


@dataclass(frozen=True)
class Hour:
    """A vertical line with its clock time."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Strip:
    """
    A drawing 772 units wide.

    Attributes:
        now: Where the clock stands; its flag turns left of `flag` near the right edge.
    """

    height: int
    bars: tuple[Bar, ...]
    hours: tuple[Hour, ...]
    now: float
    flag: float


def day_strip(spans: Sequence[Span], moment: datetime, *, lanes: int = 4) -> Strip:
    """
    Lay out the windows of one day, all in the zone of *moment*; what finds no lane is left out.

    The strip runs in two-hour steps from before the first window, or now, to after the last.
    """
    start, end = _hours(spans, moment)
    scale = (_RIGHT - _LEFT) / (end - start).total_seconds()

    def at(instant: datetime) -> float:
        inside = min(max(instant, start), end)
        return round(_LEFT + (inside - start).total_seconds() * scale, 1)

    bars, used = _stack(spans, at, lanes)
    hours = tuple(_hour(start + timedelta(hours=step), at, end) for step in _steps(start, end))
    here = at(moment)
    flag = here - 2 if here + 100 <= WIDTH else here - 96
    return Strip(4 + used * _LANE + 48, tuple(bars), hours, here, round(flag, 1))


def _hours(spans: Sequence[Span], moment: datetime) -> tuple[datetime, datetime]:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    next_day = midnight + timedelta(days=1)
    first = min([moment, *(max(span.opens_at, midnight) for span in spans)])
    last = max([moment, *(min(span.due_at, next_day) for span in spans)])
    start = midnight + timedelta(hours=first.hour - first.hour % 2)
    end = min(start + timedelta(hours=24), next_day)
    while end - timedelta(hours=2) >= last and end - start > timedelta(hours=8):
        end -= timedelta(hours=2)
    return start, end


def _steps(start: datetime, end: datetime) -> range:
    hours = int((end - start).total_seconds() // 3600)
    return range(0, hours + 1, 2 if hours <= 16 else 4)


def _hour(instant: datetime, at: Place, end: datetime) -> Hour:
    x = at(instant)
    anchor = "start" if x <= _LEFT else "end" if instant >= end else "middle"
    words = "24:00" if instant == end and instant.hour == 0 else f"{instant:%H:%M}"
    return Hour(x, words, anchor)


def _stack(spans: Sequence[Span], at: Place, lanes: int) -> tuple[list[Bar], int]:
    free = [0.0] * lanes
    bars: list[Bar] = []
    for span in sorted(spans, key=lambda one: (one.opens_at, one.due_at)):
        x, right = at(span.opens_at), at(span.due_at)
        words = _cut(span.words, right - x - 16)
        lane = next((i for i, until in enumerate(free) if until <= x), None)
        if lane is None or right - x < 4:
            continue
        free[lane] = right + 4
        bars.append(Bar(x, 4 + lane * _LANE, round(right - x, 1), words, span.running))
    return bars, max((int(bar.y) // _LANE + 1 for bar in bars), default=1)


def _cut(words: str, room: float) -> str:
    taken, kept = 0.0, ""
    for letter in words:
        taken += 16 if ord(letter) > 0x2E80 else 9
        if taken > room:
            return f"{kept[:-1]}…" if len(kept) > 2 else ""
        kept += letter
    return kept
