"""A rule version's cadence in a full sentence: how often, on which days, moved how."""

from calendar import month_name

from rules.cadence import (
    Cadence,
    Count,
    Interval,
    MaxGap,
    OnDay,
    OnEvent,
    Periodic,
    PerMeal,
    PerTerm,
    RandomDraw,
    TimesADay,
    TimeSpan,
)
from rules.durations import Duration
from rules.event_names import event_name
from rules.pack import RuleVersion
from rules.text import Text

_PERIODS: dict[str, Text] = {
    "day": Text(zh="日", en="day"),
    "week": Text(zh="周", en="week"),
    "half-month": Text(zh="半月", en="half-month"),
    "month": Text(zh="月", en="month"),
    "quarter": Text(zh="季度", en="quarter"),
    "half-year": Text(zh="半年", en="half-year"),
    "year": Text(zh="年", en="year"),
    "term": Text(zh="学期", en="term"),
}
_MEASURED = frozenset({"month", "quarter", "half-month", "half-year", "term"})
_WEEKDAYS: dict[str, Text] = {
    "mon": Text(zh="周一", en="Monday"),
    "tue": Text(zh="周二", en="Tuesday"),
    "wed": Text(zh="周三", en="Wednesday"),
    "thu": Text(zh="周四", en="Thursday"),
    "fri": Text(zh="周五", en="Friday"),
    "sat": Text(zh="周六", en="Saturday"),
    "sun": Text(zh="周日", en="Sunday"),
}
_NTH: dict[int, Text] = {
    1: Text(zh="第一个", en="first"),
    2: Text(zh="第二个", en="second"),
    3: Text(zh="第三个", en="third"),
    4: Text(zh="第四个", en="fourth"),
    5: Text(zh="第五个", en="fifth"),
    -1: Text(zh="最后一个", en="last"),
}
_WITHIN: dict[str, Text] = {
    "opening-hours": Text(zh="开放时间内", en="during opening hours"),
    "all-day": Text(zh="全天", en="round the clock"),
    "night": Text(zh="夜间", en="at night"),
}
_MEALS: dict[str, Text] = {
    "breakfast": Text(zh="早餐", en="breakfast"),
    "lunch": Text(zh="午餐", en="lunch"),
    "dinner": Text(zh="晚餐", en="dinner"),
    "snack": Text(zh="加餐", en="snack"),
}
_DAYS: dict[str, Text] = {
    "opening": Text(zh="只计开放日", en="on opening days"),
    "working": Text(zh="只计工作日", en="on working days"),
    "school": Text(zh="只计在校日", en="on school days"),
}
_DAY_OFF: dict[str, Text] = {
    "skip": Text(zh="逢休不做", en="left out where that day is closed"),
    "before": Text(zh="逢休提前", en="earlier where that day is closed"),
    "after": Text(zh="逢休顺延", en="later where that day is closed"),
}
_FROM_COMPLETION = Text(zh="从上次完成日起算", en="counted from the last completion")


def cadence_text(cadence: Cadence) -> Text:  # noqa: PLR0911 (one for each kind of cadence)
    """Return how often the duty falls due."""
    match cadence:
        case Interval():
            return _interval(cadence)
        case TimesADay():
            return _times_a_day(cadence)
        case Periodic():
            return _periodic(cadence)
        case MaxGap():
            days = "day" if cadence.days == 1 else f"{cadence.days} days"
            return Text(zh=f"相邻两次不超过 {cadence.days} 日", en=f"at least every {days}")
        case Count():
            return _count(cadence)
        case PerMeal():
            return _meal(cadence)
        case PerTerm():
            return _term(cadence)
        case RandomDraw():
            drawn = _times(cadence.times, cadence.per)
            return Text(zh=f"{drawn.zh}，日期随机抽取", en=f"{drawn.en}, on days drawn at random")
        case OnEvent():
            return _event(cadence)


def version_text(version: RuleVersion) -> Text | None:
    """Return the cadence with the days it counts on and its anchor; nothing without a cadence."""
    if version.cadence is None:
        return None
    parts = [cadence_text(version.cadence)]
    parts += [_DAYS[version.days]] if version.days in _DAYS else []
    if version.days != "every" or version.day_off != "keep":
        parts += [_DAY_OFF[version.day_off]] if version.day_off in _DAY_OFF else []
    parts += [_FROM_COMPLETION] if version.anchor == "completion" else []
    return Text(zh="，".join(one.zh for one in parts), en=", ".join(one.en for one in parts))


def _interval(cadence: Interval) -> Text:
    unit_zh = {"minute": "分钟", "hour": "小时"}[cadence.unit]
    often = cadence.unit if cadence.every == 1 else f"{cadence.every} {cadence.unit}s"
    within = cadence.within
    where = _span(within) if isinstance(within, TimeSpan) else _WITHIN[within]
    zh = f"{where.zh}至少每 {cadence.every} {unit_zh}一次"
    return Text(zh=zh, en=f"at least every {often} {where.en}")


