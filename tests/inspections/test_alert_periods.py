"""Periods of alerts are told in words."""

import pytest

from inspections.alerts.period_words import period_text


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("2026-11-20/lunch", "11月20日（周五）午餐", "Lunch of Fri 20 Nov"),
        ("after-2025-12-03", "2025-12-03 之后的一次", "the next after 2025-12-03"),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
        ("2026-W47/2", "2026-W47/2", "2026-W47/2"),
    ],
)
def test_a_period_is_told_as_its_meal_or_its_day(key, zh, en):
    told = period_text(key)

    assert zh == told.zh
    assert en == told.en
