"""Days in words, in both languages: 4月30日（周四） and Thu 30 Apr."""

from datetime import date

from rules.text import Text

WEEKDAY_NAMES = (
    Text(zh="周一", en="Mon"),
    Text(zh="周二", en="Tue"),
    Text(zh="周三", en="Wed"),
    Text(zh="周四", en="Thu"),
    Text(zh="周五", en="Fri"),
    Text(zh="周六", en="Sat"),
    Text(zh="周日", en="Sun"),
)
FULL_WEEKDAY_NAMES = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_day(day: date, beside: date | None = None) -> Text:
    """Return "4月30日" and "30 Apr", with the year where it differs from that of *beside*."""
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}"
    if beside is not None and beside.year != day.year:
        return Text(zh=f"{day.year}年{zh}", en=f"{en} {day.year}")
    return Text(zh=zh, en=en)


def day_with_weekday(day: date, beside: date | None = None) -> Text:
    """Return "4月30日（周四）" and "Thu 30 Apr", with the year where it differs from *beside*."""
    name, weekday = short_day(day, beside), WEEKDAY_NAMES[day.weekday()]
    return Text(zh=f"{name.zh}（{weekday.zh}）", en=f"{weekday.en} {name.en}")


def run_of_days(first: date, last: date) -> Text:
    """Return a run of days, both included, for example "5月1日至5日" and "1 to 5 May"."""
    if first == last:
        return short_day(first)
    start, end = short_day(first), short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        return Text(zh=f"{start.zh}至{last.day}日", en=f"{first.day} to {end.en}")
    return Text(zh=f"{start.zh}至{end.zh}", en=f"{start.en} to {end.en}")
