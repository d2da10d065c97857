from datetime import date

import pytest

from inspections.messages.sealing import Seal
from inspections.messages.webhooks import NewWebhook, register_webhook
from inspections.models import ReactionAppliedRow
from tests.inspections.messages.conftest import NOW, choose, local, prepared

KEY = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk="
DANGER = {"zh": "发现直接危险，已停用", "en": "Immediate danger, use was stopped"}


@pytest.fixture
def warned(planned):
    """A reaction told two people of one event at noon, and started a task."""
    with planned.begin() as session:
        for number, (do, to) in enumerate(
            [("notice", "officer"), ("notice", "head"), ("task", None)]
        ):
            session.add(
                ReactionAppliedRow(
                    organisation_id="campus",
                    key=f"rule/answer/abc/gate/1/{number}",
                    rule="yard-daily",
                    since=date(2026, 1, 1),
                    event_kind="answer",
                    event_key="answer/abc/gate/1",
                    site="main",
                    target_kind="place",
                    target="yard",
                    happened_at=local(3, "12:00"),
                    applied_at=local(3, "12:00"),
                    because={},
                    chain=[],
                    consequence={"do": do, "id": f"c{number}", "text": DANGER},
                    outcome={"to": to} if to else {"task": 1},
                )
            )
    return planned


def test_a_notice_of_a_rule_goes_at_once_to_whom_it_names(warned, rulebook):
    choose(warned, "head", language="en")

    found = [one for one in prepared(warned, rulebook, local(3, "12:01")) if one.kind == "notice"]
    again = [one for one in prepared(warned, rulebook, local(3, "12:02")) if one.kind == "notice"]

    assert {"officer": "巡检通知：发现直接危险，已停用", "head": "Xunjian: " + DANGER["en"]} == {
        one.recipient: one.subject for one in found
    }
    assert [] == again
    lines = next(one.body for one in found if one.recipient == "officer").splitlines()
    assert "· 发现直接危险，已停用（操场）" == lines[0]
    assert "https://xj.example.cn/inspections/abc" == lines[3]


def test_an_old_notice_is_not_told_any_more(warned, rulebook):
    found = prepared(warned, rulebook, local(5, "12:01"))

    assert not any(one.kind == "notice" for one in found)


def test_a_group_is_told_of_one_event_once(warned, rulebook):
    new = NewWebhook("campus", "head", "安全群", "wecom", "http://127.0.0.1:9/x?key=1")
    with warned.begin() as session:
        register_webhook(session, new, seal=Seal(KEY), loopback=True, now=NOW)

    found = prepared(warned, rulebook, local(3, "12:01"), channels=("webhook",))

    assert 1 == sum(one.kind == "notice" for one in found)
