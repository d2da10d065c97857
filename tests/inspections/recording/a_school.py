"""Starting and answering checks at the small school."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import func, select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.models import (
    DutyRow,
    OccurrenceRow,
)
from inspections.recording import record_answers, start_inspection

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY_0900 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def nth_occurrence(session, rule, nth=0):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).all()[nth]


def start(session, rulebook, occurrence, *, by="officer", at=MONDAY_0900, clock=None, id=None):
    return start_inspection(
        session,
        rulebook,
        inspection_id=id or str(uuid4()),
        occurrence_id=occurrence.id,
        by=by,
        clock=clock or server_clock(at),
    ).id


def answer(session, rulebook, inspection, at=MONDAY_0900, **answers):
    given = {item: AnswerGiven(value) for item, value in answers.items()}
    return record_answers(
        session, rulebook, inspection_id=inspection, answers=given, clock=server_clock(at)
    )


def count(session, row_type):
    return session.scalar(select(func.count()).select_from(row_type))
