"""Cadences in one phrase, as a reason beside a task: "every month", "each meal"."""

from rules.cadence import (
    Cadence,
    Count,
    Interval,
    MaxGap,
    OnEvent,
    Periodic,
    PerMeal,
    PerTerm,
    RandomDraw,
    TimesADay,
)
from rules.text import Text

_UNITS: dict[str, Text] = {
    "minute": Text(zh="分钟", en="minutes"),
    "hour": Text(zh="小时", en="hours"),
    "day": Text(zh="日", en="day"),
    "week": Text(zh="周", en="week"),
    "half-month": Text(zh="半月", en="half-month"),
    "month": Text(zh="月", en="month"),
    "quarter": Text(zh="季度", en="quarter"),
    "half-year": Text(zh="半年", en="half-year"),
    "year": Text(zh="年", en="year"),
    "term": Text(zh="学期", en="term"),
}
# Units that take a measure word in Chinese: 每 2 个月, but 每 2 周.
_MEASURED = {"half-month", "month", "quarter", "half-year", "term"}
_EVENTS: dict[str, Text] = {
    "opening": Text(zh="营业", en="opening"),
    "closing": Text(zh="营业结束", en="closing"),
    "term-start": Text(zh="开学", en="the term's start"),
    "term-end": Text(zh="学期结束", en="the term's end"),
    "holiday-start": Text(zh="放假", en="holidays"),
    "holiday-end": Text(zh="假期结束", en="the end of holidays"),
    "weather-warning": Text(zh="天气预警", en="a weather warning"),
}


def rhythm(cadence: Cadence) -> Text:  # noqa: PLR0911 (one return for each kind)
    """Return how often in one phrase."""
    match cadence:
        case Interval():
            unit = _UNITS[cadence.unit]
            return Text(zh=f"每 {cadence.every} {unit.zh}", en=f"every {cadence.every} {unit.en}")
        case TimesADay():
            once = Text(zh="每日", en="every day")
            many = Text(zh=f"每日 {cadence.times} 次", en=f"{cadence.times} times a day")
            return once if cadence.times == 1 else many
        case Periodic():
            return _periodic(cadence)
        case MaxGap():
            return Text(zh=f"至少每 {cadence.days} 日", en=f"at least every {cadence.days} days")
        case Count():
            return _times(cadence.times, cadence.per)
        case PerMeal():
            return Text(zh="每餐", en="each meal")
        case PerTerm():
            return _times(cadence.times, "term")
        case RandomDraw():
            drawn = _times(cadence.times, cadence.per)
            return Text(zh=f"随机，{drawn.zh}", en=f"at random, {drawn.en}")
        case OnEvent():
            return _event(cadence)


def _periodic(cadence: Periodic) -> Text:
    unit = _UNITS[cadence.unit]
    if cadence.every == 1:
        return Text(zh=f"每{unit.zh}", en=f"every {unit.en}")
    measure = " 个" if cadence.unit in _MEASURED else " "
    return Text(
        zh=f"每 {cadence.every}{measure}{unit.zh}",
        en=f"every {cadence.every} {unit.en}s",
    )


def _times(count: int, per: str) -> Text:
    unit = _UNITS[per]
    often = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return Text(zh=f"每{unit.zh} {count} 次", en=f"{often} every {unit.en}")


def _event(cadence: OnEvent) -> Text:
    event = _EVENTS.get(cadence.event, Text(zh=cadence.event, en=cadence.event.replace("-", " ")))
    if cadence.when == "before":
        return Text(zh=f"{event.zh}前", en=f"before {event.en}")
    return Text(zh=f"{event.zh}后", en=f"after {event.en}")
