"""Apply one item to the record: answers, the end of an inspection, and findings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from inspections.answers import AnswerGiven, answers_of
from inspections.errors import NotFound, RecordClosed
from inspections.findings.opening import FindingReport
from inspections.findings.reporting import report_finding
from inspections.lookup import person_by_key, site_by_key
from inspections.models import InspectionRow, OccurrenceRow, SyncItemRow
from inspections.pinned_checklists import pinned_checklist
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.rules_in_force import checklist_for, rule_behind
from inspections.sync.belonging import inspection_of, item_clock
from inspections.sync.evidence_items import apply_photo, apply_signature
from inspections.sync.outcomes import Differs, Waits
from inspections.sync.sender import RECORDING_ROLES, MayNotRecord, Recorder
from inspections.sync.stored import applied_item, count_answers, read_body
from inspections.sync.wire import (
    AnswerBody,
    FindingBody,
    FinishBody,
    PhotoBody,
    SignatureBody,
)
from inspections.sync.work import Work
from inspections.told import Told
from rules.checklist import Checklist
from rules.text import Text

Outcome = Mapping[str, Any]
LONGEST_TITLE = 80


def apply_item(work: Work, row: SyncItemRow, *, force: bool = False) -> Outcome:
    """
    Bring an item into the record and return what it came to.

    *force* lets it in without what should have come before it.

    Raises:
        Waits: If it hangs on something that is not here yet.
        Differs: If the record holds something else in its place.
        Refused: If the record does not allow it.
        InputInvalid: If an answer is none to its item.
    """
    body = read_body(row)
    match body:
        case AnswerBody():
            return _answer(work, row, body)
        case FinishBody():
            return _finish(work, row, body, force=force)
        case FindingBody():
            return _finding(work, row, body)
        case PhotoBody():
            return apply_photo(work.session, row, body)
        case SignatureBody():
            return apply_signature(work.session, row, body)


def _answer(work: Work, row: SyncItemRow, body: AnswerBody) -> Outcome:
    _start(work, row, body)
    told = Told(body.severity, bool(body.danger), body.same_as)
    given = AnswerGiven(body.value, body.note or None, told)
    try:
        judged = record_answers(
            work.session,
            work.rulebook,
            inspection_id=body.inspection,
            answers={body.item: given},
            clock=item_clock(row),
            last=work.last_answers(body.inspection),
        )
    except RecordClosed as closed:
        finish = applied_item(work.session, str(row.subject), "finish")
        raise Differs(finish.number if finish else None) from closed
    # An answer to an item that the others do not make the checklist ask is left out of the record.
    return {"attempt": judged[0].attempt} if judged else {"not_asked": True}


def _start(work: Work, row: SyncItemRow, body: AnswerBody | FinishBody) -> None:
    """Make sure that the inspection runs, pinned to the checklist that was answered."""
    occurrence = work.occurrence(int(body.occurrence or 0))
    known = work.session.get(InspectionRow, body.inspection)
    begun_at = body.begun_at or row.device_at
    start_inspection(
        work.session,
        work.rulebook,
        inspection_id=body.inspection,
        occurrence_id=occurrence.id,
        by=row.by,
        clock=item_clock(row, min(begun_at, row.device_at)),
        checklist=None if known else _pinned(work, occurrence, body.checklist),
    )


def _pinned(work: Work, occurrence: OccurrenceRow, digest: str | None) -> Checklist:
    today = checklist_for(work.rulebook, rule_behind(work.session, work.rulebook, occurrence))
    return pinned_checklist(work.session, digest, instead_of=today) or today


def _finish(work: Work, row: SyncItemRow, body: FinishBody, *, force: bool) -> Outcome:
    session, subject = work.session, str(row.subject)
    if session.get(InspectionRow, body.inspection) is None and body.occurrence and body.begun_at:
        _start(work, row, body)
    inspection = inspection_of(session, row, body.inspection)
    work.occurrence(inspection.occurrence_id)
    session.refresh(inspection)
    if inspection.finished_at is not None:
        return _finished_before(session, inspection, row, body)
    if not force and not _answers_are_here(session, row, body, inspection):
        raise Waits(f"answers/{subject}")
    finished = finish_inspection(
        session,
        work.rulebook,
        inspection_id=inspection.id,
        clock=item_clock(row),
        note=body.note or None,
    )
    inspection.device_digest = body.digest
    session.flush()
    return {"findings": list(finished.findings), "photos": body.photos}


def _answers_are_here(
    session: Session, row: SyncItemRow, body: FinishBody, inspection: InspectionRow
) -> bool:
    if count_answers(session, row.account_id, str(row.subject)) >= body.answers:
        return True
    # Some may have been given on the plain form before the device went on.
    return len(answers_of(session, inspection)) >= body.answers


def _finished_before(
    session: Session, inspection: InspectionRow, row: SyncItemRow, body: FinishBody
) -> Outcome:
    """Take a second end that says the same; one that says something else is for a person."""
    if (inspection.note, inspection.device_digest) == (body.note or None, body.digest):
        return {"again": True}
    finish = applied_item(session, str(row.subject), "finish")
    raise Differs(finish.number if finish else None)


def _finding(work: Work, row: SyncItemRow, body: FindingBody) -> Outcome:
    session, account = work.session, work.account
    if account.role not in RECORDING_ROLES:
        raise MayNotRecord
    if account.sites and body.site not in account.sites:
        raise NotFound(Text(zh="场所", en="site"), body.site)
    before = applied_item(session, f"finding/{body.finding}", "finding")
    if before is not None and before.account_id == row.account_id:
        raise Differs(before.number)
    site_by_key(session, account.organisation, body.site)
    report = finding_report(body, account, by=row.by, owner=_owner(session, account, body.owner))
    found = report_finding(session, work.rulebook, report, now=item_clock(row).at)
    row.part = str(found)
    return {"finding": found}


def finding_report(
    body: FindingBody, account: Recorder, *, by: str, owner: str | None
) -> FindingReport:
    """Return a finding that a device sent, as somebody reports it."""
    what = body.what.strip() or "…"
    first = what.splitlines()[0][:LONGEST_TITLE]
    return FindingReport(
        organisation=account.organisation,
        site=body.site,
        title=Text(zh=first, en=first),
        severity=body.severity,
        by=by,
        place=body.target if body.target_kind == "place" else None,
        asset=body.target if body.target_kind == "asset" else None,
        detail=what if what != first else None,
        owner=owner,
        danger=bool(body.danger),
        measures=body.measures or None,
        same_as=body.same_as,
    )


def _owner(session: Session, account: Recorder, key: str | None) -> str | None:
    """Return the proposed owner; somebody who left meanwhile keeps no finding from opening."""
    if not key:
        return None
    try:
        return person_by_key(session, account.organisation, key).key
    except NotFound:
        return None
