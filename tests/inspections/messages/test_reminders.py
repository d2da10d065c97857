from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.messages.choice import Choice
from inspections.messages.matters import Matter
from inspections.messages.reminders import reminder_due
from rules.text import Text
from tests.inspections.messages.conftest import choose, local, prepared

ZONE = ZoneInfo("Asia/Shanghai")


def matter(opens, due):
    name = Text(zh="任务", en="Task")
    return Matter("occurrence/1", "/occurrences/1", "main", name, name, opens, due, "scheduled")


MONTHLY = matter(local(1, "00:00"), local(31, "23:59"))
DAILY = matter(local(3, "08:00"), local(3, "16:00"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(28, "07:29"), None),
        (local(28, "07:30"), ("before", date(2026, 3, 28))),
        (local(30, "12:00"), ("before", date(2026, 3, 28))),
        (local(31, "07:29"), None),
        (local(31, "07:30"), ("due", date(2026, 3, 31))),
        (local(31, "23:59"), ("due", date(2026, 3, 31))),
        (local(31, "23:59") + timedelta(seconds=1), ("overdue", date(2026, 3, 31))),
        (local(31, "07:30") + timedelta(days=1), ("overdue", date(2026, 4, 1))),
        (local(31, "07:30") + timedelta(days=2), ("overdue", date(2026, 4, 1))),
        (local(31, "07:30") + timedelta(days=3), ("overdue", date(2026, 4, 3))),
    ],
)
def test_what_takes_days_is_told_before_on_and_after_its_due_day(now, expected):
    assert expected == reminder_due(MONTHLY, Choice("each", days_before=3), ZONE, now=now)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(3, "08:00"), None),
        (local(3, "16:00"), None),
        (local(3, "16:01"), ("overdue", date(2026, 3, 3))),
    ],
)
def test_what_takes_hours_is_told_only_when_it_is_late(now, expected):
    assert expected == reminder_due(DAILY, Choice("each"), ZONE, now=now)


clocks = st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


@given(clocks, clocks, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
def test_nothing_is_sent_inside_quiet_hours_and_nothing_waits_a_day(since, until, at):
    choice = Choice(quiet=(since, until))
    instant = at.replace(tzinfo=ZONE)

    moved = choice.after_quiet(instant, ZONE)

    assert timedelta() <= moved - instant < timedelta(days=1)
    assert moved == choice.after_quiet(moved, ZONE)


def test_single_reminders_are_put_once_each(planned, rulebook):
    choose(planned, "guard", mode="each")
    choose(planned, "officer", mode="each")

    drafts = []
    for day in range(31):
        for clock in ("00:30", "07:30", "16:30"):
            drafts += prepared(planned, rulebook, local(2, clock) + timedelta(days=day))

    mine = [(one.kind, one.day) for one in drafts if one.recipient == "guard"]
    assert [
        ("before", "2026-03-30"),
        ("due", "2026-03-31"),
        ("overdue", "2026-03-31"),
        ("overdue", "2026-04-01"),
    ] == mine
    late = [one.day for one in drafts if one.recipient == "officer"]
    assert "2026-03-02" == late[0]
    assert "overdue" == drafts[0].kind
    assert len(late) == len({(one.about, one.day) for one in drafts if one.recipient == "officer"})
