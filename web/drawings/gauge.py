"""A reading on its band, drawn wide for tablets and narrow for phones."""

from dataclasses import dataclass
from typing import Literal

from rules.units import unit_text
from web.formatting import figure
from web.preferences import words

_MARGIN = 10
WIDE = 720
NARROW = 328


@dataclass(frozen=True)
class Band:
    """
    What passes.

    Attributes:
        minimum: Lowest passing value, included; nothing without a lower limit.
        maximum: Highest passing value, included; nothing without an upper limit.
        near: Distance from a limit from which a passing value is called near it.
    """

    minimum: float | None
    maximum: float | None
    unit: str

    @property
    def near(self) -> float:
        """A tenth of the band, or of the limit where there is only one."""
        if self.minimum is not None and self.maximum is not None:
            return (self.maximum - self.minimum) / 10
        return abs(self.minimum if self.minimum is not None else self.maximum or 0) / 20

    def verdict(self, value: float) -> Literal["pass", "near", "fail"]:
        """Return how *value* stands."""
        if self.minimum is not None and value < self.minimum:
            return "fail"
        if self.maximum is not None and value > self.maximum:
            return "fail"
        return "near" if self.distance(value) < self.near else "pass"

    def distance(self, value: float) -> float:
        """Return how far a passing *value* is from the nearer limit."""
        gaps = [value - self.minimum] if self.minimum is not None else []
        gaps += [self.maximum - value] if self.maximum is not None else []
        return min(gaps, default=float("inf"))


@dataclass(frozen=True)
class Zone:
    """A coloured stretch; `words` only where they fit."""

    x: float
    width: float
    tone: str
    words: str


@dataclass(frozen=True)
class Tick:
    """A figure under the scale."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Gauge:
    """
    A drawing of 74 units height.

    Attributes:
        zero: Where the value 0 lies; with `scale` (units for 1) the browser moves the marker.
        reading: Where the marker stands; nothing before the first reading.
        earlier: Where earlier readings stand.
    """

    width: int
    label: str
    zones: tuple[Zone, ...]
    ticks: tuple[Tick, ...]
    zero: float
    scale: float
    reading: float | None
    earlier: tuple[float, ...]


@dataclass(frozen=True)
class GaugeWords:
    """The words on the drawing, in the language of the page."""

    passes: str
    fails: str
    label: str


def gauge(band: Band, readings: tuple[float, ...], said: GaugeWords, *, width: int) -> Gauge:
    """
    Lay out *band* with *readings*, the latest last; needs at least one limit.

    The scale shows a third of the band beyond each limit, and every reading.
    """
    low, high = _range(band, readings)
    scale = (width - 2 * _MARGIN) / (high - low)

    def at(value: float) -> float:
        return round(_MARGIN + (value - low) * scale, 1)

    marks = sorted({low, high, *(v for v in (band.minimum, band.maximum) if v is not None)})
    return Gauge(
        width=width,
        label=said.label,
        zones=tuple(
            Zone(
                at(start),
                round(at(end) - at(start), 1),
                tone,
                _fitting(tone, said, at(end) - at(start)),
            )
            for start, end, tone in _stretches(band, low, high)
        ),
        ticks=tuple(_tick(value, at(value), band, marks) for value in marks),
        zero=at(0),
        scale=round(scale, 4),
        reading=at(readings[-1]) if readings else None,
        earlier=tuple(at(value) for value in readings[:-1]),
    )


def _range(band: Band, readings: tuple[float, ...]) -> tuple[float, float]:
    limits = [value for value in (band.minimum, band.maximum) if value is not None]
    span = (limits[-1] - limits[0]) or abs(limits[0]) or 1.0
    low = min(limits[0] - span / 3, *readings, limits[0])
    high = max(limits[-1] + span / 3, *readings, limits[-1])
    step = 10 if span >= 50 else 1 if span >= 5 else 0.1
    return _floor(low, step), -_floor(-high, step)


def _floor(value: float, step: float) -> float:
    return round(value // step * step, 3)


def _stretches(band: Band, low: float, high: float) -> list[tuple[float, float, str]]:
    stretches: list[tuple[float, float, str]] = []
    start, end = low, high
    if band.minimum is not None:
        stretches.append((low, band.minimum, "bad"))
        start = band.minimum + band.near
        stretches.append((band.minimum, start, "warn"))
    if band.maximum is not None:
        end = band.maximum - band.near
        stretches += [(end, band.maximum, "warn"), (band.maximum, high, "bad")]
    return sorted([*stretches, (start, end, "ok")])


def _fitting(tone: str, said: GaugeWords, width: float) -> str:
    text = {"ok": said.passes, "bad": said.fails}.get(tone, "")
    room = sum(18 if ord(letter) > 0x2E80 else 10 for letter in text)
    return text if room <= width else ""


def _tick(value: float, x: float, band: Band, marks: list[float]) -> Tick:
    last = value == marks[-1]
    anchor = "end" if last else "start" if value == marks[0] else "middle"
    return Tick(
        x, f"{figure(value)} {words(unit_text(band.unit))}" if last else figure(value), anchor
    )
