"""Dates, spans and figures as people read them, in both languages and the organisation's zone."""

from datetime import date, datetime

from flask import Flask

from rules.units import unit_text
from web.database import now
from web.preferences import language, words
from web.translations import zone

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def init_app(app: Flask) -> None:
    """Give templates the filters."""
    for name in (
        *("day", "moment", "clock", "weekday", "short_day", "short_moment", "by", "ago"),
        *("length", "figure", "limits", "local", "month_day"),
    ):
        app.jinja_env.filters[name if name != "length" else "duration"] = globals()[name]
    app.jinja_env.globals["now"] = now
    app.jinja_env.globals["today"] = today


def local(instant: datetime) -> datetime:
    """Return *instant* on the organisation's clock."""
    return instant.astimezone(zone())


def today() -> date:
    """Return the organisation's present day."""
    return local(now()).date()


def _date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def weekday(value: date | datetime) -> str:
    """Return `周四` or `Thu`."""
    index = _date(value).weekday()
    return f"周{WEEKDAYS_ZH[index]}" if language() == "zh" else WEEKDAYS_EN[index]


def month_day(value: date | datetime) -> str:
    """Return `11月26日` or `26 November`, with the year where it is not this one."""
    on = _date(value)
    other_year = on.year != today().year
    if language() == "zh":
        return f"{on.year}年{on.month}月{on.day}日" if other_year else f"{on.month}月{on.day}日"
    words = f"{on.day} {MONTHS_EN[on.month - 1]}"
    return f"{words} {on.year}" if other_year else words


def day(value: date | datetime) -> str:
    """Return `11月26日 周四` or `Thu 26 November`."""
    parts = (month_day(value), weekday(value))
    return " ".join(parts if language() == "zh" else parts[::-1])


def clock(value: datetime) -> str:
    """Return `18:00`."""
    return f"{local(value):%H:%M}"


def moment(value: datetime) -> str:
    """Return `11月26日 周四 18:00` or `Thu 26 November, 18:00`."""
    separator = " " if language() == "zh" else ", "
    return f"{day(value)}{separator}{clock(value)}"


def short_day(value: date | datetime) -> str:
    """Return `11-26` for tables, with the year where it is not this one."""
    on = _date(value)
    return f"{on:%m-%d}" if on.year == today().year else f"{on:%Y-%m-%d}"


def short_moment(value: datetime) -> str:
    """Return `11-26 18:00` for tables."""
    return f"{short_day(value)} {clock(value)}"


def by(value: datetime) -> str:
    """Return `18:00 前` or `by 18:00` for today, and the day for any other."""
    when = clock(value) if _date(value) == today() else month_day(value)
    if language() == "en":
        return f"by {when}"
    return f"{when} 前" if _date(value) == today() else f"{when}前"


def ago(value: datetime) -> str:
    """Return how long *value* has passed or lies ahead: `3 天`, `5 小时`, `20 分钟`."""
    seconds = abs((now() - value).total_seconds())
    days = abs((today() - _date(value)).days)
    if days >= 1 and seconds >= 20 * 3600:
        return _amount(days, "天", "day")
    if seconds >= 3600:
        return _amount(int(seconds // 3600), "小时", "hour")
    return _amount(max(1, int(seconds // 60)), "分钟", "minute")


def _amount(count: int, zh: str, en: str) -> str:
    if language() == "zh":
        return f"{count} {zh}"
    return f"{count} {en}" if count == 1 else f"{count} {en}s"


def length(minutes: int) -> str:
    """Return `25 分钟`, or `1 小时 28 分` from an hour on."""
    hours, rest = divmod(minutes, 60)
    chinese = language() == "zh"
    if not hours:
        return f"{rest} 分钟" if chinese else f"{rest} min"
    if not rest:
        return f"{hours} 小时" if chinese else f"{hours} h"
    return f"{hours} 小时 {rest} 分" if chinese else f"{hours} h {rest} min"


def figure(value: float, decimals: int | None = None) -> str:
    """Return a number with a true minus sign; whole numbers without a point."""
    digits = f"{value:.{decimals}f}" if decimals is not None else f"{value:g}"
    return digits.replace("-", "−")


def limits(minimum: float | None, maximum: float | None, unit: str) -> str:
    """Return `0–8 ℃`, `≤ −12 ℃` or `≥ 70 ℃` for the code `degC`; nothing without limits."""
    unit = words(unit_text(unit))
    if minimum is not None and maximum is not None:
        joint = "–" if minimum >= 0 and maximum >= 0 else " … "
        return f"{figure(minimum)}{joint}{figure(maximum)} {unit}".rstrip()
    if maximum is not None:
        return f"≤ {figure(maximum)} {unit}".rstrip()
    if minimum is not None:
        return f"≥ {figure(minimum)} {unit}".rstrip()
    return ""
