"""Days, clock times, weekdays and yes or no as people type them; nothing where they are none."""

import re
from datetime import date, time
from typing import Any

from rules.cadence import WEEKDAYS, Weekday
from rules.days import EARLIEST, LATEST

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CLOCK = re.compile(r"(\d{1,2})[:\uff1a](\d{2})(?:[:\uff1a]00)?")
_CHINESE_DAYS = "一二三四五六日"
_YES = frozenset({"yes", "y", "true", "1", "x", "是", "√", "✓", "已取消", "取消", "cancelled"})
_NO = frozenset({"no", "n", "false", "0", "", "否"})


def looks_like_day(raw: str) -> bool:
    """Return whether *raw* is written like a day, though there may be none such."""
    return _DAY.fullmatch(raw.strip()) is not None


def day_of(value: Any) -> date | None:
    """Return a day written like 2026-11-30, 2026/11/30 or 2026年11月30日."""
    if isinstance(value, str):
        parts = _DAY.fullmatch(value.strip())
        try:
            value = date(*map(int, parts.groups())) if parts else None
        except ValueError:
            return None
    return value if isinstance(value, date) and EARLIEST <= value <= LATEST else None


def clock_time(value: Any) -> time | None:
    """Return a clock time written like 7:30; a full-width colon is taken too."""
    if isinstance(value, time):
        return value
    parts = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        return None
    return time(int(parts[1]), int(parts[2]))


def weekday_of(value: Any) -> Weekday | None:
    """Return a weekday written like mon, Monday, 周一 or 星期一."""
    word = str(value).strip().lower().split(" ")[0]
    chinese = word.removeprefix("星期").removeprefix("周").replace("天", "日")
    if len(chinese) == 1 and chinese in _CHINESE_DAYS:
        return WEEKDAYS[_CHINESE_DAYS.index(chinese)]
    return next((day for day in WEEKDAYS if len(word) >= 3 and word.startswith(day)), None)


def yes_or_no(value: Any) -> bool | None:
    """Return whether a cell says yes; an empty one says no."""
    if isinstance(value, bool):
        return value
    word = "" if value is None else str(value).strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None
