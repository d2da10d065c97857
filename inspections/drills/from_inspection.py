"""
The report of a drill that somebody filled in as a check on a tablet.

A drill has one report, wherever it was written: what the checklist asks for under its usual names
becomes the report, and every other duty that the drill serves is performed with it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.drills.performing import perform
from inspections.models import (
    AnswerRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    DrillShortcomingRow,
    InspectionRow,
    OccurrenceRow,
)

_PRESENT = ("attendance", "people")
_EXPECTED = ("attendance-expected", *_PRESENT)
_SECONDS, _MINUTES, _SHORTCOMINGS = "evacuation-seconds", "minutes", "shortcomings"
_NOTHING = frozenset({"", "无", "没有", "none", "no", "-"})


def report_from_inspection(
    session: Session, inspection: InspectionRow, occurrence: OccurrenceRow
) -> tuple[int, ...]:
    """
    Write the report of the drill that *occurrence* is served by, if it has none.

    Return the other occurrences that it performed.
    """
    drill = _drill(session, inspection, occurrence)
    finished = inspection.finished_at
    if drill is None or finished is None:
        return ()
    answers = _answers(session, inspection)
    present = _number(answers, _PRESENT) or 0
    seconds = _number(answers, (_SECONDS,))
    minutes = _number(answers, (_MINUTES,))
    report = DrillReportRow(
        drill_id=drill.id,
        started_at=inspection.started_at,
        ended_at=finished,
        expected=int(_number(answers, _EXPECTED) or present),
        present=int(present),
        seconds=int(seconds if seconds is not None else (minutes or 0) * 60) or None,
        absent=[],
        summary=inspection.note,
        inspection_id=inspection.id,
        by=inspection.by,
        at=inspection.server_at,
    )
    session.add(report)
    session.flush()
    told = (line.strip(" 　;；") for line in str(answers.get(_SHORTCOMINGS) or "").splitlines())
    for number, text in enumerate((line for line in told if line.lower() not in _NOTHING), 1):
        session.add(DrillShortcomingRow(report_id=report.id, number=number, text=text))
    session.flush()
    return perform(session, drill, report, now=inspection.server_at, without=occurrence.id)


def _drill(
    session: Session, inspection: InspectionRow, occurrence: OccurrenceRow
) -> DrillRow | None:
    """Return the drill begun by then that serves the occurrence and has no report."""
    query = (
        select(DrillRow)
        .join(DrillServesRow, DrillServesRow.drill_id == DrillRow.id)
        .where(DrillServesRow.duty_id == occurrence.duty_id)
        .where(DrillServesRow.period == occurrence.period, DrillRow.state == "scheduled")
        .where(DrillRow.starts_at <= inspection.finished_at)
        .where(DrillRow.id.not_in(select(DrillReportRow.drill_id)))
        .order_by(DrillRow.starts_at.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def _answers(session: Session, inspection: InspectionRow) -> Mapping[str, Any]:
    query = select(AnswerRow).filter_by(inspection_id=inspection.id).order_by(AnswerRow.attempt)
    return {row.item: row.value for row in session.scalars(query)}


def _number(answers: Mapping[str, Any], items: tuple[str, ...]) -> float | None:
    found = (answers.get(item) for item in items)
    return next((float(value) for value in found if isinstance(value, int | float)), None)
