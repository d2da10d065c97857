"""Do the tasks that a finding started, for example the repeat reading."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import checklist_of
from inspections.errors import FinderRepeats, NotQualified, TooEarly, WrongState
from inspections.judging import answer_problem, judge
from inspections.lookup import duty_of, existing, person_by_key, person_name, work_calendar
from inspections.models import (
    CertificateRow,
    FindingEventRow,
    FindingRow,
    FollowUpRow,
    InspectionRow,
    OccurrenceRow,
    SiteRow,
)
from inspections.person_titles import person_titles
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
    passed: bool = True,
    note: str | None = None,
) -> str:
    """
    Record that a task is done and return its verdict, `pass` or `fail`.

    A repeat reading is judged like the first one; for another task *passed* says how it came out.
    A failed one may be repeated.

    Raises:
        FinderRepeats: If the rule asks for another person than who found it.
        TooEarly: If it may not be done yet.
        NotQualified: If it asks for a certificate that *by* does not hold.
        WrongState: If the task has passed already.
        InputInvalid: If a reading is asked for and is none.
    """
    task = existing(session, FollowUpRow, follow_up_id)
    finding = finding_of_task(session, task)
    refuse_follow_up(session, task, finding, by)
    _refuse_now(session, task, by, now)
    verdict = "pass" if passed else "fail"
    if finding is not None:
        item = item_to_repeat(session, task, finding)
        verdict = _judged(session, finding, item, reading) if item else verdict
    task.done_at, task.done_by, task.note = now, by, note
    task.reading, task.verdict = reading, verdict
    if finding is not None:
        data = {"task": task.key, "reading": reading, "verdict": verdict}
        done = {"kind": "noted", "at": now, "by": by, "note": note, "data": data}
        session.add(FindingEventRow(finding_id=finding.id, **done))
    session.flush()
    return verdict


def finding_of_task(session: Session, task: FollowUpRow) -> FindingRow | None:
    """Return the finding that the task belongs to; nothing where something else started it."""
    return None if task.finding_id is None else existing(session, FindingRow, task.finding_id)


def refuse_follow_up(
    session: Session, task: FollowUpRow, finding: FindingRow | None, by: str
) -> None:
    """
    Make sure that *by* may do the task.

    Raises:
        FinderRepeats: If the rule asks for another person than who found it.
        WrongState: If the task has passed already.
    """
    if task.verdict == "pass":
        raise WrongState(step=Text(zh="再次完成", en="doing it again"), state=_PASSED)
    inspection = _inspection(session, finding) if finding else None
    if finding and task.separate_person and inspection is not None and by == inspection.by:
        raise FinderRepeats(person_name(session, finding.organisation_id, by), task.title)


def _refuse_now(session: Session, task: FollowUpRow, by: str, now: datetime) -> None:
    if task.not_before is not None and now < task.not_before:
        site = existing(session, SiteRow, task.site_id)
        raise TooEarly(task.title, task.not_before.astimezone(work_calendar(session, site).zone))
    if task.qualification is not None:
        person = person_by_key(session, task.organisation_id, by)
        held = select(CertificateRow).filter_by(
            person_id=person.id, kind=task.qualification, ended_on=None
        )
        today = now.date()
        valid = (r.since <= today and (r.until or today) >= today for r in session.scalars(held))
        if not any(valid):
            kind = task.qualification
            title = person_titles().certificates.get(kind) or Text(zh=kind, en=kind)
            raise NotQualified(person.name, task.title, title)


def item_to_repeat(session: Session, task: FollowUpRow, finding: FindingRow) -> NumberItem | None:
    """Return the item whose reading the task repeats; nothing where it asks for no reading."""
    if not task.repeats:
        return None
    item = _item(finding, _inspection(session, finding))
    # One reading settles it, even where several were taken at first.
    return item.model_copy(update={"readings": 1}) if isinstance(item, NumberItem) else None


def _judged(session: Session, finding: FindingRow, item: NumberItem, reading: float | None) -> str:
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
