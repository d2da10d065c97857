from datetime import date

import pytest
from pydantic import TypeAdapter

from rules.cadence import Cadence
from rules.cadence_words import cadence_text, version_text
from rules.event_names import EVENT_NAMES
from rules.loader import load_rulebook
from rules.pack import RuleVersion

_cadence = TypeAdapter(Cadence).validate_python


@pytest.mark.parametrize(
    ("raw", "zh", "en"),
    [
        (
            {"type": "interval", "every": 2, "unit": "hour"},
            "开放时间内至少每 2 小时一次",
            "at least every 2 hours during opening hours",
        ),
        (
            {
                "type": "interval",
                "every": 1,
                "unit": "hour",
                "within": {"since": "22:00", "until": "06:00"},
            },
            "22:00–06:00 至少每 1 小时一次",
            "at least every hour between 22:00–06:00",
        ),
        ({"type": "periodic", "unit": "quarter"}, "每季度一次", "once every quarter"),
        (
            {"type": "periodic", "unit": "month", "every": 2, "phase_on": "2026-01-01"},
            "每 2 个月一次",
            "once every 2 months",
        ),
        (
            {"type": "periodic", "unit": "month", "on": {"weekday": "fri", "nth": -1}},
            "每月一次，在最后一个周五",
            "once every month, on the last Friday",
        ),
        (
            {"type": "periodic", "unit": "year", "on": {"month": 6, "day": 26}},
            "每年一次，在 6 月 26 日",
            "once every year, on day 26 of June",
        ),
        ({"type": "max-gap", "days": 15}, "相邻两次不超过 15 日", "at least every 15 days"),
        (
            {"type": "count", "times": 2, "per": "week", "min_gap_days": 1},
            "每周 2 次，至少相隔 1 日",
            "twice every week, at least a day apart",
        ),
        ({"type": "meal", "meals": ["lunch"]}, "每次午餐一次", "once each lunch"),
        (
            {"type": "term", "when": "end", "within_days": 14},
            "每学期 1 次，期末前 14 日内",
            "once every term, within 14 days before its end",
        ),
        (
            {"type": "random", "times": 1, "per": "month"},
            "每月 1 次，日期随机抽取",
            "once every month, on days drawn at random",
        ),
        (
            {"type": "event", "event": "fire", "within": {"unit": "immediately"}},
            "发生火灾后立即",
            "at once after a fire",
        ),
        (
            {
                "type": "event",
                "event": "opening",
                "when": "before",
                "within": {"amount": 1, "unit": "hour"},
            },
            "每日开放前 1 小时内",
            "within 1 hour before each opening",
        ),
    ],
)
def test_a_cadence_reads_like_a_sentence_in_both_languages(raw, zh, en):
    text = cadence_text(_cadence(raw))

    assert (zh, en) == (text.zh, text.en)


def test_days_day_off_and_anchor_are_said_too():
    version = RuleVersion.model_validate(
        {
            "from": date(2026, 1, 1),
            "cadence": {"type": "max-gap", "days": 15},
            "days": "opening",
            "day_off": "before",
            "anchor": "completion",
        }
    )

    text = version_text(version)

    assert text is not None
    assert "相邻两次不超过 15 日，只计开放日，逢休提前，从上次完成日起算" == text.zh


def test_every_cadence_of_the_packs_can_be_said_and_every_event_has_a_name():
    versions = [v for rule in load_rulebook().rules.values() for v in rule.versions]
    cadences = [version.cadence for version in versions if version.cadence is not None]

    texts = [cadence_text(cadence) for cadence in cadences]

    assert len(cadences) == len(texts) > 0
    events = {cadence.event for cadence in cadences if cadence.type == "event"}
    assert set() == events - EVENT_NAMES.keys()
