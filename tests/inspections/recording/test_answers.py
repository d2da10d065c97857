"""Answers: judged, sent twice, changed, wrong; and the findings they open."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inspections.models import (
    AnswerRow,
    FindingEventRow,
    FindingRow,
    FollowUpRow,
)
from rules.faults import InputInvalid
from tests.inspections.recording.a_school import MONDAY_0900, answer, count, nth_occurrence, start


def test_a_failed_item_opens_a_finding_with_the_deadline_of_the_house(school, rulebook):
    occurrence = nth_occurrence(school, "yard-daily")
    inspection = start(school, rulebook, occurrence)

    answer(school, rulebook, inspection, surface="fail")

    finding = school.scalars(select(FindingRow)).one()
    assert ("minor", "open", "yard", "F-2026-00001") == (
        finding.severity,
        finding.state,
        finding.place,
        finding.number,
    )
    assert datetime(2026, 3, 9, 9, 0, tzinfo=UTC) == finding.due_at  # 5 working days, at closing
    assert "test_deadline_minor" == finding.arithmetic["source"]
    assert "5 working days after Mon 2 Mar = Mon 9 Mar" in finding.arithmetic["text"]["en"]


def test_a_severity_without_a_parameter_takes_the_proposed_default(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))

    answer(school, rulebook, inspection, gate="open")

    finding = school.scalars(select(FindingRow)).one()
    assert ("moderate", "proposed") == (finding.severity, finding.arithmetic["source"])
    assert datetime(2026, 3, 5, 9, 0, tzinfo=UTC) == finding.due_at


def test_a_reading_out_of_range_opens_a_task_and_a_repeat_reading(school, rulebook):
    occurrence = nth_occurrence(school, "kitchen-temperature")
    inspection = start(school, rulebook, occurrence, by="cook")

    judged = answer(school, rulebook, inspection, reading=21.4)

    finding = school.scalars(select(FindingRow)).one()
    task = school.scalars(select(FollowUpRow)).one()
    assert "fail" == judged[0].verdict
    assert "相差 1.4" in finding.why.zh
    assert "1.4 off" in finding.why.en
    assert MONDAY_0900 + timedelta(hours=4) == finding.due_at
    assert "kitchen-temperature" == finding.deadline_from
    assert ("repeat-reading", MONDAY_0900 + timedelta(hours=2)) == (task.key, task.due_at)


def test_the_same_answer_sent_twice_is_one_answer_and_one_finding(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    answer(school, rulebook, inspection, surface="fail")

    again = answer(school, rulebook, inspection, surface="fail")

    assert not again[0].is_new
    assert (1, 1) == (count(school, AnswerRow), count(school, FindingRow))


def test_a_changed_answer_is_a_further_attempt_and_noted_on_its_finding(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))
    answer(school, rulebook, inspection, surface="fail")

    judged = answer(school, rulebook, inspection, surface="pass")

    assert (2, "pass") == (judged[0].attempt, judged[0].verdict)
    kinds = school.scalars(select(FindingEventRow.kind).order_by(FindingEventRow.id)).all()
    assert ["opened", "noted"] == list(kinds)
    assert "open" == school.scalars(select(FindingRow.state)).one()


def test_one_wrong_answer_writes_none_of_them(school, rulebook):
    inspection = start(school, rulebook, nth_occurrence(school, "yard-daily"))

    with pytest.raises(InputInvalid) as refusal:
        answer(school, rulebook, inspection, surface="fail", gate="ajar", colour="red")

    assert ["gate", "colour"] == [fault.field for fault in refusal.value.faults]
    assert all(fault.remedy.zh for fault in refusal.value.faults)
    assert (0, 0) == (count(school, AnswerRow), count(school, FindingRow))
