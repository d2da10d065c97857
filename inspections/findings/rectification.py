"""Put a finding right and have it confirmed by another person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import FollowUpOpen, MaintainerConfirms, SamePerson, WrongState
from inspections.lookup import existing, person_by_key, person_name
from inspections.models import FindingEventRow, FindingRow, FollowUpRow
from inspections.states import (
    FINDING_STATE_NAMES,
    FINDING_STEPS,
    FindingEvent,
    FindingState,
    Happening,
    finding_state,
)
from rules.text import Text

STEP_NAMES: dict[str, Text] = {
    "started": Text(zh="开始整改", en="starting to put it right"),
    "submitted": Text(zh="提交整改", en="submitting the rectification"),
    "confirmed": Text(zh="复查通过", en="confirming"),
    "rejected": Text(zh="退回", en="rejecting"),
    "reopened": Text(zh="重开", en="reopening"),
    "extended": Text(zh="延期", en="extending the deadline"),
    "escalated": Text(zh="升级", en="escalating"),
    "known-until": Text(zh="登记为已知缺陷", en="marking it a known defect"),
    "assigned": Text(zh="指定责任人", en="naming an owner"),
}


def start_rectification(
    session: Session, *, finding_id: int, by: str, now: datetime, note: str | None = None
) -> FindingState:
    """Begin to put it right."""
    return _step(session, finding_id, "started", by=by, now=now, note=note)


def submit_rectification(
    session: Session, *, finding_id: int, by: str, now: datetime, note: str
) -> FindingState:
    """Say that it is put right, and how; *by* is then the rectifier."""
    if _row(session, finding_id).state == "open":
        _step(session, finding_id, "started", by=by, now=now)
    return _step(session, finding_id, "submitted", by=by, now=now, note=note)


def confirm(
    session: Session, *, finding_id: int, by: str, now: datetime, note: str | None = None
) -> FindingState:
    """
    Confirm on the spot that it is in order, which closes it.

    Raises:
        SamePerson: If *by* put it right.
        MaintainerConfirms: If the rule keeps *by*, as maintainer or keeper, from confirming.
        FollowUpOpen: If a task it started is not done or failed.
        WrongState: If nothing was submitted.
    """
    row = _row(session, finding_id)
    _refuse_unless(row, "confirmed")
    refuse_verifier(session, row, by)
    for task in session.scalars(select(FollowUpRow).filter_by(finding_id=finding_id)):
        if task.verdict != "pass":
            raise FollowUpOpen(task.title)
    return _step(session, finding_id, "confirmed", by=by, now=now, note=note)


def reject(session: Session, *, finding_id: int, by: str, now: datetime, note: str) -> FindingState:
    """Send it back with the reason; whoever put it right may not do that either."""
    row = _row(session, finding_id)
    _refuse_unless(row, "rejected")
    refuse_verifier(session, row, by)
    return _step(session, finding_id, "rejected", by=by, now=now, note=note)


def reopen(session: Session, *, finding_id: int, by: str, now: datetime, note: str) -> FindingState:
    """Open a closed finding again, with the reason."""
    return _step(session, finding_id, "reopened", by=by, now=now, note=note)


def extend(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, finding_id: int, by: str, now: datetime, due_at: datetime, note: str
) -> FindingState:
    """Give more time, with the reason; the first deadline stays in the log."""
    row = _row(session, finding_id)
    _refuse_closed(row, "extended")
    data = {"from": row.due_at.isoformat(), "to": due_at.isoformat()}
    row.due_at = due_at
    return _step(session, finding_id, "extended", by=by, now=now, note=note, data=data)


def escalate(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, finding_id: int, by: str, now: datetime, to: str, note: str
) -> FindingState:
    """
    Bring it before somebody higher.

    Raises:
        NotFound: If *to* is nobody of the organisation.
        WrongState: If it is closed.
    """
    row = _row(session, finding_id)
    _refuse_closed(row, "escalated")
    person_by_key(session, row.organisation_id, to)
    return _step(session, finding_id, "escalated", by=by, now=now, note=note, data={"to": to})


def know_until(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, finding_id: int, by: str, now: datetime, until: datetime, note: str
) -> FindingState:
    """Mark it a known defect until an instant, so that inspections need not report it again."""
    _refuse_closed(_row(session, finding_id), "known-until")
    data = {"until": until.isoformat()}
    return _step(session, finding_id, "known-until", by=by, now=now, note=note, data=data)


def assign_owner(
    session: Session, *, finding_id: int, by: str, now: datetime, owner: str
) -> FindingState:
    """
    Say who puts it right.

    Raises:
        NotFound: If *owner* is nobody of the organisation.
        WrongState: If it is closed.
    """
    row = _row(session, finding_id)
    _refuse_closed(row, "assigned")
    person_by_key(session, row.organisation_id, owner)
    data = {"from": row.owner, "to": owner}
    row.owner = owner
    return _step(session, finding_id, "assigned", by=by, now=now, data=data)


def rectifiers(session: Session, finding_id: int) -> frozenset[str]:
    """Return who took part in putting it right since it was last opened."""
    people: set[str] = set()
    for event in _events(session, finding_id):
        if event.kind == "reopened":
            people.clear()
        elif event.kind in {"started", "submitted"}:
            people.add(event.by)
    return frozenset(people)


def refuse_verifier(session: Session, row: FindingRow, by: str) -> None:
    """
    Make sure that *by* may judge the rectification.

    Raises:
        SamePerson: If *by* took part in it and the rule asks for another person.
        MaintainerConfirms: If the rule names *by* among those who may not.
    """
    if row.separate_verifier and by in rectifiers(session, row.id):
        raise SamePerson(person_name(session, row.organisation_id, by))
    if by in row.without:
        raise MaintainerConfirms(person_name(session, row.organisation_id, by))


def _step(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    finding_id: int,
    kind: FindingEvent,
    *,
    by: str,
    now: datetime,
    note: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> FindingState:
    row = _row(session, finding_id)
    if kind in {step for _, step in FINDING_STEPS}:
        _refuse_unless(row, kind)
    session.add(
        FindingEventRow(
            finding_id=finding_id,
            kind=kind,
            at=now,
            by=by,
            note=note,
            data=dict(data) if data is not None else None,
        )
    )
    session.flush()
    state = finding_state(Happening(e.kind, e.at) for e in _events(session, finding_id))
    row.state = state
    session.flush()
    return state


def _refuse_unless(row: FindingRow, kind: str) -> None:
    if not any((row.state, kind) == step for step in FINDING_STEPS):
        raise WrongState(step=STEP_NAMES[kind], state=FINDING_STATE_NAMES[row.state])


def _refuse_closed(row: FindingRow, kind: str) -> None:
    if row.state == "closed":
        raise WrongState(step=STEP_NAMES[kind], state=FINDING_STATE_NAMES[row.state])


def _events(session: Session, finding_id: int) -> list[FindingEventRow]:
    query = select(FindingEventRow).filter_by(finding_id=finding_id).order_by(FindingEventRow.id)
    return list(session.scalars(query))


def _row(session: Session, finding_id: int) -> FindingRow:
    return existing(session, FindingRow, finding_id)
