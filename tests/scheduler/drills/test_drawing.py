"""Draws are fair, keep their gap, and repeat themselves for the same seed."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.drills.drawing import drawn_days

FIRST = date(2027, 3, 1)
day = st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))
windows = st.lists(st.sets(day, max_size=6), max_size=4)


def choices(some, gap):
    """Return every choice that fills as many windows as can be filled."""
    found = [
        chosen
        for chosen in product(*([None, *sorted(window)] for window in some))
        if all(
            (later - earlier).days >= max(1, gap)
            for earlier, later in pairwise(one for one in chosen if one)
        )
    ]
    most = max(len(chosen) - chosen.count(None) for chosen in found)
    return [chosen for chosen in found if len(chosen) - chosen.count(None) == most]


@given(some=windows, gap=st.integers(0, 9), seed=st.text(max_size=5))
def test_a_draw_is_one_of_the_fullest_choices_and_repeats_itself(some, gap, seed):
    possible = choices(some, gap)

    draw = drawn_days(some, gap=gap, seed=seed)

    assert draw.days in possible
    assert draw.ways == len(possible)
    assert draw == drawn_days([sorted(window) for window in some], gap=gap, seed=seed)


def run(since: int, length: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in range(since, since + length)]


@pytest.mark.parametrize(
    ("some", "gap"),
    [
        ([run(0, 10)] * 3, 2),
        ([run(0, 20)], 1),
        ([run(0, 7), run(0, 7), run(7, 7)], 3),
        ([run(0, 3)] * 3, 2),
    ],
    ids=["three of ten days", "one of twenty", "over two weeks", "more than there is room for"],
)
def test_every_choice_is_as_likely_as_another_over_ten_thousand_seeds(some, gap):
    possible = choices(some, gap)

    drawn = Counter(drawn_days(some, gap=gap, seed=str(seed)).days for seed in range(10_000))

    expected = 10_000 / len(possible)
    distance = sum((drawn[one] - expected) ** 2 / expected for one in possible)
    # Beyond this bound lies a thousandth of fair draws (Wilson and Hilferty's chi-square).
    freedom = max(1, len(possible) - 1)
    bound = freedom * (1 - 2 / (9 * freedom) + 3.09 * (2 / (9 * freedom)) ** 0.5) ** 3
    assert sum(drawn[one] for one in possible) == 10_000
    assert distance < bound
