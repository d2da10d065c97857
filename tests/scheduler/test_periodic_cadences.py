from datetime import date

import pytest

from scheduler.context import ExpansionContext
from scheduler.expansion import expand
from tests.scheduler.calendars import calendar, due_days, expansion, version, windows

BEFORE = {"days": "opening", "day_off": "before"}
AFTER = {"days": "opening", "day_off": "after"}
SKIP = {"days": "opening", "day_off": "skip"}


def _periodic(unit: str, **more: object) -> dict[str, object]:
    return {"type": "periodic", "unit": unit, **more}


def test_a_daily_duty_on_opening_days_skips_holidays_and_keeps_make_up_days():
    found = expansion(_periodic("day"), "2026-09-29", "2026-10-12", **SKIP)

    assert [
        "2026-09-29: 09-29 07:30 - 09-29 17:30",
        "2026-09-30: 09-30 07:30 - 09-30 17:30",
        "2026-10-08: 10-08 07:30 - 10-08 17:30",
        "2026-10-09: 10-09 07:30 - 10-09 17:30",
        "2026-10-10: 10-10 07:30 - 10-10 17:30",
        "2026-10-12: 10-12 07:30 - 10-12 17:30",
    ] == windows(found)


def test_a_duty_of_every_day_runs_from_midnight_to_the_last_second():
    (found,) = expansion(_periodic("day"), "2026-10-03", "2026-10-03")

    assert (
        "2026-10-02 16:00:00 - 2026-10-03 15:59:59"
        == f"{found.opens_at:%F %T} - {found.due_at:%F %T}"
    )


@pytest.mark.parametrize(
    ("cadence", "policy", "expected"),
    [
        # unit and day inside the period, policy, due days of the last third of 2026
        (_periodic("week", on={"weekday": "fri"}), BEFORE,
         ("09-04 09-11 09-18 09-24 09-30 10-09 10-16 10-23 "
          "10-30 11-06 11-13 11-20 11-27 12-04 12-11 12-18 12-25 12-31")),
        (_periodic("week", every=2, on={"weekday": "fri"}, phase_on="2026-09-07"), BEFORE,
         "09-18 09-30 10-16 10-30 11-13 11-27 12-11 12-25"),
        (_periodic("day", every=10, phase_on="2026-09-01"), {},
         "09-10 09-20 09-30 10-10 10-20 10-30 11-09 11-19 11-29 12-09 12-19 12-29"),
        (_periodic("half-month"), BEFORE, "09-15 09-30 10-15 10-30 11-13 11-30 12-15 12-31"),
        (_periodic("half-month", on={"day": 10}), BEFORE,
         "09-10 09-24 10-10 10-23 11-10 11-25 12-10 12-25"),
        (_periodic("half-month", on={"weekday": "mon"}), {},
         "09-14 09-28 10-12 10-26 11-09 11-30 12-14 12-28"),
        (_periodic("month"), BEFORE, "09-30 10-30 11-30 12-31"),
        (_periodic("month", on={"day": 1}), AFTER, "09-01 10-08 11-02 12-01"),
        (_periodic("month", on={"day": 31}), {}, "09-30 10-31 11-30 12-31"),
        (_periodic("month", on={"weekday": "wed", "nth": 3}), {}, "09-16 10-21 11-18 12-16"),
        (_periodic("month", on={"weekday": "thu", "nth": 5}), {}, "09-24 10-29 11-26 12-31"),
        (_periodic("month", on={"weekday": "fri", "nth": -1}), {}, "09-25 10-30 11-27 12-25"),
        (_periodic("month", every=2, phase_on="2026-09-20"), {}, "10-31 12-31"),
        (_periodic("quarter", on={"month": 2, "day": 31}), {}, "11-30"),
        (_periodic("half-year"), {}, "12-31"),
        (_periodic("year", on={"month": 10, "day": 1}), BEFORE, "09-30"),
    ],
)  # fmt: skip
def test_periods_fall_due_on_their_day(cadence, policy, expected):
    found = expansion(cadence, "2026-09-01", "2026-12-31", **policy)

    assert expected.split() == due_days(found)


def test_the_window_of_a_period_is_the_whole_period_even_when_its_day_moves():
    (found,) = expansion(_periodic("month"), "2026-10-01", "2026-10-31", **BEFORE)

    assert ["2026-10: 10-01 00:00 - 10-30 17:30"] == windows((found,))


