"""The event log of a finding: read it, add to it, and keep what lists ask for up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import WrongState
from inspections.evidence import Owner, link_evidence
from inspections.findings.clock import FindingClock, LogEvent, clock_of
from inspections.lookup import existing
from inspections.models import FindingEventRow, FindingRow
from inspections.states import FINDING_STATE_NAMES, FINDING_STEPS, FindingEvent, FindingState
from rules.text import Text

STEP_NAMES: dict[str, Text] = {
    "started": Text(zh="开始整改", en="starting to put it right"),
    "submitted": Text(zh="提交整改", en="submitting the rectification"),
    "confirmed": Text(zh="复查通过", en="confirming"),
    "rejected": Text(zh="退回", en="rejecting"),
    "reopened": Text(zh="重开", en="reopening"),
    "extension-asked": Text(zh="申请延期", en="asking for more time"),
    "extended": Text(zh="批准延期", en="granting more time"),
    "extension-refused": Text(zh="不批准延期", en="refusing more time"),
    "extension-withdrawn": Text(zh="撤回延期申请", en="taking the request back"),
    "escalated": Text(zh="升级", en="escalating"),
    "known-until": Text(zh="登记为已知缺陷", en="marking it a known defect"),
    "assigned": Text(zh="指定责任人", en="naming an owner"),
    "chased": Text(zh="发催办函", en="sending a chase letter"),
}


@dataclass(frozen=True)
class Step:
    """
    Something to add to the log.

    Attributes:
        photos: Hashes of stored photos that prove it.
    """

    kind: FindingEvent
    by: str
    now: datetime
    note: str | None = None
    data: Mapping[str, Any] | None = None
    photos: Sequence[str] = ()


def log_of(session: Session, finding_id: int) -> list[LogEvent]:
    """Return the log of a finding."""
    query = select(FindingEventRow).filter_by(finding_id=finding_id).order_by(FindingEventRow.id)
    return [
        LogEvent(row.id, row.kind, row.at, row.by, row.note, row.data or {})
        for row in session.scalars(query)
    ]


def clock(session: Session, finding_id: int) -> FindingClock:
    """Return how a finding stands."""
    return clock_of(log_of(session, finding_id))


def refresh(session: Session, row: FindingRow) -> FindingClock:
    """Compute anew from the log what the row keeps for lists, and return the clock."""
    found = clock(session, row.id)
    row.state, row.due_at, row.first_due_at = found.state, found.due_at, found.first_due_at
    session.flush()
    return found


def add_step(session: Session, row: FindingRow, step: Step) -> FindingState:
    """
    Add to the log and return the state after it.

    Raises:
        WrongState: If the step does not follow from the state reached.
    """
    if step.kind in {kind for _, kind in FINDING_STEPS}:
        refuse_unless(row, step.kind)
    data = dict(step.data or {})
    before = _standing(row)
    if step.photos:
        data["photos"] = list(dict.fromkeys(step.photos))
        for digest in data["photos"]:
            link_evidence(session, digest, Owner(finding_id=row.id), by=step.by, now=step.now)
    session.add(
        FindingEventRow(
            finding_id=row.id,
            kind=step.kind,
            at=step.now,
            by=step.by,
            note=step.note,
            data=data or None,
        )
    )
    session.flush()
    refresh(session, row)
    _note(session, row, step, before)
    return row.state  # type: ignore[return-value]  # a column of text holds one of the states


def _standing(row: FindingRow) -> dict[str, Any]:
    return {"state": row.state, "due_at": row.due_at}


def _note(session: Session, row: FindingRow, step: Step, before: dict[str, Any]) -> None:
    said = dict(step.data or {})
    if step.kind == "assigned":
        before = {**before, "owner": said.pop("from", None)}
        said["owner"] = said.pop("to", None)
    note_change(
        session,
        organisation=row.organisation_id,
        by=step.by,
        action=f"finding.{step.kind}",
        subject=f"finding/{row.number}",
        before=before,
        after={**_standing(row), **said, **({"note": step.note} if step.note else {})},
        now=step.now,
    )


def refuse_unless(row: FindingRow, kind: str) -> None:
    """
    Make sure that a step follows from the state reached.

    Raises:
        WrongState: If it does not.
    """
    if not any((row.state, kind) == step for step in FINDING_STEPS):
        raise WrongState(step=STEP_NAMES[kind], state=FINDING_STATE_NAMES[row.state])


def refuse_closed(row: FindingRow, kind: str) -> None:
    """
    Make sure that it is not closed.

    Raises:
        WrongState: If it is.
    """
    if row.state == "closed":
        raise WrongState(step=STEP_NAMES[kind], state=FINDING_STATE_NAMES[row.state])


def finding_row(session: Session, finding_id: int) -> FindingRow:
    """
    Return the row of a finding.

    Raises:
        NotFound: If there is none.
    """
    return existing(session, FindingRow, finding_id)
