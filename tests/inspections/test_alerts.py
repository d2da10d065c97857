"""What falls short in a period, to the minute and to the count."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.alerts.period_counts import PlannedSpan, period_counts
from rules.cadence import Count, Periodic, TimesADay
from rules.pack import RuleVersion

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
WEEK_END = MONDAY + timedelta(days=6, hours=14)
PLANNED = PlannedSpan(date(2026, 11, 23), date(2026, 12, 31), ZoneInfo("UTC"))


class Book:
    """A rule book of one rule with one cadence."""

    def __init__(self, cadence):
        version = RuleVersion.model_validate({"from": date(2026, 1, 1)})
        self._version = version.model_copy(update={"cadence": cadence})
        self.rules = {"drill": SimpleNamespace(id="drill")}

    def version(self, _rule, _on):
        return self._version


TWICE_A_WEEK = Book(Count(type="count", times=2, per="week"))


def occurrence(period, state, *, closes_at=WEEK_END, opens_at=MONDAY, duty=1):
    return SimpleNamespace(
        duty_id=duty,
        rule="drill",
        period=period,
        state=state,
        opens_at=opens_at,
        due_at=closes_at,
        closes_at=closes_at,
        valid_from=date(2026, 11, 23),
    )


def counted(book, *rows, now, planned=PLANNED):
    (found,) = period_counts(rows, book, planned, now=now)
    return found


def test_one_of_two_drills_is_short_once_the_week_has_closed():
    rows = [occurrence("2026-W48/1", "done"), occurrence("2026-W48/2", "scheduled")]

    open_still = counted(TWICE_A_WEEK, *rows, now=WEEK_END)
    closed = counted(TWICE_A_WEEK, *rows, now=WEEK_END + timedelta(seconds=1))

    assert (2, 1, 1, False) == (
        open_still.required, open_still.done, open_still.still, open_still.is_short,
    )  # fmt: skip
    assert (0, True) == (closed.still, closed.is_short)


def test_a_week_is_ending_in_its_last_sixth_only():
    rows = [occurrence("2026-W48/1", "done"), occurrence("2026-W48/2", "scheduled")]
    last_part = WEEK_END - (WEEK_END - MONDAY) / 6

    assert counted(TWICE_A_WEEK, *rows, now=last_part).is_ending(last_part)
    before = last_part - timedelta(seconds=1)
    assert not counted(TWICE_A_WEEK, *rows, now=before).is_ending(before)


def test_a_day_is_never_ending():
    book = Book(Periodic(type="periodic", unit="day"))
    row = occurrence("2026-11-23", "scheduled", closes_at=MONDAY + timedelta(hours=20))
    now = MONDAY + timedelta(hours=19, minutes=59)

    assert not counted(book, row, now=now).is_ending(now)


def test_an_excused_drill_is_not_asked_for():
    rows = [occurrence("2026-W48/1", "done"), occurrence("2026-W48/2", "excused")]

    found = counted(TWICE_A_WEEK, *rows, now=WEEK_END + timedelta(days=1))

    assert (1, False) == (found.required, found.is_short)


def test_a_drill_that_could_not_be_placed_is_missing_where_the_week_was_wholly_planned():
    row = occurrence("2026-W48/1", "done")
    only_from_tuesday = PlannedSpan(date(2026, 11, 24), date(2026, 12, 31), PLANNED.zone)

    assert counted(TWICE_A_WEEK, row, now=WEEK_END).is_short
    assert not counted(TWICE_A_WEEK, row, now=WEEK_END, planned=only_from_tuesday).is_short


def test_late_counts_as_done():
    rows = [occurrence("2026-W48/1", "late"), occurrence("2026-W48/2", "done")]

    assert not counted(TWICE_A_WEEK, *rows, now=WEEK_END + timedelta(days=1)).is_short


def test_two_meals_of_a_day_are_two_periods_and_two_rounds_of_a_day_are_one():
    rows = [occurrence("2026-11-23/1", "done"), occurrence("2026-11-23/2", "missed")]
    rounds = Book(TimesADay(type="times-a-day", times=2))
    daily = Book(Periodic(type="periodic", unit="day"))

    assert 1 == len(period_counts(rows, rounds, PLANNED, now=WEEK_END))
    assert 2 == len(period_counts(rows, daily, PLANNED, now=WEEK_END))


STATES = st.lists(
    st.sampled_from(["done", "late", "missed", "scheduled", "in_progress", "excused"]),
    min_size=2,
    max_size=2,
)


@given(states=STATES, after=st.integers(-200, 200))
def test_short_and_ending_never_hold_at_once_and_short_never_heals(states, after):
    numbers = count(1)
    rows = [occurrence(f"2026-W48/{next(numbers)}", state) for state in states]
    now = WEEK_END + timedelta(hours=after)

    found = counted(TWICE_A_WEEK, *rows, now=now)
    later = counted(TWICE_A_WEEK, *rows, now=now + timedelta(days=3))

    assert not (found.is_short and found.is_ending(now))
    assert later.is_short or not found.is_short


@pytest.mark.parametrize("states", [("done", "done"), ("excused", "excused")])
def test_nothing_is_told_where_all_is_done_or_excused(states):
    rows = [occurrence(f"2026-W48/{n}", state) for n, state in enumerate(states, 1)]
    now = WEEK_END + timedelta(days=1)

    found = counted(TWICE_A_WEEK, *rows, now=now)

    assert not found.is_short
    assert not found.is_ending(now)
