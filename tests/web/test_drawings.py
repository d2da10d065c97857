"""Drawings: what is drawn lies where the figures say."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import g
from hypothesis import given
from hypothesis import strategies as st

from web.drawings.day_strip import WIDTH, Span, day_strip
from web.drawings.gauge import Band, GaugeWords, gauge

WORDS = GaugeWords("pass", "fail", "scale")
MORNING = datetime(2026, 11, 23, 8, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(-0.1, "fail"), (0, "near"), (4, "pass"), (7.4, "near"), (8, "near"), (8.1, "fail")],
)
def test_reading_is_judged_by_its_band(value, verdict):
    assert verdict == Band(0, 8, "degC").verdict(value)


def test_gauge_puts_zones_side_by_side_and_the_reading_inside(app):
    with app.test_request_context():
        g.language = "en"
        drawn = gauge(Band(0, 8, "degC"), (7.9, 7.4), WORDS, width=720)

    ends = [zone.x + zone.width for zone in drawn.zones[:-1]]
    starts = [zone.x for zone in drawn.zones[1:]]
    assert starts == pytest.approx(ends, abs=0.2)
    assert ["bad", "warn", "ok", "warn", "bad"] == [zone.tone for zone in drawn.zones]
    assert drawn.zones[3].x <= drawn.reading <= drawn.zones[4].x
    assert drawn.reading == pytest.approx(drawn.zero + 7.4 * drawn.scale, abs=0.1)


def test_gauge_grows_to_show_a_reading_far_outside(app):
    with app.test_request_context():
        g.language = "en"
        drawn = gauge(Band(None, 8, "degC"), (60.0,), WORDS, width=328)

    assert 0 <= drawn.reading <= 328


spans = st.builds(
    lambda start, length, words: Span(
        MORNING + timedelta(minutes=start),
        MORNING + timedelta(minutes=start + length),
        words,
        running=False,
    ),
    st.integers(-3000, 900),
    st.integers(1, 3000),
    st.text("食堂日管控abc", max_size=12),
)


@given(st.lists(spans, max_size=12))
def test_bars_of_a_day_stay_on_the_strip_and_never_overlap(found):
    drawn = day_strip(found, MORNING)

    for bar in drawn.bars:
        assert 0 <= bar.x
        assert bar.x + bar.width <= WIDTH
    for lane in {bar.y for bar in drawn.bars}:
        row = sorted((bar.x, bar.x + bar.width) for bar in drawn.bars if bar.y == lane)
        assert all(first[1] <= second[0] for first, second in pairwise(row))
    assert 0 <= drawn.flag <= WIDTH - 98
