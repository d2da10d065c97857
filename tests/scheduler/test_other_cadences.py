from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from scheduler.context import ExpansionContext, RecordedEvent
from tests.scheduler.calendars import ALL_DAYS, calendar, due_days, expansion, windows

BEFORE = {"days": "opening", "day_off": "before"}
TERM = {"id": "autumn", "name": {"zh": "秋季学期", "en": "Autumn"}, "from": "2026-09-01",
        "until": "2027-01-20"}  # fmt: skip


def _interval(every: int, within: object = "opening-hours") -> dict[str, object]:
    return {"type": "interval", "every": every, "unit": "hour", "within": within}


def test_patrols_run_from_opening_to_closing_and_the_last_is_due_at_closing():
    found = expansion(_interval(3), "2026-09-30", "2026-10-07")

    assert [
        "2026-09-30T10:30: 09-30 07:30 - 09-30 10:30",
        "2026-09-30T13:30: 09-30 10:30 - 09-30 13:30",
        "2026-09-30T16:30: 09-30 13:30 - 09-30 16:30",
        "2026-09-30T17:30: 09-30 16:30 - 09-30 17:30",
    ] == windows(found)


def test_two_hour_patrols_over_midnight_belong_to_the_day_they_fall_due_on():
    found = expansion(
        _interval(2, {"since": "21:00", "until": "03:00"}), "2026-12-31", "2026-12-31"
    )

    assert [
        "2026-12-31T01:00: 12-30 23:00 - 12-31 01:00",
        "2026-12-31T03:00: 12-31 01:00 - 12-31 03:00",
        "2026-12-31T23:00: 12-31 21:00 - 12-31 23:00",
    ] == windows(found)


def test_night_patrols_use_the_night_of_the_site():
    site = calendar(night_from="23:00", night_until="05:00")

    found = expansion(_interval(4, "night"), "2026-09-02", "2026-09-02", on=site)

    assert ["09-01 23:00 - 09-02 03:00", "09-02 03:00 - 09-02 05:00"] == [
        window.split(": ")[1] for window in windows(found)
    ]


def test_patrols_all_day_are_twelve_every_two_hours_on_a_closed_day_too():
    found = expansion(_interval(2, "all-day"), "2026-10-01", "2026-10-01")

    assert [f"2026-10-01T{hour:02d}:00" for hour in range(0, 24, 2)] == [o.period for o in found]


@pytest.mark.parametrize(
    ("zone", "country", "day", "periods"),
    [
        ("America/New_York", "US", "2026-03-08", "00:00 03:00 04:00 06:00"),
        ("America/New_York", "US", "2026-11-01", "00:00 01:00-2 02:00 04:00 06:00"),
        ("Europe/London", "GB", "2026-03-29", "00:00 02:00 04:00 06:00"),
        ("Europe/London", "GB", "2026-10-25", "00:00 01:00-2 02:00 04:00 06:00"),
        ("Australia/Sydney", "AU", "2026-10-04", "00:00 03:00 04:00 06:00"),
        ("Australia/Sydney", "AU", "2026-04-05", "00:00 02:00 03:00 04:00 06:00"),
    ],
)
def test_patrols_keep_the_clock_and_the_gap_on_days_when_the_clock_changes(
    zone, country, day, periods
):
    site = calendar(time_zone=zone, country=country)

    found = expansion(_interval(2, "all-day"), day, day, on=site)

    early = [o for o in found if o.due_at.astimezone(site.zone).hour <= 6]
    assert [f"{day}T{each}" for each in periods.split()] == [o.period for o in early]
    assert all((o.due_at - o.opens_at).total_seconds() <= 7200 for o in found)
    assert all(a.due_at == b.opens_at for a, b in pairwise(found))


def test_three_times_a_day_share_the_open_hours_across_a_break():
    opening = [
        {"days": ALL_DAYS, "opens": "08:00", "closes": "12:00"},
        {"days": ALL_DAYS, "opens": "14:00", "closes": "16:00"},
    ]
    site = calendar(opening=opening, public_holidays="open")

    found = expansion({"type": "times-a-day", "times": 3}, "2026-09-01", "2026-09-01", on=site)

    assert [
        "2026-09-01/1: 09-01 08:00 - 09-01 10:00",
        "2026-09-01/2: 09-01 10:00 - 09-01 12:00",
        "2026-09-01/3: 09-01 14:00 - 09-01 16:00",
    ] == windows(found)


