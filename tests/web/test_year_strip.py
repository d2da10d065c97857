"""The row of a year: every drill on its day, none over another."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from web.drawings.year_strip import SIZE, WIDTH, Mark, Shut, Span, week_ticks, year_row

DAYS = st.dates(date(2028, 1, 1), date(2028, 12, 31))
MARKS = st.lists(DAYS, max_size=60).map(
    lambda days: [Mark(str(number), day, "scheduled", "") for number, day in enumerate(days)]
)


@given(MARKS)
def test_no_mark_covers_another_and_all_lie_in_the_drawing(marks):
    row = year_row(2028, marks, [], [])

    assert len(marks) == len(row.marks)
    for one, other in combinations(row.marks, 2):
        assert one.y != other.y or abs(one.x - other.x) >= SIZE
    assert all(0 <= one.x <= WIDTH - SIZE and one.y + SIZE < row.height for one in row.marks)


@given(DAYS, st.integers(0, 400))
def test_a_period_that_runs_over_the_year_is_cut_at_its_ends(day, length):
    span = Span("duty", day - timedelta(days=200), day + timedelta(days=length), "ok")

    (bar,) = year_row(2028, [], [span], []).bars

    assert 0 <= bar.x
    assert 0 < bar.width
    assert bar.x + bar.width <= WIDTH + 0.2


def test_words_that_do_not_fit_into_the_closed_days_are_left_out():
    few = Shut(date(2028, 10, 1), date(2028, 10, 7), "国庆节")
    many = Shut(date(2028, 7, 1), date(2028, 8, 31), "暑假")

    shown = year_row(2028, [], [], [few, many]).shut

    assert [("", "国庆节"), ("暑假", "暑假")] == [(one.words, one.title) for one in shown]


def test_the_ticks_of_a_year_are_its_mondays():
    mondays = [one for one in range(366) if (date(2028, 1, 1) + timedelta(one)).weekday() == 0]

    assert len(mondays) == len(week_ticks(2028))
