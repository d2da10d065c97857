"""Do the tasks that a finding started, for example the repeat reading."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspections.answers import checklist_of
from inspections.errors import SamePerson, WrongState
from inspections.judging import answer_problem, judge
from inspections.lookup import duty_of, existing
from inspections.models import (
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    InspectionRow,
    OccurrenceRow,
)
from inspections.target import target_of
from rules.checklist import Item, NumberItem
from rules.faults import Fault, InputInvalid
from rules.text import Text


def finish_follow_up(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    follow_up_id: int,
    by: str,
    now: datetime,
    reading: float | None = None,
    note: str | None = None,
) -> str:
    """
    Record that a task is done and return its verdict, `pass` or `fail`.

    A repeat reading is judged like the first one; a failed one may be repeated. Other tasks pass
    by being done.

    Raises:
        SamePerson: If the rule asks for another person than who found it.
        WrongState: If the task has passed already.
        InputInvalid: If a reading is asked for and is none.
    """
    task = existing(session, FollowUpRow, follow_up_id)
    finding = existing(session, FindingRow, task.finding_id)
    if task.verdict == "pass":
        raise WrongState(step=Text(zh="再次完成", en="doing it again"), state=_PASSED)
    inspection = _inspection(session, finding)
    if task.separate_person and inspection is not None and by == inspection.by:
        raise SamePerson(by)
    verdict = _verdict(session, finding, inspection, reading)
    task.done_at, task.done_by, task.note = now, by, note
    task.reading, task.verdict = reading, verdict
    data = {"task": task.key, "reading": reading, "verdict": verdict}
    session.add(
        FindingEventRow(finding_id=finding.id, kind="noted", at=now, by=by, note=note, data=data)
    )
    session.flush()
    return verdict


def _verdict(
    session: Session,
    finding: FindingRow,
    inspection: InspectionRow | None,
    reading: float | None,
) -> str:
    item = _item(finding, inspection)
    if not isinstance(item, NumberItem):
        return "pass"
    problem = answer_problem(item, reading)
    if problem is not None:
        where = f"finding/{finding.number}"
        raise InputInvalid([Fault(where, 1, "reading", problem.message, problem.remedy)])
    occurrence = existing(session, OccurrenceRow, finding.occurrence_id)
    facts = target_of(session, duty_of(session, occurrence)).facts
    return "fail" if judge(item, reading, facts).verdict == "fail" else "pass"


def _inspection(session: Session, finding: FindingRow) -> InspectionRow | None:
    if finding.inspection_id is None:
        return None
    return existing(session, InspectionRow, finding.inspection_id)


def _item(finding: FindingRow, inspection: InspectionRow | None) -> Item | None:
    if inspection is None:
        return None
    items = checklist_of(inspection).items
    return next((item for item in items if item.id == finding.item), None)


_PASSED = Text(zh="已通过", en="passed")