def test_a_moved_day_tells_from_where_to_where_and_why_in_both_languages():
    (found,) = expansion(
        _periodic("week", on={"weekday": "thu"}), "2026-09-28", "2026-10-04", **BEFORE
    )

    assert found.moved is not None
    assert "moved-before" == found.moved.code
    assert "10月1日国庆节放假，提前到9月30日" == found.moved.text.zh
    assert "1 Oct: National Day; brought forward to 30 Sep" == found.moved.text.en


def test_a_day_moves_the_other_way_rather_than_out_of_its_period():
    (found,) = expansion(_periodic("month", on={"day": 1}), "2026-10-01", "2026-10-31", **BEFORE)

    assert ["10-08"] == due_days((found,))
    assert found.moved is not None
    assert "moved-after" == found.moved.code


def test_a_period_without_any_counting_day_stays_due_and_says_so():
    (found,) = expansion(
        _periodic("month"), "2026-07-01", "2026-07-31", days="school", day_off="before"
    )

    assert ["07-31"] == due_days((found,))
    assert found.moved is not None
    assert "no-counting-day" == found.moved.code


def test_skip_drops_a_due_day_that_does_not_count():
    found = expansion(_periodic("month"), "2026-09-01", "2026-11-30", **SKIP)

    assert ["2026-09", "2026-11"] == [o.period for o in found]


def test_clock_times_of_the_window_win_over_opening_hours_and_may_cross_midnight():
    evening = expansion(
        _periodic("day"),
        "2026-09-01",
        "2026-09-01",
        window={"opens": "08:00", "due": "10:00"},
        **SKIP,
    )
    night = expansion(
        _periodic("day"), "2026-09-02", "2026-09-02", window={"opens": "22:00", "due": "06:00"}
    )

    assert ["2026-09-01: 09-01 08:00 - 09-01 10:00"] == windows(evening)
    assert ["2026-09-01: 09-01 22:00 - 09-02 06:00"] == windows(night)


def test_a_duty_of_a_day_that_closes_after_midnight_is_due_then_and_keeps_its_day_as_key():
    site = calendar(closes="01:00", opens="18:00")

    found = expansion(_periodic("day"), "2026-09-02", "2026-09-02", on=site, **SKIP)

    assert ["2026-09-01: 09-01 18:00 - 09-02 01:00"] == windows(found)


def test_the_grace_ends_after_the_due_time_and_is_none_by_default():
    (plain,) = expansion(_periodic("month"), "2026-09-01", "2026-09-30", **BEFORE)
    (gracious,) = expansion(
        _periodic("month"), "2026-09-01", "2026-09-30",
        grace={"amount": 2, "unit": "working-day"}, **BEFORE,
    )  # fmt: skip

    assert plain.due_at == plain.closes_at
    assert "10-09 17:30" == f"{gracious.closes_at.astimezone(calendar().zone):%m-%d %H:%M}"


def test_a_version_makes_nothing_outside_its_days_and_no_window_opens_before_it():
    ending = version(_periodic("month"), **{"from": "2026-09-10", "until": "2026-11-29"})

    found = expand(ending, calendar(), since=date(2026, 8, 1), until=date(2026, 12, 31))

    assert ["2026-09: 09-10 00:00 - 09-30 23:59", "2026-10: 10-01 00:00 - 10-31 23:59"] == windows(
        found
    )


def test_unpublished_holidays_make_a_due_day_provisional_only_where_they_can_move_it():
    moving = expansion(_periodic("month"), "2026-12-01", "2027-01-31", **BEFORE)
    fixed = expansion(_periodic("month"), "2026-12-01", "2027-01-31")

    assert [False, True] == [o.provisional for o in moving]
    assert [False, False] == [o.provisional for o in fixed]


def test_a_yearly_duty_of_29_february_falls_on_the_28th_in_common_years():
    found = expansion(_periodic("year", on={"month": 2, "day": 29}), "2027-01-01", "2029-12-31")

    assert ["02-28", "02-29", "02-28"] == due_days(found)


def test_after_a_completion_the_next_due_day_counts_from_it():
    context = ExpansionContext(performed=date(2026, 1, 31))

    found = expansion(
        _periodic("month"), "2026-02-01", "2026-05-31", anchor="completion", context=context
    )

    assert [
        "after-2026-01-31: 02-01 00:00 - 02-28 23:59",
        "after-2026-02-28: 03-01 00:00 - 03-31 23:59",
        "after-2026-03-31: 04-01 00:00 - 04-30 23:59",
        "after-2026-04-30: 05-01 00:00 - 05-31 23:59",
    ] == windows(found)
