"""Answers of an inspection: checked as one, judged, and written as attempts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.judging import Verdict, answer_problem, judge
from inspections.models import AnswerRow, InspectionRow
from inspections.told import Told
from rules.checklist import Checklist, Item
from rules.faults import Fault, InputInvalid
from rules.shown_items import Answered, shown_items
from rules.text import Text

NOTHING_TOLD = Told()
_READ: WeakKeyDictionary[InspectionRow, tuple[dict[str, Any], Checklist]] = WeakKeyDictionary()


@dataclass(frozen=True)
class AnswerGiven:
    """
    What somebody answered.

    Attributes:
        value: `pass`, `fail` or `na`; a number; the id of a choice; a text or name; or the list
            of SHA-256 of photos.
        told: What is said of a failure beside the rules; left out where the answer is none.
    """

    value: Any
    note: str | None = None
    told: Told = NOTHING_TOLD


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
    told: Told
    is_new: bool


def checklist_of(inspection: InspectionRow) -> Checklist:
    """Return the checklist that the inspection was opened with; read once for each loaded row."""
    data, checklist = _READ.get(inspection, (None, None))
    if checklist is None or data is not inspection.checklist:
        checklist = Checklist.model_validate(inspection.checklist)
        _READ[inspection] = inspection.checklist, checklist
    return checklist


def answers_of(session: Session, inspection: InspectionRow) -> dict[str, AnswerRow]:
    """Return the last attempt at each item."""
    query = select(AnswerRow).filter_by(inspection_id=inspection.id).order_by(AnswerRow.attempt)
    return {row.item: row for row in session.scalars(query)}


def items_asked(inspection: InspectionRow, answered: Mapping[str, AnswerRow]) -> tuple[Item, ...]:
    """Return the items that the answers so far make the checklist ask."""
    known = {name: Answered(row.value, row.verdict) for name, row in answered.items()}
    return shown_items(checklist_of(inspection), known)


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


def check_complete(inspection: InspectionRow, answered: Mapping[str, AnswerRow]) -> None:
    """
    Make sure that every required item that is asked has an answer.

    Raises:
        InputInvalid: If one has none; names all of them.
    """
    asked = items_asked(inspection, answered)
    faults = [
        _fault(inspection, number, item.id, _UNANSWERED, _ANSWER)
        for number, item in enumerate(checklist_of(inspection).items, 1)
        if item.required and item in asked and item.id not in answered
    ]
    if faults:
        raise InputInvalid(faults)


def write_answers(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    inspection: InspectionRow,
    answers: Mapping[str, AnswerGiven],
    *,
    last: dict[str, AnswerRow],
    facts: Mapping[str, Any],
    at: datetime,
) -> tuple[Judged, ...]:
    """
    Judge and write checked *answers*; one that equals the last attempt writes nothing.

    An answer to an item that the others do not make the checklist ask is left out. *last* holds the
    last attempts, and afterwards those written now.
    """
    verdicts = {
        item.id: judge(item, answers[item.id].value, facts)
        for item in checklist_of(inspection).items
        if item.id in answers
    }
    now = {name: Answered(row.value, row.verdict) for name, row in last.items()}
    now |= {name: Answered(answers[name].value, one.verdict) for name, one in verdicts.items()}
    judged = []
    for item in shown_items(checklist_of(inspection), now):
        if item.id not in answers:
            continue
        answer, before = answers[item.id], last.get(item.id)
        verdict = verdicts[item.id]
        told = answer.told if verdict.verdict == "fail" else NOTHING_TOLD
        same = (answer.value, answer.note, told.as_data())
        is_new = before is None or (before.value, before.note, before.told) != same
        attempt = (before.attempt if before else 0) + (1 if is_new else 0)
        judged.append(
            Judged(
                item=item,
                value=answer.value,
                verdict=verdict.verdict,
                attempt=attempt,
                why=verdict.why,
                note=answer.note,
                told=told,
                is_new=is_new,
            )
        )
        if is_new:
            last[item.id] = _row(inspection, judged[-1], at)
            session.add(last[item.id])
    return tuple(judged)


def _row(inspection: InspectionRow, judged: Judged, at: datetime) -> AnswerRow:
    return AnswerRow(
        inspection_id=inspection.id,
        item=judged.item.id,
        attempt=judged.attempt,
        value=judged.value,
        verdict=judged.verdict,
        note=judged.note,
        told=judged.told.as_data(),
        at=at,
    )


def _fault(inspection: InspectionRow, line: int, field: str, message: Text, remedy: Text) -> Fault:
    return Fault(f"inspection/{inspection.id}", line, field, message, remedy)


_NO_ITEM = Text(zh="检查表中没有该项。", en="The checklist has no such item.")
_RELOAD = Text(zh="请重新打开检查表。", en="Please open the checklist again.")
_UNANSWERED = Text(zh="尚未回答。", en="It has no answer yet.")
_ANSWER = Text(zh="请回答该项后再提交。", en="Please answer it, then submit.")
