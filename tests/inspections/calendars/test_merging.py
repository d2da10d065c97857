"""What becomes of the entries of a term calendar at a site."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspections.calendars.entries import CalendarEntry, Where
from inspections.calendars.merging import merged
from rules.organisation.model import (
    CalendarSpan,
    ExtraOpening,
    OpeningSpan,
    SiteCalendar,
    Term,
)
from rules.text import Text

WEEK = OpeningSpan(days=("mon", "tue", "wed", "thu"), opens=time(7, 30), closes=time(17))
FRIDAY = OpeningSpan(days=("fri",), opens=time(7, 30), closes=time(12))


def calendar(**pieces):
    return SiteCalendar(opening=(WEEK, FRIDAY), **pieces)


def entry(kind, key, since, until=None, name="", **rest):
    name = name or key
    words = Text(zh=name, en=name)
    where = Where("terms.xlsx", 2, f"calendar!D{len(key)}")
    return CalendarEntry(kind, key, words, since, until or since, where, **rest)


def outcomes(found):
    return [(step.outcome, step.name.zh) for step in found.steps]


WINTER = entry("closed", "winter", date(2027, 1, 23), date(2027, 2, 21))


def test_every_kind_of_entry_is_added():
    wanted = [
        entry("term", "spring", date(2027, 2, 22), date(2027, 6, 30)),
        WINTER,
        entry("extra", "saturday", date(2027, 4, 24)),
        entry("exam", "final", date(2027, 6, 21), date(2027, 6, 23)),
    ]

    found = merged(calendar(), "school", wanted).calendar

    assert "term-2027-02" == found.terms[0].id
    assert (date(2027, 1, 23), date(2027, 2, 21)) == (found.closed[0].since, found.closed[0].until)
    assert date(2027, 4, 24) == found.extra[0].on
    assert "school#final" == found.exams[0].origin


def test_the_same_calendar_again_changes_nothing():
    once = merged(calendar(), "school", [WINTER]).calendar

    again = merged(once, "school", [WINTER])

    assert once == again.calendar
    assert [("same", "winter")] == outcomes(again)


def test_an_entry_with_other_days_moves():
    once = merged(calendar(), "school", [WINTER]).calendar
    later = entry("closed", "winter", date(2027, 1, 30), date(2027, 2, 28))

    found = merged(once, "school", [later])

    assert [("moved", "winter")] == outcomes(found)
    assert [date(2027, 1, 30)] == [span.since for span in found.calendar.closed]


def test_a_term_that_moves_keeps_its_id_and_its_name_in_the_other_language():
    name = Text(zh="春季学期", en="Spring term")
    old = Term(id="spring", name=name, since=date(2027, 2, 22), until=date(2027, 6, 30))
    wanted = entry("term", "uid-1", date(2027, 2, 22), date(2027, 7, 3), name="春季学期")

    found = merged(calendar(terms=(old,)), "school", [wanted]).calendar.terms

    assert [("spring", name, date(2027, 7, 3))] == [(t.id, t.name, t.until) for t in found]


def test_a_cancelled_entry_is_taken_out():
    once = merged(calendar(), "school", [WINTER]).calendar
    cancelled = entry("closed", "winter", WINTER.since, WINTER.until, cancelled=True)

    found = merged(once, "school", [cancelled])

    assert [("cancelled", "winter")] == outcomes(found)
    assert () == found.calendar.closed


def test_what_was_never_there_needs_no_cancelling():
    cancelled = entry("closed", "winter", WINTER.since, WINTER.until, cancelled=True)

    found = merged(calendar(), "school", [cancelled])

    assert [("absent", "winter")] == outcomes(found)


def test_what_the_file_no_longer_names_goes_between_its_first_and_last_day_only():
    last_year = entry("closed", "old winter", date(2026, 1, 23), date(2026, 2, 21))
    may = entry("closed", "may", date(2027, 5, 1), date(2027, 5, 3))
    june = entry("closed", "june", date(2027, 6, 9))
    once = merged(calendar(), "school", [last_year, WINTER, may, june]).calendar

    found = merged(once, "school", [WINTER, june])

    assert [("same", "winter"), ("same", "june"), ("gone", "may")] == outcomes(found)
    assert [2026, 2027, 2027] == [span.since.year for span in found.calendar.closed]


def test_what_people_wrote_themselves_stays():
    training = CalendarSpan(
        since=date(2027, 3, 5), until=date(2027, 3, 5), reason=Text(zh="教研", en="Training")
    )
    summer = entry("closed", "summer", date(2027, 7, 1), date(2027, 8, 31))

    found = merged(calendar(closed=(training,)), "school", [WINTER, summer]).calendar

    assert training == found.closed[0]


def test_what_people_wrote_and_the_file_says_too_follows_the_file_from_then_on():
    words = Text(zh="寒假", en="Winter holiday")
    own = CalendarSpan(since=WINTER.since, until=WINTER.until, reason=words)
    once = merged(calendar(closed=(own,)), "school", [entry(
        "closed", "w", WINTER.since, WINTER.until, name="寒假"
    )])  # fmt: skip
    later = entry("closed", "w", date(2027, 1, 30), WINTER.until, name="寒假")

    found = merged(once.calendar, "school", [later]).calendar

    assert ["linked"] == [step.outcome for step in once.steps]
    assert [(date(2027, 1, 30), words)] == [(span.since, span.reason) for span in found.closed]


def test_two_calendars_do_not_take_out_what_the_other_brought():
    city = merged(calendar(), "city", [entry("closed", "may", date(2027, 5, 1))]).calendar
    school = [WINTER, entry("closed", "summer", date(2027, 7, 1))]

    found = merged(city, "school", school).calendar

    assert ["city#may", "school#winter", "school#summer"] == [one.origin for one in found.closed]


def test_a_make_up_day_takes_the_hours_of_the_weekday_it_names_or_the_usual_ones():
    friday = entry("extra", "a", date(2027, 4, 24), hours_of="fri")
    sunday = entry("extra", "b", date(2027, 4, 25))
    own = entry("extra", "c", date(2027, 5, 8), opens=time(9), closes=time(11))

    found = merged(calendar(), "school", [friday, sunday, own]).calendar.extra

    assert [time(12), time(17), time(11)] == [one.closes for one in found]


def test_several_make_up_days_in_a_row_are_several():
    weekend = entry("extra", "weekend", date(2027, 4, 24), date(2027, 4, 25))

    once = merged(calendar(), "school", [weekend]).calendar
    again = merged(once, "school", [weekend])

    assert [24, 25] == [one.on.day for one in once.extra]
    assert once == again.calendar


def test_an_entry_of_no_kind_is_left_out():
    found = merged(calendar(), "school", [entry(None, "parents", date(2027, 3, 3))])

    assert (calendar(), ()) == (found.calendar, found.steps)


FIRST = date(2027, 1, 1)
KEYS = st.sampled_from(["a", "b", "c", "d", "e"])
DAYS = st.integers(0, 300)


@st.composite
def entries(draw):
    """Entries with keys of their own; terms stand apart, since they must not overlap."""
    keys = draw(st.lists(KEYS, unique=True, max_size=5))
    return [
        entry(
            draw(st.sampled_from(["closed", "exam", "extra"])),
            key,
            FIRST + timedelta(days=(day := draw(DAYS))),
            FIRST + timedelta(days=day + draw(st.integers(0, 3))),
            cancelled=draw(st.booleans()),
        )
        for key in keys
    ]


@st.composite
def own_pieces(draw):
    days = draw(st.lists(DAYS, unique=True, max_size=3))
    spans = tuple(
        CalendarSpan(
            since=FIRST + timedelta(days=day),
            until=FIRST + timedelta(days=day),
            reason=Text(zh=f"自 {day}", en=f"own {day}"),
        )
        for day in days
    )
    extra = tuple(
        ExtraOpening(on=span.since, opens=time(8), closes=time(9), reason=span.reason)
        for span in spans
    )
    return calendar(closed=spans, extra=extra)


@given(own_pieces(), entries(), entries())
def test_importing_a_file_twice_is_importing_it_once_whatever_came_before(own, before, wanted):
    earlier = merged(own, "school", before).calendar

    once = merged(earlier, "school", wanted).calendar
    again = merged(once, "school", wanted)

    assert once == again.calendar
    assert {step.outcome for step in again.steps} <= {"same", "absent"}


@given(own_pieces(), entries(), entries())
def test_days_that_people_wrote_are_never_lost(own, before, wanted):
    found = merged(merged(own, "city", before).calendar, "school", wanted).calendar

    days = {(span.since, span.until) for span in found.closed}
    assert {(span.since, span.until) for span in own.closed} <= days
    assert {one.on for one in own.extra} <= {one.on for one in found.extra}
