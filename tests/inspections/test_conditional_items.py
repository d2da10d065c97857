"""A running check asks some items only after an earlier answer."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.importing import import_organisation
from inspections.models import AnswerRow, DutyRow, InspectionRow, OccurrenceRow
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.faults import InputInvalid

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY_0900 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
T = {"zh": "项", "en": "item"}
ITEMS = [
    {"id": "leak", "type": "pass-fail", "title": T},
    {
        "id": "reading",
        "type": "number",
        "unit": "percent",
        "maximum": 10,
        "readings": 2,
        "title": T,
        "shown_when": {"item": "leak", "answers": ["fail"]},
    },
]


@pytest.fixture
def running(session, campus, rulebook):
    """A check that asks for two readings only where something leaks."""
    import_organisation(session, campus, now=NOW)
    span = {"since": date(2026, 3, 2), "until": date(2026, 3, 8)}
    plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == "yard-daily")
    occurrence = session.scalars(query.order_by(OccurrenceRow.due_at)).first()
    start_inspection(
        session,
        rulebook,
        inspection_id="check",
        occurrence_id=occurrence.id,
        by="officer",
        clock=server_clock(MONDAY_0900),
    )
    row = session.get_one(InspectionRow, "check")
    row.checklist = {"id": "gas", "title": T, "items": ITEMS}
    session.flush()
    return session


def _answer(session, rulebook, **answers):
    given = {item: AnswerGiven(value) for item, value in answers.items()}
    return record_answers(
        session, rulebook, inspection_id="check", answers=given, clock=server_clock(MONDAY_0900)
    )


def _finish(session, rulebook):
    return finish_inspection(
        session, rulebook, inspection_id="check", clock=server_clock(MONDAY_0900)
    )


def test_a_required_item_that_is_not_asked_holds_nothing_up(running, rulebook):
    _answer(running, rulebook, leak="pass")

    assert "done" == _finish(running, rulebook).occurrence_state


def test_a_required_item_is_missing_once_it_is_asked(running, rulebook):
    _answer(running, rulebook, leak="fail")

    with pytest.raises(InputInvalid) as refused:
        _finish(running, rulebook)

    assert ["reading"] == [fault.field for fault in refused.value.faults]


def test_an_answer_to_an_item_that_is_not_asked_is_left_out(running, rulebook):
    _answer(running, rulebook, leak="pass", reading=[50.0, 60.0])

    assert ["leak"] == list(running.scalars(select(AnswerRow.item)))
    assert () == _finish(running, rulebook).findings


def test_one_of_several_readings_out_of_the_band_opens_one_finding(running, rulebook):
    _answer(running, rulebook, leak="fail", reading=[2.0, 11.0])

    assert 2 == len(_finish(running, rulebook).findings)
