"""What happens at the school: items fail, sweeps run, and the record is looked at."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.models import (
    DutyRow,
    OccurrenceRow,
)
from inspections.reactions.sweeping import sweep_reactions
from inspections.recording import record_answers, start_inspection
from inspections.sweep import sweep

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
DAY = timedelta(days=1)


def occurrence_at(session, rule, at=MONDAY):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    query = query.where(OccurrenceRow.closes_at >= at, OccurrenceRow.opens_at <= at)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).first()


def fail(session, book, rule="yard-daily", *, at=MONDAY, by="officer", **answers):
    occurrence = occurrence_at(session, rule, at)
    clock = server_clock(at)
    id_ = str(uuid4())
    start_inspection(
        session, book, inspection_id=id_, occurrence_id=occurrence.id, by=by, clock=clock
    )
    given_ = {item: AnswerGiven(value) for item, value in answers.items()}
    record_answers(session, book, inspection_id=id_, answers=given_, clock=clock)
    return id_


def sweep_at(session, book, now):
    sweep(session, now=now, organisation_id="campus")
    return sweep_reactions(session, book, organisation_id="campus", now=now)


def all_rows(session, kind):
    return list(session.scalars(select(kind).order_by(kind.id)))
