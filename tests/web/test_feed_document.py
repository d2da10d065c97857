"""The bytes of a calendar feed, read back by icalendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from web.feeds.document import FeedHead, document, entity_tag
from web.feeds.event import FeedEvent, clean

HEAD = FeedHead(name="江帆的任务", description="检查与整改期限", time_zone="Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENT = FeedEvent(
    uid="occurrence-1@xunjian",
    revision=2,
    changed_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    starts=datetime(2026, 11, 23, 14, tzinfo=SHANGHAI),
    ends=datetime(2026, 11, 23, 18, tzinfo=SHANGHAI),
    summary="应检：每日防火巡查",
    description="消防法 第十七条",
    location="教学楼",
    url="https://xunjian.example/occurrences/1",
    categories=("检查",),
    organizer="云岭小学",
    alarms=(30,),
)


def _only_event(body: bytes):
    return Calendar.from_ical(body).walk("VEVENT")[0]


def test_an_event_reads_back_with_its_time_in_its_zone():
    event = _only_event(document(HEAD, [EVENT]))

    assert event.decoded("DTSTART") == EVENT.starts
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("SEQUENCE") == 2
    assert str(event["SUMMARY"]) == "应检：每日防火巡查"


def test_every_alarm_has_a_description():
    alarm = Calendar.from_ical(document(HEAD, [EVENT])).walk("VALARM")[0]

    assert str(alarm["DESCRIPTION"]) == "应检：每日防火巡查"
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-30)


def test_a_whole_day_deadline_ends_on_the_next_day_and_keeps_the_person_free():
    deadline = replace(EVENT, starts=date(2026, 11, 30), ends=date(2026, 12, 1))

    event = _only_event(document(HEAD, [deadline]))

    assert event.decoded("DTSTART") == date(2026, 11, 30)
    assert event.decoded("DTEND") == date(2026, 12, 1)
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_a_cancelled_event_has_no_alarm():
    body = document(HEAD, [replace(EVENT, cancelled=True)])

    assert str(_only_event(body)["STATUS"]) == "CANCELLED"
    assert Calendar.from_ical(body).walk("VALARM") == []


def test_the_calendar_itself_has_no_uid():
    assert "UID" not in Calendar.from_ical(document(HEAD, [EVENT]))


def test_the_refresh_interval_is_a_typed_duration():
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in document(HEAD, [EVENT])


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Sydney"]
)
def test_the_zone_rule_gives_the_instants_that_zoneinfo_gives(zone):
    body = document(HEAD, [replace(EVENT, starts=EVENT.starts.astimezone(ZoneInfo(zone)))])
    zones = {component["TZID"]: component for component in Calendar.from_ical(body).timezones}
    rule = zones[zone].to_tz()
    noons = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(730)]

    assert [noon.astimezone(rule).utcoffset() for noon in noons] == [
        noon.astimezone(ZoneInfo(zone)).utcoffset() for noon in noons
    ]


@given(summary=st.text(min_size=1, max_size=300), description=st.text(max_size=2000))
def test_any_text_gives_valid_lines_and_comes_back(summary, description):
    event = replace(EVENT, summary=summary, description=description)

    body = document(HEAD, [event])

    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert str(_only_event(body)["SUMMARY"]) == clean(summary)


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@example(event=replace(EVENT, organizer="\\"))
@given(
    event=st.builds(
        replace,
        st.just(EVENT),
        summary=_WORDS,
        description=_WORDS,
        location=_WORDS,
        categories=st.lists(_WORDS.filter(clean), max_size=3).map(tuple),
        organizer=_WORDS,
        revision=st.integers(0, 10_000),
        cancelled=st.booleans(),
        alarms=st.lists(st.integers(-480, 10_080), max_size=3, unique=True).map(tuple),
    )
)
def test_nothing_is_lost_on_the_way_through_icalendar(event):
    body = document(HEAD, [event])

    read = _only_event(body)

    assert [] == [fault for part in Calendar.from_ical(body).walk() for fault in part.errors]
    told = "\n".join(part for part in (event.description, event.url) if part)
    assert clean(event.summary) == str(read["SUMMARY"])
    assert clean(told) == str(read["DESCRIPTION"])
    assert clean(event.location) == str(read.get("LOCATION", ""))
    assert [clean(one) for one in event.categories] == _categories(read)
    told = clean(event.organizer).replace('"', "'").replace("\n", " ").replace("\\", "/")
    assert told == _name(read)
    assert (event.uid, event.revision) == (str(read["UID"]), read["SEQUENCE"])
    assert (event.starts, event.ends) == (read["DTSTART"].dt, read["DTEND"].dt)
    assert {event.changed_at} == {read[key].dt for key in ("DTSTAMP", "LAST-MODIFIED")}
    ringing = [] if event.cancelled else [timedelta(minutes=-one) for one in event.alarms]
    assert ringing == [alarm["TRIGGER"].dt for alarm in read.walk("VALARM")]
    assert all(str(alarm["DESCRIPTION"]) for alarm in read.walk("VALARM"))
    assert all(len(line) <= 75 and line.decode() is not None for line in body.split(b"\r\n"))


def _categories(read):
    found = read.get("CATEGORIES")
    return [str(one) for one in found.cats] if found else []


def _name(read):
    return str(read["ORGANIZER"].params.get("CN", ""))


@pytest.mark.parametrize(
    "title",
    [
        "灭火器压力不足 🧯👩‍🚒",
        "厨房，消防; a, b; c\\d \\n : =",
        "铃\x07声\x1b[31m 和 \x00 空",
        "两行\r\n标题\r三",
        "很长的标题" * 2_000,
    ],
)
def test_hard_titles_arrive_whole(title):
    body = document(HEAD, [replace(EVENT, summary=title)])

    assert clean(title) == str(_only_event(body)["SUMMARY"])
    assert all(len(line) <= 75 and line.decode("utf-8") is not None for line in body.splitlines())
    assert not set(body.decode("utf-8")) & {chr(code) for code in range(32) if code not in (10, 13)}


def test_equal_state_gives_equal_bytes_and_a_change_gives_another_tag():
    again = document(HEAD, [replace(EVENT)])
    moved = document(HEAD, [replace(EVENT, revision=3)])

    assert document(HEAD, [EVENT]) == again
    assert entity_tag(again) != entity_tag(moved)
