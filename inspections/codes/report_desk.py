"""What an officer makes of a report: a finding, a ticket, or nothing, with the reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.codes.behind import Behind, behind
from inspections.editing import Editor, may_edit
from inspections.errors import NotFound, WrongState
from inspections.evidence import Owner, evidence_of, link_evidence
from inspections.findings.opening import FindingReport
from inspections.findings.reporting import report_finding
from inspections.models import FindingRow, ProblemReportRow, SiteRow
from inspections.tickets import TicketReport, report_ticket
from rules.rulebook import RuleBook
from rules.text import Text

_DECIDED = Text(zh="已处理", en="decided")
_WAITING = Text(zh="待处理", en="waiting")
_DECIDE = Text(zh="再次处理", en="deciding it again")
_TAKE_BACK = Text(zh="撤回", en="taking it back")


def make_finding(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    report_id: int,
    *,
    title: str,
    severity: str,
    same_as: int | None = None,
    editor: Editor,
    now: datetime,
) -> int:
    """
    Open a finding from a report, or let the open one at the spot that says it take it up.

    Returns the finding's id. Photos go with it.

    Raises:
        NotAllowed: If the role does not decide.
        NotFound: If the report is not there, or out of scope.
        WrongState: If it was decided before.
    """
    row = _waiting(session, report_id, editor)
    on = behind(session, row.code)
    finding = FindingReport(
        organisation=row.organisation_id,
        site=on.site,
        title=Text(zh=title, en=title),
        severity=severity,
        by=editor.by,
        detail=f"{row.number}: {row.what}",
        same_as=same_as,
        **_where(on),
    )
    row.finding_id = report_finding(session, rulebook, finding, now=now)
    _hand_photos(session, row, Owner(finding_id=row.finding_id), by=editor.by, now=now)
    number = session.get_one(FindingRow, row.finding_id).number
    outcome = "joined" if row.finding_id == same_as else "finding"
    _decide(session, row, outcome, editor=editor, now=now, after={"finding": number})
    return row.finding_id


def make_ticket(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    report_id: int,
    *,
    title: str,
    category: str,
    priority: str,
    editor: Editor,
    now: datetime,
) -> int:
    """
    Open a repair ticket from a report and return its id; photos and contact go with it.

    Raises:
        NotAllowed: If the role does not decide.
        NotFound: If the report is not there, or out of scope.
        WrongState: If it was decided before.
    """
    row = _waiting(session, report_id, editor)
    on = behind(session, row.code)
    asked = TicketReport(
        organisation=row.organisation_id,
        site=on.site,
        title=title,
        category=category,
        priority=priority,
        detail=f"{row.number}: {row.what}",
        contact=row.contact,
        by=editor.by,
        **_where(on),
    )
    row.ticket_id = report_ticket(session, asked, now=now)
    _hand_photos(session, row, Owner(ticket_id=row.ticket_id), by=editor.by, now=now)
    _decide(session, row, "ticket", editor=editor, now=now, after={"ticket": row.ticket_id})
    return row.ticket_id


def dismiss(
    session: Session, report_id: int, *, reason: str, editor: Editor, now: datetime
) -> None:
    """
    Say that nothing follows from a report, and why.

    Raises:
        NotAllowed: If the role does not decide.
        NotFound: If the report is not there, or out of scope.
        WrongState: If it was decided before.
    """
    row = _waiting(session, report_id, editor)
    row.reason = reason
    _decide(session, row, "dismissed", editor=editor, now=now, after={"reason": reason})


def take_back(session: Session, report_id: int, *, editor: Editor, now: datetime) -> None:
    """
    Let a dismissed report wait again; the log keeps that it was dismissed, and why.

    Raises:
        NotAllowed: If the role does not decide.
        NotFound: If the report is not there, or out of scope.
        WrongState: If it was not dismissed.
    """
    row = _own(session, report_id, editor)
    if row.outcome != "dismissed":
        raise WrongState(step=_TAKE_BACK, state=_DECIDED if row.outcome else _WAITING)
    before = {"outcome": row.outcome, "reason": row.reason}
    row.outcome = row.decided_at = row.decided_by = row.reason = None
    _note(session, row, "report.taken-back", editor=editor, now=now, before=before, after={})


def _waiting(session: Session, report_id: int, editor: Editor) -> ProblemReportRow:
    row = _own(session, report_id, editor)
    if row.outcome is not None:
        raise WrongState(step=_DECIDE, state=_DECIDED)
    return row


def _own(session: Session, report_id: int, editor: Editor) -> ProblemReportRow:
    may_edit(editor)
    query = (
        select(ProblemReportRow, SiteRow.key)
        .join(SiteRow, SiteRow.id == ProblemReportRow.site_id)
        .where(ProblemReportRow.id == report_id)
        .where(ProblemReportRow.organisation_id == editor.organisation)
    )
    found = session.execute(query).one_or_none()
    if found is None or not editor.sees(found.key):
        raise NotFound(Text(zh="报告", en="report"), report_id)
    row: ProblemReportRow = found[0]
    return row


def _where(on: Behind) -> dict[str, Any]:
    _site, kind, key = on.on
    if kind == "asset":
        return {"asset": key, "place": on.place_key}
    return {"place": key} if kind == "place" else {}


def _hand_photos(
    session: Session, row: ProblemReportRow, owner: Owner, *, by: str, now: datetime
) -> None:
    for digest in evidence_of(session, Owner(report_id=row.id)):
        link_evidence(session, digest, owner, by=by, now=now, caption=row.number)


def _decide(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    row: ProblemReportRow,
    outcome: str,
    *,
    editor: Editor,
    now: datetime,
    after: Mapping[str, Any],
) -> None:
    row.outcome, row.decided_at, row.decided_by = outcome, now, editor.by
    action = f"report.{outcome}"
    noted = {"outcome": outcome, **after}
    _note(session, row, action, editor=editor, now=now, before={"outcome": None}, after=noted)


def _note(  # noqa: PLR0913 (the parts of one entry, all named at the call)
    session: Session,
    row: ProblemReportRow,
    action: str,
    *,
    editor: Editor,
    now: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    note_change(
        session,
        organisation=row.organisation_id,
        by=editor.by,
        action=action,
        subject=f"report/{row.number}",
        before=before,
        after=after,
        now=now,
    )