def _span(span: TimeSpan) -> Text:
    clock = f"{span.since:%H:%M}–{span.until:%H:%M}"
    return Text(zh=f"{clock} ", en=f"between {clock}")


def _times_a_day(cadence: TimesADay) -> Text:
    often = {1: "once", 2: "twice"}.get(cadence.times, f"{cadence.times} times")
    text = Text(zh=f"每日 {cadence.times} 次", en=f"{often} a day")
    if not cadence.spans:
        return text
    spans = [f"{span.since:%H:%M}–{span.until:%H:%M}" for span in cadence.spans]
    return Text(zh=f"{text.zh}（{'、'.join(spans)}）", en=f"{text.en} ({', '.join(spans)})")


def _periodic(cadence: Periodic) -> Text:
    unit = _PERIODS[cadence.unit]
    if cadence.every == 1:
        text = Text(zh=f"每{unit.zh}一次", en=f"once every {unit.en}")
    else:
        measure = "个" if cadence.unit in _MEASURED else ""
        zh = f"每 {cadence.every} {measure}{unit.zh}一次"
        text = Text(zh=zh, en=f"once every {cadence.every} {unit.en}s")
    if cadence.on is None:
        return text
    day = _on(cadence.on, cadence.unit)
    space = " " if day.zh[0].isdigit() else ""
    return Text(zh=f"{text.zh}，在{space}{day.zh}", en=f"{text.en}, {day.en}")


def _on(on: OnDay, unit: str) -> Text:
    if on.month is None:
        return _in_month(on, None)
    if unit != "year":
        return _in_month(on, Text(zh=f"第 {on.month} 个月", en=f"month {on.month}"))
    return _in_month(on, Text(zh=f"{on.month} 月", en=month_name[on.month]))


def _in_month(on: OnDay, month: Text | None) -> Text:
    zh = month.zh if month else ""
    en = f" of {month.en}" if month else ""
    if on.weekday is not None:
        weekday = _WEEKDAYS[on.weekday]
        nth = _NTH[on.nth] if on.nth else None
        if nth is None:
            return Text(zh=f"{zh}{weekday.zh}", en=f"on {weekday.en}{en}")
        return Text(zh=f"{zh}{nth.zh}{weekday.zh}", en=f"on the {nth.en} {weekday.en}{en}")
    if on.day == -1:
        return Text(zh=f"{zh}最后一日", en=f"on the last day{en}")
    if on.day is not None:
        return Text(zh=f"{zh} {on.day} 日".strip(), en=f"on day {on.day}{en}")
    return Text(zh=f"{zh}内", en=f"in {month.en}" if month else "within it")


def _count(cadence: Count) -> Text:
    text = _times(cadence.times, cadence.per)
    if not cadence.min_gap_days:
        return text
    gap = cadence.min_gap_days
    days = "a day" if gap == 1 else f"{gap} days"
    return Text(zh=f"{text.zh}，至少相隔 {gap} 日", en=f"{text.en}, at least {days} apart")


def _times(count: int, per: str) -> Text:
    unit = _PERIODS[per]
    often = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return Text(zh=f"每{unit.zh} {count} 次", en=f"{often} every {unit.en}")


def _meal(cadence: PerMeal) -> Text:
    if not cadence.meals:
        return Text(zh="每餐一次", en="once each meal")
    names = [_MEALS[meal] for meal in cadence.meals]
    return Text(
        zh=f"每次{'、'.join(one.zh for one in names)}一次",
        en=f"once each {', '.join(one.en for one in names)}",
    )


def _term(cadence: PerTerm) -> Text:
    text = _times(cadence.times, "term")
    when = {
        "start": Text(
            zh=f"开学后 {cadence.within_days} 日内",
            en=f"within {cadence.within_days} days of its start",
        ),
        "end": Text(
            zh=f"期末前 {cadence.within_days} 日内",
            en=f"within {cadence.within_days} days before its end",
        ),
    }.get(cadence.when)
    return Text(zh=f"{text.zh}，{when.zh}", en=f"{text.en}, {when.en}") if when else text


def _event(cadence: OnEvent) -> Text:
    event, within = event_name(cadence.event), _within(cadence.within)
    if cadence.when == "before":
        return Text(zh=f"{event.zh}前{within.zh}", en=f"{within.en} before {event.en}")
    return Text(zh=f"{event.zh}后{within.zh}", en=f"{within.en} after {event.en}")


def _within(duration: Duration) -> Text:
    words = duration.text
    if duration.unit in {"same-day", "immediately"}:
        return words
    return Text(zh=f" {words.zh}内", en=f"within {words.en}")
