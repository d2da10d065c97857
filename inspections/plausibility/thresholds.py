"""From when on a pattern is worth a look: dated figures, of the product and of each house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.text import Text


@dataclass(frozen=True)
class Threshold:
    """
    One figure that decides.

    Attributes:
        values: By the day from which each holds, ascending; the product's own.
    """

    name: str
    title: Text
    unit: Text
    values: tuple[tuple[date, float], ...]
    least: float = 1
    most: float = 1000


_START = date(2026, 1, 1)
_TIMES = Text(zh="次", en="records")
_DAYS = Text(zh="天", en="days")
_MINUTES = Text(zh="分钟", en="minutes")


def _one(  # noqa: PLR0913, PLR0917 (a table, read by column)
    name: str, zh: str, en: str, unit: Text, value: float, least: float = 1, most: float = 1000
) -> Threshold:
    return Threshold(name, Text(zh=zh, en=en), unit, ((_START, value),), least, most)


_TABLE = (
    _one("identical_records", "同一读数连续次数", "Equal readings in a row", _TIMES, 10, 3),
    _one("identical_days", "同一读数跨越天数", "Days that equal readings span", _DAYS, 7),
    _one("walk_buildings", "换楼最少用时", "Least way between buildings", _MINUTES, 2, 0, 120),
    _one("walk_sites", "换场所最少用时", "Least way between sites", _MINUTES, 10, 0, 600),
    _one(
        "haste_seconds",
        "每项最少用时",
        "Least time an item takes",
        Text(zh="秒", en="seconds"),
        2,
        0.5,
        60,
    ),
    _one("haste_items", "计入的最少项数", "Items a list must have", Text(zh="项", en="items"), 5),
    _one("burst_days", "月末集中的天数", "Last days of a month", _DAYS, 3, 1, 10),
    _one("burst_share", "月末集中的比例", "Share done in them", Text(zh="%", en="%"), 80, 50, 100),
    _one("burst_records", "计入的最少次数", "Records a month must have", _TIMES, 8, 2),
    _one("burst_window", "计入的最短窗口", "Shortest window that counts", _DAYS, 14, 2, 400),
    _one(
        "photo_bits",
        "两张照片视为同一张的差异",
        "Difference of two photos taken for one",
        Text(zh="位（共 64 位）", en="bits of 64"),
        2,
        0,
        6,
    ),
    _one(
        "effective_share",
        "有效工时占在岗时间的标准（0 为不设）",
        "Effective part of the time on shift that is the standard (0: none)",
        Text(zh="%", en="%"),
        0,
        0,
        100,
    ),
)
THRESHOLDS: Mapping[str, Threshold] = {one.name: one for one in _TABLE}


@dataclass(frozen=True)
class Limits:
    """The figures that hold on a day, by name."""

    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """Return the figure called *name*."""
        return self.values[name]


def limits_on(on: date, own: Mapping[str, tuple[tuple[date, float], ...]]) -> Limits:
    """
    Return what holds on a day: the house's latest figure by then, else the product's.

    *own* gives the house's figures by name, each with the day from which it holds.
    """
    return Limits({name: _value(one, own.get(name, ()), on) for name, one in THRESHOLDS.items()})


def _value(one: Threshold, own: tuple[tuple[date, float], ...], on: date) -> float:
    for dated in (own, one.values):
        begun = [each for each in dated if each[0] <= on]
        if begun:
            return max(begun)[1]
    return one.values[0][1]
