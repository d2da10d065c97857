"""
Hand in the report of a drill, or correct it; what follows from it is applied.

One report for each drill. It performs every occurrence that the drill serves, at the time it was
held; each shortcoming asks for a change of a standard, and stands in the next drill's script.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.drills.looking import find
from inspections.drills.performing import perform
from inspections.drills.planners import is_planner
from inspections.drills.report import (
    DrillReport,
    ReportGiven,
    Shortcoming,
    check_report,
    report_of,
)
from inspections.editing import Editor
from inspections.errors import NotFound, Refused
from inspections.evidence import Owner, link_evidence
from inspections.models import DrillReportRow, DrillRow, DrillShortcomingRow
from inspections.reactions import react_to
from inspections.reactions.drill_events import DrillEvents
from inspections.reactions.targets import Targets
from rules.rulebook import RuleBook
from rules.text import Text

# Who hands in reports beside planners and the warden who led it.
_REPORTING = frozenset({"team-lead", "responsible-person", "inspector"})


class DrillNotBegun(Refused):
    """A report before the drill."""

    code = "drill-not-begun"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="演练尚未开始，不能提交报告。请在演练后填写。",
                en="The drill has not begun; its report is written afterwards.",
            )
        )


class NoDrillReporter(Refused):
    """The role does not report drills."""

    code = "no-drill-reporter"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="您的角色不能提交演练报告。请联系安全管理员。",
                en="Your role does not hand in reports of drills. Please ask a safety officer.",
            )
        )


def save_report(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    drill_id: int,
    given: ReportGiven,
    *,
    by: Editor,
    now: datetime,
) -> DrillReport:
    """
    Hand in the report of a drill, or correct it; what follows from it is applied.

    Raises:
        InputInvalid: With every fault of it, each with its field.
        DrillNotBegun: If the drill has not begun.
        NoDrillReporter: If the role hands in no reports.
        NotFound: If there is no such drill in scope.
    """
    _, drill = find(session, drill_id, by=by, now=now)
    _may_report(drill, by)
    if drill.state != "scheduled" or drill.starts_at > now:
        raise DrillNotBegun
    check_report(session, given, now)
    row = session.scalars(select(DrillReportRow).filter_by(drill_id=drill.id)).one_or_none()
    before = None if row is None else _figures(row)
    if row is None:
        row = DrillReportRow(drill_id=drill.id, by=by.by, at=now, absent=[])
        session.add(row)
    row.started_at, row.ended_at = given.started_at, given.ended_at
    row.expected, row.present, row.seconds = given.expected, given.present, given.seconds
    row.absent, row.summary = list(given.absent), (given.summary or "").strip() or None
    session.flush()
    _write_shortcomings(session, row, given.shortcomings, now)
    for digest in given.photos:
        link_evidence(session, digest, Owner(drill_id=drill.id), by=by.by, now=now)
    organisation = by.organisation
    if before is None:
        perform(session, drill, row, now=now)
    note_change(
        session,
        organisation=organisation,
        by=by.by,
        action="drill.reported",
        subject=f"drill/{drill.id}",
        before=before,
        after={**_figures(row), "shortcomings": len(given.shortcomings)},
        now=now,
    )
    _react(session, rulebook, drill, by=by, now=now)
    found = report_of(session, drill.id)
    if found is None:
        raise NotFound(Text(zh="演练报告", en="report of the drill"), drill_id)
    return found


def _may_report(drill: DrillRow, by: Editor) -> None:
    if not (is_planner(by) or by.role in _REPORTING or by.by == drill.leader):
        raise NoDrillReporter


def _write_shortcomings(
    session: Session, row: DrillReportRow, given: Sequence[Shortcoming], now: datetime
) -> None:
    """Keep what stood, drop what is named no more, add what is new; no number comes twice."""
    query = select(DrillShortcomingRow).filter_by(report_id=row.id)
    known = list(session.scalars(query.order_by(DrillShortcomingRow.number)))
    left = {one.text: one for one in known if one.dropped_at is None}
    number = max((one.number for one in known), default=0)
    for one in given:
        text, standard = one.text.strip(), (one.standard or "").strip() or None
        standing = left.pop(text, None)
        if standing is not None:
            standing.standard = standard
            continue
        number += 1
        session.add(
            DrillShortcomingRow(report_id=row.id, number=number, text=text, standard=standard)
        )
    for gone in left.values():
        gone.dropped_at = now
    session.flush()


def _react(
    session: Session,
    rulebook: RuleBook,
    drill: DrillRow,
    *,
    by: Editor,
    now: datetime,
) -> None:
    organisation = by.organisation
    targets = Targets(session, organisation)
    events = list(DrillEvents(session, rulebook, targets, now=now).of_drills([drill]))
    react_to(session, rulebook, events, organisation_id=organisation, now=now, by=by.by)


def _figures(row: DrillReportRow) -> dict[str, Any]:
    names = ("started_at", "ended_at", "expected", "present", "seconds", "summary")
    return {name: getattr(row, name) for name in names}