def test_times_a_day_in_given_spans_use_those_spans():
    spans = [{"since": "06:00", "until": "09:00"}, {"since": "22:00", "until": "01:00"}]
    cadence = {"type": "times-a-day", "times": 2, "spans": spans}

    found = expansion(cadence, "2026-10-01", "2026-10-02")

    assert ["2026-09-30/2", "2026-10-01/1", "2026-10-01/2", "2026-10-02/1"] == [
        o.period for o in found
    ]


def test_a_count_per_week_spreads_over_the_days_that_count():
    cadence = {"type": "count", "times": 2, "per": "week"}

    found = expansion(cadence, "2026-09-21", "2026-10-04", **BEFORE)

    assert [
        "2026-W39/1: 09-21 00:00 - 09-22 17:30",
        "2026-W39/2: 09-23 00:00 - 09-24 17:30",
        "2026-W40/1: 09-28 00:00 - 09-29 17:30",
        "2026-W40/2: 09-30 07:30 - 09-30 17:30",
    ] == windows(found)


def test_a_minimum_gap_between_counts_is_kept_by_days_and_by_windows():
    cadence = {"type": "count", "times": 2, "per": "month", "min_gap_days": 20}

    found = expansion(cadence, "2026-09-01", "2026-09-30")

    assert ["2026-09/1: 09-01 00:00 - 09-10 23:59", "2026-09/2: 09-30 00:00 - 09-30 23:59"] == (
        windows(found)
    )


def test_the_count_wins_where_the_days_do_not_allow_the_gap():
    cadence = {"type": "count", "times": 3, "per": "week", "min_gap_days": 5}

    found = expansion(cadence, "2026-09-14", "2026-09-20")

    assert ["09-16", "09-18", "09-20"] == due_days(found)


def test_a_maximum_gap_moves_before_and_counts_on_from_the_moved_day():
    context = ExpansionContext(performed=date(2026, 9, 21))
    cadence = {"type": "max-gap", "days": 10}

    found = expansion(
        cadence, "2026-09-22", "2026-10-20", anchor="completion", context=context,
        days="opening", day_off="after",
    )  # fmt: skip

    assert [
        "after-2026-09-21: 09-22 00:00 - 09-30 17:30",
        "after-2026-09-30: 10-01 00:00 - 10-10 17:30",
        "after-2026-10-10: 10-11 00:00 - 10-20 17:30",
    ] == windows(found)


def test_a_fixed_maximum_gap_counts_from_the_start_and_ignores_completions():
    context = ExpansionContext(start=date(2026, 9, 1), performed=date(2026, 9, 5))

    found = expansion({"type": "max-gap", "days": 15}, "2026-09-01", "2026-10-01", context=context)

    assert [
        "from-2026-09-02: 09-02 00:00 - 09-16 23:59",
        "from-2026-09-17: 09-17 00:00 - 10-01 23:59",
    ] == windows(found)


def test_each_meal_served_on_open_days_has_its_window():
    meals = [{"meal": "snack", "at": "10:00"}, {"meal": "lunch", "at": "11:30"},
             {"meal": "snack", "at": "15:00"}]  # fmt: skip
    site = calendar(meals=meals)

    found = expansion({"type": "meal"}, "2026-09-26", "2026-09-28", on=site)
    lunches = expansion({"type": "meal", "meals": ["lunch"]}, "2026-09-28", "2026-09-30", on=site)

    assert [
        "2026-09-28/snack: 09-28 09:00 - 09-28 11:00",
        "2026-09-28/lunch: 09-28 10:30 - 09-28 12:30",
        "2026-09-28/snack-2: 09-28 14:00 - 09-28 16:00",
    ] == windows(found)
    assert ["09-28", "09-29", "09-30"] == due_days(lunches)


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        (
            {"times": 2},
            ["autumn/1: 09-01 00:00 - 11-12 17:30", "autumn/2: 11-13 00:00 - 01-20 17:30"],
        ),
        ({"when": "start", "within_days": 7}, ["autumn: 09-01 00:00 - 09-07 17:30"]),
        ({"when": "end", "within_days": 3}, ["autumn: 01-18 00:00 - 01-20 17:30"]),
    ],
)
def test_a_duty_of_a_term_lies_where_it_is_wanted(cadence, expected):
    site = calendar(terms=[TERM])

    found = expansion({"type": "term", **cadence}, "2026-09-01", "2027-02-28", on=site, **BEFORE)

    assert expected == windows(found)


