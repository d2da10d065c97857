"""Put a finding right and have it confirmed by another person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import FollowUpOpen, MaintainerConfirms, ProofMissing, SamePerson
from inspections.findings.log import (
    Step,
    add_step,
    finding_row,
    log_of,
    refuse_closed,
    refuse_unless,
)
from inspections.lookup import asset_of, person_by_key, person_name
from inspections.models import FindingRow, FollowUpRow
from inspections.states import FindingState


def start_rectification(
    session: Session, *, finding_id: int, by: str, now: datetime, note: str | None = None
) -> FindingState:
    """Begin to put it right."""
    return add_step(session, finding_row(session, finding_id), Step("started", by, now, note))


def submit_rectification(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    finding_id: int,
    by: str,
    now: datetime,
    note: str,
    photos: Sequence[str] = (),
) -> FindingState:
    """
    Say that it is put right, and how; *by* is then the rectifier.

    *photos* are hashes of stored photos.

    Raises:
        ProofMissing: If its rule asks for evidence and there is no photo.
        WrongState: If it waits for verification already, or is closed.
    """
    row = finding_row(session, finding_id)
    if row.state != "open":
        refuse_unless(row, "submitted")
    _refuse_without_proof(row, photos)
    if row.state == "open":
        add_step(session, row, Step("started", by, now))
    return add_step(session, row, Step("submitted", by, now, note, photos=photos))


def confirm(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    finding_id: int,
    by: str,
    now: datetime,
    note: str | None = None,
    photos: Sequence[str] = (),
) -> FindingState:
    """
    Confirm on the spot that it is in order, which closes it.

    Raises:
        SamePerson: If *by* put it right.
        MaintainerConfirms: If *by* maintains what it is about, or the rule keeps them out.
        FollowUpOpen: If a task it started is not done or failed.
        ProofMissing: If its rule asks for evidence and there is no photo.
        WrongState: If nothing was submitted.
    """
    row = finding_row(session, finding_id)
    refuse_unless(row, "confirmed")
    refuse_verifier(session, row, by)
    for task in session.scalars(select(FollowUpRow).filter_by(finding_id=finding_id)):
        if task.verdict != "pass":
            raise FollowUpOpen(task.title)
    _refuse_without_proof(row, photos)
    return add_step(session, row, Step("confirmed", by, now, note, photos=photos))


def reject(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    finding_id: int,
    by: str,
    now: datetime,
    note: str,
    photos: Sequence[str] = (),
) -> FindingState:
    """Send it back with the reason; whoever put it right may not do that either."""
    row = finding_row(session, finding_id)
    refuse_unless(row, "rejected")
    refuse_verifier(session, row, by)
    return add_step(session, row, Step("rejected", by, now, note, photos=photos))


def reopen(session: Session, *, finding_id: int, by: str, now: datetime, note: str) -> FindingState:
    """Open a closed finding again, with the reason."""
    return add_step(session, finding_row(session, finding_id), Step("reopened", by, now, note))


def escalate(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, finding_id: int, by: str, now: datetime, to: str, note: str
) -> FindingState:
    """
    Bring it before somebody higher.

    Raises:
        NotFound: If *to* is nobody of the organisation.
        WrongState: If it is closed.
    """
    row = finding_row(session, finding_id)
    refuse_closed(row, "escalated")
    person_by_key(session, row.organisation_id, to)
    return add_step(session, row, Step("escalated", by, now, note, {"to": to}))


def know_until(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, finding_id: int, by: str, now: datetime, until: datetime, note: str
) -> FindingState:
    """Mark it a known defect until an instant, so that inspections need not report it again."""
    row = finding_row(session, finding_id)
    refuse_closed(row, "known-until")
    return add_step(session, row, Step("known-until", by, now, note, {"until": until.isoformat()}))


def assign_owner(
    session: Session, *, finding_id: int, by: str, now: datetime, owner: str
) -> FindingState:
    """
    Say who puts it right.

    Raises:
        NotFound: If *owner* is nobody of the organisation.
        WrongState: If it is closed.
    """
    row = finding_row(session, finding_id)
    refuse_closed(row, "assigned")
    person_by_key(session, row.organisation_id, owner)
    data = {"from": row.owner, "to": owner}
    row.owner = owner
    return add_step(session, row, Step("assigned", by, now, data=data))


def rectifiers(session: Session, finding_id: int) -> frozenset[str]:
    """Return who took part in putting it right since it was last opened."""
    people: set[str] = set()
    for event in sorted(log_of(session, finding_id), key=lambda one: (one.at, one.id)):
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
        MaintainerConfirms: If the rule names *by* among those who may not, or *by* maintains the
            asset now and the rule asks for another person.
    """
    if row.separate_verifier and by in rectifiers(session, row.id):
        raise SamePerson(person_name(session, row.organisation_id, by))
    asset = asset_of(session, row.site_id, row.asset)
    maintains = asset is not None and asset.maintainer == by
    if by in row.without or (row.separate_verifier and maintains):
        raise MaintainerConfirms(person_name(session, row.organisation_id, by))


def _refuse_without_proof(row: FindingRow, photos: Sequence[str]) -> None:
    if row.proof and not photos:
        raise ProofMissing(row.proof)
