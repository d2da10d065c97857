"""Effective hours: what counts and what is left out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.staffing.effective import Hours, Stay, hours_of_day
from scheduler.walks.ways import Leg, Point, Ways

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
GATE, ROOF = Point("school", "gate"), Point("school", "roof")
WAYS = Ways(legs=(Leg(GATE, ROOF, 4),))


def stay(since, minutes, standard=30, where=GATE):
    start = EIGHT + timedelta(minutes=since)
    return Stay(start, start + timedelta(minutes=minutes), standard, where)


def test_a_check_counts_the_time_it_took():
    assert 12 == hours_of_day([stay(0, 12)], WAYS, on_shift=None).effective


def test_a_check_left_open_counts_its_standard_time_and_no_more():
    assert 30 == hours_of_day([stay(0, 400)], WAYS, on_shift=None).effective


def test_two_checks_open_at_once_count_once():
    assert 25 == hours_of_day([stay(0, 20), stay(5, 20)], WAYS, on_shift=None).effective


def test_ways_are_left_out_as_far_as_there_was_time_for_them():
    long = hours_of_day([stay(0, 10), stay(60, 10, where=ROOF)], WAYS, on_shift=None)
    short = hours_of_day([stay(0, 10), stay(11, 10, where=ROOF)], WAYS, on_shift=None)

    assert (20, 4) == (long.effective, long.ways)
    assert (20, 1) == (short.effective, short.ways)


def test_what_is_neither_check_nor_way_is_standing_by_and_waiting():
    day = hours_of_day([stay(0, 10), stay(60, 20, where=ROOF)], WAYS, on_shift=480)

    assert (30, 4, 446, 6.25) == (day.effective, day.ways, day.rest, day.share)


def test_without_a_roster_nothing_is_said_of_waiting():
    day = hours_of_day([stay(0, 10)], WAYS, on_shift=None)

    assert (None, None) == (day.rest, day.share)


def test_days_with_and_without_a_shift_add_up():
    assert Hours(3, 480, 30, 2) == Hours(1, 480, 10, 2) + Hours(2, None, 20)


stays = st.lists(
    st.builds(stay, st.integers(0, 300), st.integers(0, 90), st.integers(0, 60),
              st.sampled_from([GATE, ROOF]))
)  # fmt: skip


@given(stays)
def test_no_more_counts_than_the_standard_times_nor_than_the_clock(found):
    day = hours_of_day(found, WAYS, on_shift=480)

    assert day.effective <= sum(each.standard for each in found)
    assert day.effective <= len({minute for each in found for minute in _minutes(each)})
    assert 0 <= day.rest <= 480


def _minutes(each):
    begun = int((each.since - EIGHT) / timedelta(minutes=1))
    return range(begun, begun + int((each.until - each.since) / timedelta(minutes=1)))