def test_random_draws_repeat_by_seed_and_stay_hidden_until_they_open():
    cadence = {"type": "random", "times": 2, "per": "month"}
    seeded = [ExpansionContext(seed=seed, rule="r", target="t") for seed in ("a", "a", "b")]

    first, again, other = (
        expansion(cadence, "2026-09-01", "2026-12-31", context=context, **BEFORE)
        for context in seeded
    )

    assert first == again
    assert due_days(first) != due_days(other)
    assert ["2026-09/1", "2026-09/2", "2026-10/1", "2026-10/2"] == [o.period for o in first[:4]]
    assert [o.opens_at for o in first] == [o.hidden_until for o in first]
    assert all(calendar().is_open(o.due_at.astimezone(calendar().zone).date()) for o in first)


@pytest.mark.parametrize(
    ("event", "when", "within", "expected"),
    [
        ("opening", "before", (30, "minute"),
         "09-30 07:00 - 09-30 07:30, 10-08 07:00 - 10-08 07:30"),
        ("closing", "after", (1, "hour"), "09-30 17:30 - 09-30 18:30, 10-08 17:30 - 10-08 18:30"),
        ("holiday-start", "before", (3, "day"), "09-28 00:00 - 09-30 23:59"),
        ("holiday-start", "before", (3, "working-day"), "09-28 00:00 - 09-30 23:59"),
        ("holiday-end", "after", (1, "working-day"), "10-08 00:00 - 10-08 23:59"),
    ],
)  # fmt: skip
def test_events_of_the_calendar_have_their_windows(event, when, within, expected):
    amount, unit = within
    cadence = {"type": "event", "event": event, "when": when,
               "within": {"amount": amount, "unit": unit}}  # fmt: skip

    found = expansion(cadence, "2026-09-30", "2026-10-08")

    assert expected.split(", ") == [window.split(": ")[1] for window in windows(found)]
    assert all(o.period.startswith(f"{event}-2026-") for o in found)


def test_a_check_in_the_week_before_term_is_due_on_the_last_working_day_before_it():
    site = calendar(terms=[{**TERM, "from": "2026-09-07"}])
    cadence = {"type": "event", "event": "term-start", "when": "before",
               "within": {"amount": 1, "unit": "week"}}  # fmt: skip

    found = expansion(
        cadence, "2026-08-01", "2026-10-01", on=site, days="working", day_off="before"
    )

    assert ["term-start-2026-09-07: 08-31 00:00 - 09-04 17:30"] == windows(found)


def test_a_site_that_never_closes_has_neither_opening_nor_closing():
    site = calendar(ALL_DAYS, "00:00", "00:00", public_holidays="open")
    cadence = {"type": "event", "event": "closing", "within": {"amount": 1, "unit": "hour"}}

    assert () == expansion(cadence, "2026-09-01", "2026-09-30", on=site)


def test_a_recorded_event_starts_a_window_at_its_own_instant_whatever_the_day():
    at = datetime(2026, 10, 3, 3, 20, tzinfo=UTC)
    context = ExpansionContext(events=(RecordedEvent("w1", "weather-warning", at),
                                       RecordedEvent("x", "hot-work", at)))  # fmt: skip
    cadence = {"type": "event", "event": "weather-warning", "within": {"amount": 2, "unit": "hour"}}

    found = expansion(
        cadence, "2026-10-01", "2026-10-31", context=context, days="opening", day_off="skip"
    )

    assert ["weather-warning-w1: 10-03 11:20 - 10-03 13:20"] == windows(found)


def test_at_once_leaves_a_day_to_record_what_was_done():
    at = datetime(2026, 10, 3, 15, 59, tzinfo=UTC)
    context = ExpansionContext(events=(RecordedEvent("w1", "accident", at),))
    cadence = {"type": "event", "event": "accident", "within": {"unit": "immediately"}}

    found = expansion(cadence, "2026-10-01", "2026-10-31", context=context)

    assert ["accident-w1: 10-03 23:59 - 10-04 23:59"] == windows(found)


def test_before_a_recorded_event_the_window_ends_with_it():
    at = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
    context = ExpansionContext(events=(RecordedEvent("h", "hot-work", at),))
    cadence = {"type": "event", "event": "hot-work", "when": "before",
               "within": {"amount": 2, "unit": "working-day"}}  # fmt: skip

    found = expansion(cadence, "2026-09-01", "2026-09-30", context=context)

    assert ["hot-work-h: 09-07 00:00 - 09-09 09:00"] == windows(found)
