"""Answers of an inspection: checked as one, judged, and written as attempts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.judging import Judgement, Verdict, answer_problem, judge
from inspections.models import AnswerRow, InspectionRow
from rules.checklist import Checklist, Item
from rules.faults import Fault, InputInvalid
from rules.text import Text


@dataclass(frozen=True)
class AnswerGiven:
    """
    What somebody answered.

    Attributes:
        value: `pass`, `fail` or `na`; a number; the id of a choice; a text or name; or the list
            of SHA-256 of photos.
    """

    value: Any
    note: str | None = None


@dataclass(frozen=True)
class Judged:
    """
    An answer as it was written.

    Attributes:
        is_new: Whether this call wrote it; false for one sent again.
    """

    item: Item
    value: Any
    verdict: Verdict
    attempt: int
    why: Text | None
    note: str | None
    is_new: bool


def checklist_of(inspection: InspectionRow) -> Checklist:
    """Return the checklist that the inspection was opened with."""
    return Checklist.model_validate(inspection.checklist)


def answers_of(session: Session, inspection: InspectionRow) -> dict[str, AnswerRow]:
    """Return the last attempt at each item."""
    query = select(AnswerRow).filter_by(inspection_id=inspection.id).order_by(AnswerRow.attempt)
    return {row.item: row for row in session.scalars(query)}


def check_answers(
    inspection: InspectionRow, answers: Mapping[str, AnswerGiven]
) -> tuple[Item, ...]:
    """
    Return the items answered, in the order of the checklist.

    Raises:
        InputInvalid: If an answer has the wrong type or names no item; holds every fault.
    """
    items = checklist_of(inspection).items
    faults = [
        _fault(inspection, number, item.id, problem.message, problem.remedy)
        for number, item in enumerate(items, 1)
        if item.id in answers and (problem := answer_problem(item, answers[item.id].value))
    ]
    unknown = sorted(answers.keys() - {item.id for item in items})
    faults += [_fault(inspection, 1, name, _NO_ITEM, _RELOAD) for name in unknown]
    if faults:
        raise InputInvalid(faults)
    return tuple(item for item in items if item.id in answers)


def check_complete(inspection: InspectionRow, answered: Mapping[str, object]) -> None:
    """
    Make sure that every required item has an answer.

    Raises:
        InputInvalid: If one has none; names all of them.
    """
    faults = [
        _fault(inspection, number, item.id, _UNANSWERED, _ANSWER)
        for number, item in enumerate(checklist_of(inspection).items, 1)
        if item.required and item.id not in answered
    ]
    if faults:
        raise InputInvalid(faults)


def write_answers(
    session: Session,
    inspection: InspectionRow,
    answers: Mapping[str, AnswerGiven],
    *,
    facts: Mapping[str, Any],
    at: datetime,
) -> tuple[Judged, ...]:
    """Judge and write checked *answers*; one that equals the last attempt writes nothing."""
    last = answers_of(session, inspection)
    judged = []
    for item in checklist_of(inspection).items:
        if item.id not in answers:
            continue
        answer, before = answers[item.id], last.get(item.id)
        verdict = judge(item, answer.value, facts)
        is_new = before is None or (before.value, before.note) != (answer.value, answer.note)
        attempt = (before.attempt if before else 0) + (1 if is_new else 0)
        judged.append(_judged(item, answer, verdict, attempt=attempt, is_new=is_new))
        if is_new:
            session.add(_row(inspection, judged[-1], at))
    session.flush()
    return tuple(judged)


def _judged(
    item: Item, answer: AnswerGiven, judgement: Judgement, *, attempt: int, is_new: bool
) -> Judged:
    return Judged(
        item, answer.value, judgement.verdict, attempt, judgement.why, answer.note, is_new
    )


def _row(inspection: InspectionRow, judged: Judged, at: datetime) -> AnswerRow:
    return AnswerRow(
        inspection_id=inspection.id,
        item=judged.item.id,
        attempt=judged.attempt,
        value=judged.value,
        verdict=judged.verdict,
        note=judged.note,
        at=at,
    )


def _fault(inspection: InspectionRow, line: int, field: str, message: Text, remedy: Text) -> Fault:
    return Fault(f"inspection/{inspection.id}", line, field, message, remedy)


_NO_ITEM = Text(zh="检查表中没有该项。", en="The checklist has no such item.")
_RELOAD = Text(zh="请重新打开检查表。", en="Please open the checklist again.")
_UNANSWERED = Text(zh="尚未回答。", en="It has no answer yet.")
_ANSWER = Text(zh="请回答该项后再提交。", en="Please answer it, then submit.")
