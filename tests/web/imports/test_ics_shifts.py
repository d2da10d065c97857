"""Shift patterns from iCalendar files."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from inspections.shift_patterns.posts import KnownPosts
from rules.faults import InputInvalid
from rules.text import Text
from tests.web.imports.test_ics_calendar import calendar
from web.imports.ics_shifts import read_shift_ics

GATE = (Text(zh="主校区", en="Main campus"), Text(zh="门岗", en="Gate"))
POSTS = KnownPosts({("main", "gate"): GATE})


def shift(uid, title, since, until, more="LOCATION:门岗"):
    zone = "TZID=Asia/Shanghai"
    return (
        f"UID:{uid}\nDTSTART;{zone}:{since}\nDTEND;{zone}:{until}\nSUMMARY:{title}\n"
        f"RRULE:FREQ=WEEKLY;BYDAY=MO,TU\n{more}"
    )


def read(*events, posts=POSTS):
    return read_shift_ics(
        calendar(*events),
        file="shifts.ics",
        posts=posts,
        zone=ZoneInfo("Asia/Shanghai"),
        today=date(2026, 11, 23),
    ).entries


DAY = shift("d", "D 白班 × 2", "20261123T070000", "20261123T190000")
NIGHT = shift("n", "N", "20261123T190000", "20261124T070000", "CATEGORIES:Duty,gate")


def test_a_series_is_a_shift_of_the_post_that_its_place_or_category_names():
    found = read(DAY, NIGHT)

    assert [
        ("gate", "D", "白班", time(7), time(19), 2),
        ("gate", "N", None, time(19), time(7), None),
    ] == [
        (one.post, one.code, one.name and one.name.zh, one.since, one.until, one.minimum)
        for one in found
    ]


def test_the_same_shift_in_several_series_is_one_and_an_exception_changes_nothing():
    weekend = shift("w", "D", "20261128T070000", "20261128T190000")
    moved = DAY.replace("RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "RECURRENCE-ID:20261123T070000").replace(
        "T070000", "T090000"
    )

    assert ["D"] == [one.code for one in read(DAY, weekend, moved)]


def test_every_event_that_is_no_shift_is_a_fault_at_its_line():
    two = KnownPosts({("main", "gate"): GATE, ("branch", "gate"): GATE})
    wrong = [
        shift("a", "D", "20261123T070000", "20261123T190000", "LOCATION:屋顶"),
        shift("b", "值班的人员安排", "20261123T070000", "20261123T190000"),
        "UID:c\nDTSTART;VALUE=DATE:20261123\nSUMMARY:D\nLOCATION:门岗",
        DAY,
        shift("e", "D", "20261128T080000", "20261128T190000"),
    ]

    with pytest.raises(InputInvalid) as refusal:
        read(*wrong)
    with pytest.raises(InputInvalid) as several:
        read(DAY, posts=two)

    assert [3, 11, 19, 33] == [fault.line for fault in refusal.value.faults]
    assert [3] == [fault.line for fault in several.value.faults]
