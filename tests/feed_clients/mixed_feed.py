"""A feed of 500 mixed events in five time zones, and the instants that every client must read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from web.feeds.document import FeedHead, document
from web.feeds.event import FeedEvent, Task

# No summer time; North and South; half an hour; a change at midnight.
ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Santiago",
)
# Their rule changes inside the years of the feed, follows the moon, or changes at 24 o'clock.
ODD_ZONES = ("Africa/Casablanca", "Africa/Cairo", "America/Edmonton", "America/Vancouver")
COUNT = 500
FIRST = datetime(2026, 2, 20, 1, 15, tzinfo=UTC)
TITLES = (
    "应检 · 每日防火巡查 · 教学楼",
    "Drill · evacuation, with a comma; and a semicolon",
    "整改到期 · 灭火器压力不足 🧯👩‍🚒",
    "班次 · " + "很长的名称" * 40,
)


def mixed_events(zones: Sequence[str] = ZONES) -> list[FeedEvent]:
    """Return the events: timed, over midnight, whole days, cancelled, with alarms, to-dos."""
    return [_event(number, ZoneInfo(zones[number % len(zones)])) for number in range(COUNT)]


def feed(events: list[FeedEvent]) -> bytes:
    """Return the bytes that a client would get."""
    return document(FeedHead("巡检 · 混合", "五个时区", "Asia/Shanghai"), events)


def expected(events: list[FeedEvent]) -> dict[str, tuple[str, str]]:
    """Return start and end of each event by UID, as `2026-03-08T07:30:00Z` or `2026-03-08`."""
    return {
        one.uid: (_told(one.starts), _told(one.task.due if one.task else one.ends))
        for one in events
    }


def _event(number: int, zone: ZoneInfo) -> FeedEvent:
    # Every 16 hours and 41 minutes, so that every hour of the day and every change is met.
    starts = (FIRST + number * timedelta(hours=16, minutes=41)).astimezone(zone)
    ends = (starts.astimezone(UTC) + timedelta(minutes=30 + 45 * (number % 14))).astimezone(zone)
    day = starts.date()
    whole_day, to_do = number % 6 == 3, number % 10 == 9
    return FeedEvent(
        uid=f"mixed-{number}@xunjian.invalid",
        revision=number % 7,
        changed_at=FIRST + timedelta(minutes=number),
        starts=day if whole_day and not to_do else starts,
        ends=day + timedelta(days=1 + number % 3) if whole_day and not to_do else ends,
        summary=TITLES[number % len(TITLES)],
        description="依据：《中华人民共和国消防法》第十七条\n为什么是您：当日在岗，持证。",
        location="云岭小学 · 教学楼",
        url=f"https://xunjian.example/occurrences/{number}",
        categories=("应检", "消防"),
        organizer='云岭小学 "本部"',
        cancelled=number % 11 == 5,
        alarms=(0, 15, 1440) if number % 4 == 0 and not to_do else (),
        task=Task(ends, 5, "NEEDS-ACTION") if to_do else None,
    )


def _told(at: datetime | date) -> str:
    if not isinstance(at, datetime):
        return at.isoformat()
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
