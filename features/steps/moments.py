"""Days and instants as people write them: 11月24日（周二）09:10, with the year where it matters."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:（周[一二三四五六日]）)?"
MOMENT = DAY + r"\d{2}:\d{2}"
_PARTS = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:（周(?P<weekday>[一二三四五六日])）)?(?P<clock>\d{2}:\d{2})?"
)


def day_of(text: str) -> date:
    """Return the day; a weekday beside it must be right, since readers rely on it."""
    found = _PARTS.fullmatch(text)
    assert found, f"{text} is no day"
    day = date(int(found["year"] or 2026), int(found["month"]), int(found["day"]))
    if found["weekday"]:
        assert "一二三四五六日".index(found["weekday"]) == day.weekday(), text
    return day


def moment_of(text: str) -> datetime:
    """Return the instant, in UTC."""
    found = _PARTS.fullmatch(text)
    assert found, f"{text} is no moment"
    assert found["clock"], f"{text} has no clock time"
    clock = time.fromisoformat(found["clock"])
    return datetime.combine(day_of(text), clock, ZONE).astimezone(UTC)


def told(instant: datetime) -> str:
    """Return *instant* so that a failed comparison reads like the feature."""
    return f"{instant.astimezone(ZONE):%Y-%m-%d %H:%M}"
