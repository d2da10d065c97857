"""Term calendars from iCalendar files."""

from contextlib import suppress
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.faults import InputInvalid
from web.imports.ics_calendar import read_calendar_ics

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)


def calendar(*events, head=""):
    parts = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{parts}END:VCALENDAR\n".encode()


def event(uid, first, after, summary, more=""):
    days = f"DTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{after}"
    return f"UID:{uid}\n{days}\nSUMMARY:{summary}{more}"


def read(data, name=""):
    return read_calendar_ics(data, file="terms.ics", zone=ZONE, today=TODAY, name=name)


def faults(data):
    with pytest.raises(InputInvalid) as refusal:
        read(data)
    return [fault.line for fault in refusal.value.faults]


WINTER = event("winter@school", "20270123", "20270222", "寒假")


def test_the_end_of_whole_days_is_not_included():
    (entry,) = read(calendar(WINTER)).entries

    assert ("closed", date(2027, 1, 23), date(2027, 2, 21)) == (
        entry.kind,
        entry.since,
        entry.until,
    )


def test_the_calendar_is_called_what_it_calls_itself_unless_somebody_says_otherwise():
    data = calendar(WINTER, head="X-WR-CALNAME:学校 #1 校历\n")

    assert ["学校  1 校历", "ours"] == [read(data).name, read(data, "ours").name]


def test_hours_are_those_of_the_organisation():
    makeup = "UID:m\nDTSTART:20270424T000000Z\nDTEND:20270424T040000Z\nSUMMARY:周六补课"

    (entry,) = read(calendar(makeup)).entries

    assert ("extra", date(2027, 4, 24), time(8), time(12)) == (
        entry.kind,
        entry.since,
        entry.opens,
        entry.closes,
    )


def test_what_recurs_is_followed_for_two_years_with_its_moved_and_cancelled_days():
    may = event("may", "20260501", "20260504", "劳动节放假", "\nRRULE:FREQ=YEARLY")
    moved = event(
        "may", "20270502", "20270506", "劳动节放假", "\nRECURRENCE-ID;VALUE=DATE:20270501"
    )
    gone = event(
        "may", "20280501", "20280504", "劳动节放假",
        "\nRECURRENCE-ID;VALUE=DATE:20280501\nSTATUS:CANCELLED",
    )  # fmt: skip

    found = read(calendar(may, moved, gone)).entries

    assert [
        ("may/2026-05-01", date(2026, 5, 1), False, 3),
        ("may/2027-05-01", date(2027, 5, 2), False, 10),
        ("may/2028-05-01", date(2028, 5, 1), True, 17),
    ] == [(one.key, one.since, one.cancelled, one.where.line) for one in found]


def test_of_several_versions_of_an_event_the_latest_counts():
    old = event("winter@school", "20270120", "20270220", "寒假", "\nSEQUENCE:1")
    new = event("winter@school", "20270123", "20270222", "寒假", "\nSEQUENCE:2")

    found = read(calendar(new, old)).entries

    assert [date(2027, 1, 23)] == [one.since for one in found]


def test_a_cancelling_calendar_cancels_every_event():
    found = read(calendar(WINTER, head="METHOD:CANCEL\n")).entries

    assert [True] == [one.cancelled for one in found]


def test_what_an_event_is_may_stay_open():
    found = read(calendar(event("p", "20270303", "20270304", "家长会"))).entries

    assert [(None, True)] == [(one.kind, one.guessed) for one in found]


def test_files_of_old_programs_are_read_too():
    found = read(calendar(WINTER).decode().encode("gb18030")).entries

    assert ["寒假"] == [one.name.zh for one in found]


def test_every_fault_stands_at_the_line_on_which_its_event_begins():
    data = calendar(
        "UID:a\nSUMMARY:寒假",
        "UID:b\nDTSTART;VALUE=DATE:20271345\nSUMMARY:寒假",
        WINTER,
        event("c", "20270301", "20270201", "放假"),
        "UID:d\nDTSTART:20270101T000000\nRRULE:FREQ=MINUTELY\nSUMMARY:放假",
    )

    assert [3, 7, 18, 24] == faults(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", calendar(), b"\xff\xfe\x00", calendar("UID:a\nDTSTART:20270101T000000\n"
     "RRULE:FREQ=DAILY;BYHOUR=1,2,3\nSUMMARY:a")],
    ids=["empty", "no calendar", "no events", "no text", "too many"],
)  # fmt: skip
def test_a_file_without_a_calendar_is_refused(data):
    assert [1] == faults(data)


WHOLE = calendar(
    WINTER,
    event("may", "20260501", "20260504", "劳动节放假", "\nRRULE:FREQ=YEARLY"),
    "UID:m\nDTSTART;TZID=Asia/Shanghai:20270424T080000\nDURATION:PT4H\nSUMMARY:补课",
)
SPOILT = st.lists(
    st.tuples(
        st.integers(0, len(WHOLE)), st.integers(0, 12), st.text("0159;:=,-\nABPTZ/", max_size=4)
    ),
    min_size=1,
    max_size=4,
)


@given(SPOILT)
def test_a_damaged_file_is_read_or_refused_with_words_and_never_breaks(places):
    data = WHOLE
    for at, length, instead in places:
        data = data[:at] + instead.encode() + data[at + length :]

    with suppress(InputInvalid):
        assert all(one.since <= one.until for one in read(data).entries)
