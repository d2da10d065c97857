from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.durations import Duration
from scheduler.deadlines import deadline
from tests.scheduler.calendars import ALL_DAYS, calendar

BEGINNING = datetime(2024, 1, 1)  # noqa: DTZ001 (Hypothesis adds the zone)
END = datetime(2027, 6, 1)  # noqa: DTZ001
FOUND = datetime(2026, 4, 30, 8, 0, tzinfo=UTC)  # Thursday 16:00 in Shanghai


def _duration(amount: int, unit: str) -> Duration:
    return Duration.model_validate({"amount": amount, "unit": unit})


@pytest.mark.parametrize(
    ("amount", "unit", "due", "zh", "en"),
    [
        (3, "working-day", "05-08 17:30",
         "4月30日（周四）后 3 个工作日 = 5月8日（周五）：5月1日至5日休息",
         "3 working days after Thu 30 Apr = Fri 8 May: 1 to 5 May are closed"),
        (6, "working-day", "05-12 17:30",
         "4月30日（周四）后 6 个工作日 = 5月12日（周二）：5月1日至5日、5月10日休息",
         "6 working days after Thu 30 Apr = Tue 12 May: 1 to 5 May and 10 May are closed"),
        (1, "day", "05-01 23:59",
         "4月30日（周四）后 1 日 = 5月1日（周五）", "1 day after Thu 30 Apr = Fri 1 May"),
        (24, "hour", "05-01 16:00",
         "4月30日（周四）16:00 后 24 小时 = 5月1日（周五）16:00",
         "24 hours after Thu 30 Apr 16:00 = Fri 1 May 16:00"),
        (90, "minute", "04-30 17:30",
         "4月30日（周四）16:00 后 90 分钟 = 4月30日（周四）17:30",
         "90 minutes after Thu 30 Apr 16:00 = Thu 30 Apr 17:30"),
        (4, "working-hour", "05-06 10:00",
         "4月30日（周四）16:00 后 4 个工作小时 = 5月6日（周三）10:00：5月1日至5日休息",
         "4 working hours after Thu 30 Apr 16:00 = Wed 6 May 10:00: 1 to 5 May are closed"),
        (1, "week", "05-07 23:59",
         "4月30日（周四）后 1 周 = 5月7日（周四）", "1 week after Thu 30 Apr = Thu 7 May"),
        (10, "month", "02-28 23:59",
         "4月30日（周四）后 10 个月 = 2027年2月28日（周日）",
         "10 months after Thu 30 Apr = Sun 28 Feb 2027"),
        (1, "year", "04-30 23:59",
         "4月30日（周四）后 1 年 = 2027年4月30日（周五）",
         "1 year after Thu 30 Apr = Fri 30 Apr 2027"),
        (0, "same-day", "04-30 17:30",
         "4月30日（周四）16:00 发现，当日整改：4月30日（周四）17:30 前",
         "found Thu 30 Apr 16:00, due the same day: by Thu 30 Apr 17:30"),
        (0, "immediately", "04-30 16:00",
         "4月30日（周四）16:00 发现，立即整改：4月30日（周四）16:00 前",
         "found Thu 30 Apr 16:00, due at once: by Thu 30 Apr 16:00"),
    ],
)  # fmt: skip
def test_a_deadline_shows_its_arithmetic_in_both_languages(amount, unit, due, zh, en):
    site = calendar()

    found = deadline(FOUND, _duration(amount, unit), site)

    assert due == f"{found.due_at.astimezone(site.zone):%m-%d %H:%M}"
    assert zh == found.text.zh
    assert en == found.text.en


def test_each_day_up_to_the_deadline_says_whether_it_counted_and_why_not():
    found = deadline(FOUND, _duration(3, "working-day"), calendar())

    assert [(day, day > 5) for day in range(1, 9)] == [(d.day.day, d.counted) for d in found.days]
    assert ["劳动节放假"] * 5 == [str(d.why) for d in found.days if not d.counted]


def test_a_finding_after_closing_time_has_the_rest_of_the_day_for_the_same_day():
    site = calendar()
    late = datetime(2026, 4, 30, 11, 0, tzinfo=UTC)

    found = deadline(late, _duration(0, "same-day"), site)

    assert "04-30 23:59:59" == f"{found.due_at.astimezone(site.zone):%m-%d %H:%M:%S}"


def test_a_make_up_workday_counts_as_a_working_day():
    found = deadline(datetime(2026, 2, 13, 2, tzinfo=UTC), _duration(1, "working-day"), calendar())

    assert date(2026, 2, 14) == found.days[-1].day


def test_working_hours_run_on_through_a_night_opening():
    site = calendar(ALL_DAYS, "18:00", "02:00", public_holidays="open")
    at = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # 01:00 on the 3rd, inside the span of the 2nd

    found = deadline(at, _duration(2, "working-hour"), site)

    assert "03-03 19:00" == f"{found.due_at.astimezone(site.zone):%m-%d %H:%M}"


def test_working_hours_of_a_site_that_never_opens_again_are_plain_hours():
    closed = [{"from": "2026-01-01", "until": "2028-12-31", "reason": {"zh": "停用", "en": "Shut"}}]

    found = deadline(FOUND, _duration(4, "working-hour"), calendar(closed=closed))

    assert FOUND + timedelta(hours=4) == found.due_at


@given(
    at=st.datetimes(BEGINNING, END, timezones=st.just(UTC)),
    amount=st.integers(1, 40),
    unit=st.sampled_from(["minute", "hour", "working-hour", "day", "working-day", "week", "month"]),
    zone=st.sampled_from(
        [("Asia/Shanghai", "CN"), ("Europe/London", "GB"), ("America/New_York", "US")]
    ),
)
def test_a_deadline_lies_ahead_and_a_longer_one_never_earlier(at, amount, unit, zone):
    site = calendar(time_zone=zone[0], country=zone[1])

    shorter = deadline(at, _duration(amount, unit), site)
    longer = deadline(at, _duration(amount + 1, unit), site)

    assert at < shorter.due_at < longer.due_at


@given(
    at=st.datetimes(BEGINNING, END, timezones=st.just(UTC)),
    amount=st.integers(1, 30),
)
def test_exactly_the_promised_number_of_working_days_is_counted(at, amount):
    site = calendar()

    found = deadline(at, _duration(amount, "working-day"), site)

    counted = [each.day for each in found.days if each.counted]
    assert amount == len(counted)
    assert all(site.is_working_day(day) for day in counted)
    assert site.clock.date(found.due_at) == counted[-1]
    first = site.clock.date(at) + timedelta(1)
    assert [first + timedelta(n) for n in range(len(found.days))] == [d.day for d in found.days]
