"""What kind of days an event of a calendar is."""

from datetime import timedelta

import pytest

from inspections.calendars.kinds import kind_by_words


@pytest.mark.parametrize(
    ("categories", "summary", "days", "kind"),
    [
        ((), "2027 年春季学期", 128, "term"),
        ((), "Autumn term 2027", 100, "term"),
        ((), "学期总结会", 1, None),
        ((), "寒假", 30, "closed"),
        ((), "Autumn half-term", 9, "closed"),
        ((), "国庆节放假", 7, "closed"),
        ((), "国庆调休上班", 1, "extra"),
        ((), "Make-up day for Labour Day", 1, "extra"),
        ((), "期末考试", 3, "exam"),
        ((), "Final exams", 3, "exam"),
        ((), "For example: sports day", 1, None),
        ((), "家长会", 1, None),
        ((), "校园艺术节", 2, None),
        (("School", "放假"), "教研活动", 1, "closed"),
        (("EXAM",), "Week 18", 5, "exam"),
    ],
)
def test_kind_is_told_by_the_category_or_else_by_the_words(categories, summary, days, kind):
    assert kind == kind_by_words(categories, summary, timedelta(days=days))
