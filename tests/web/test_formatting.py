"""Dates and figures as people read them."""

from datetime import UTC, date, datetime

import pytest
from flask import g

from web import formatting

THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai


@pytest.fixture(params=["zh", "en"])
def language(request, app):
    with app.test_request_context():
        g.language = request.param
        yield request.param


@pytest.mark.parametrize(
    ("filter_name", "value", "zh", "en"),
    [
        ("moment", THURSDAY, "11月26日 周四 18:00", "Thu 26 November, 18:00"),
        ("day", date(2027, 1, 8), "2027年1月8日 周五", "Fri 8 January 2027"),
        ("short_day", THURSDAY, "11-26", "11-26"),
        ("short_moment", THURSDAY, "11-26 18:00", "11-26 18:00"),
        ("by", THURSDAY, "11月26日前", "by 26 November"),
        ("by", datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "10:00 前", "by 10:00"),
        ("ago", datetime(2026, 11, 20, 2, 0, tzinfo=UTC), "3 天", "3 days"),
        ("ago", datetime(2026, 11, 22, 23, 40, tzinfo=UTC), "1 小时", "1 hour"),
        ("ago", datetime(2026, 11, 23, 0, 46, tzinfo=UTC), "1 分钟", "1 minute"),
        ("length", 88, "1 小时 28 分", "1 h 28 min"),
        ("length", 25, "25 分钟", "25 min"),
        ("figure", -12.5, "−12.5", "−12.5"),
    ],
)
def test_value_reads_well_in_both_languages(language, filter_name, value, zh, en):
    shown = getattr(formatting, filter_name)(value)

    assert (zh if language == "zh" else en) == shown


@pytest.mark.parametrize(
    ("minimum", "maximum", "expected"),
    [
        (0, 8, "0–8 ℃"),
        (None, -12, "≤ −12 ℃"),
        (70, None, "≥ 70 ℃"),
        (-18, -12, "−18 … −12 ℃"),
        (None, None, ""),
    ],
)
def test_limits_are_written_with_true_signs(language, minimum, maximum, expected):
    assert expected == formatting.limits(minimum, maximum, "degC")
