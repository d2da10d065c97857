"""A person decides over what tablets sent and the record does not hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import checklist_of
from inspections.audit import note_change
from inspections.errors import Refused
from inspections.findings.opening import FindingReport
from inspections.findings.reporting import report_finding
from inspections.judging import answer_problem, judge
from inspections.lookup import duty_of, existing
from inspections.models import FindingRow, InspectionRow, OccurrenceRow, SyncItemRow
from inspections.sync.applying import finding_report
from inspections.sync.belonging import finding_of, item_clock
from inspections.sync.evidence_items import link_second_picture
from inspections.sync.kept_items import row_in_scope
from inspections.sync.receiving import Inbox
from inspections.sync.sender import Sender, sender_of
from inspections.sync.stored import PHOTO_BYTES, read_body
from inspections.sync.wire import AnswerBody, FindingBody
from inspections.target import target_of
from rules.rulebook import RuleBook
from rules.text import Text

Choice = Literal["both", "first", "second"]
CHOICES: tuple[Choice, ...] = ("both", "first", "second")


class AlreadyDecided(Refused):
    """Somebody decided meanwhile."""

    code = "already-decided"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该条已处理。请刷新列表查看结果。",
                en="This was decided already. Please reload the list to see how.",
            )
        )


@dataclass(frozen=True)
class Decider:
    """Who decides, and over which sites; no sites means all of the organisation."""

    organisation: str
    person: str
    sites: Collection[str] = ()


def decide(  # noqa: PLR0913 (all but the first four are named at the call)
    session: Session,
    rulebook: RuleBook,
    number: int,
    choice: Choice,
    *,
    decider: Decider,
    now: datetime,
) -> Mapping[str, Any]:
    """
    Choose between two versions of one thing and return what the second came to.

    The record only grows: what it holds stays. `both` and `second` add the second version: a
    further attempt at an answer, another finding, another photo; a finished record stays as it was
    signed, and the second version stands beside it, where a failure still opens its finding.

    Raises:
        NotFound: If there is no such item in scope.
        AlreadyDecided: If it is no conflict any more.
    """
    row = _row(session, number, decider, states=("conflict",))
    outcome = {} if choice == "first" else _second(session, rulebook, row, choice)
    _settle(session, row, choice, decider, now, outcome=outcome)
    inbox = Inbox(session, rulebook, sender_of(session, row), now)
    inbox.provide([f"item/{row.item}", f"answers/{row.subject}"])
    return outcome


def try_again(
    session: Session, rulebook: RuleBook, number: int, *, decider: Decider, now: datetime
) -> str:
    """
    Apply a refused or waiting item once more, whatever should have come first; return its state.

    Raises:
        NotFound: If there is no such item in scope.
        AlreadyDecided: If it is in the record meanwhile.
    """
    row = _row(session, number, decider, states=("refused", "held"))
    before = row.state
    row.state = "held"
    Inbox(session, rulebook, sender_of(session, row), now).apply(row, force=True)
    _note(session, row, "sync.tried-again", decider, now, before={"state": before})
    return row.state


def set_aside(session: Session, number: int, *, decider: Decider, now: datetime) -> None:
    """
    Leave a refused or waiting item out of the record for good; its text stays readable.

    Raises:
        NotFound: If there is no such item in scope.
        AlreadyDecided: If it is in the record meanwhile.
    """
    row = _row(session, number, decider, states=("refused", "held"))
    _settle(session, row, "aside", decider, now, outcome=row.outcome or {})


def _row(
    session: Session, number: int, decider: Decider, *, states: Collection[str]
) -> SyncItemRow:
    row = row_in_scope(session, number, organisation=decider.organisation, sites=decider.sites)
    if row.state not in states:
        raise AlreadyDecided
    return row


def _second(
    session: Session, rulebook: RuleBook, row: SyncItemRow, choice: Choice
) -> Mapping[str, Any]:
    """Bring the second version into the record, as far as the record grows."""
    sender = sender_of(session, row)
    if row.kind == PHOTO_BYTES:
        first = session.get_one(SyncItemRow, row.against)
        return {"linked": link_second_picture(session, first, row)}
    body = read_body(row)
    if isinstance(body, FindingBody):
        return _second_finding(session, rulebook, row, body, sender, same=choice == "second")
    Inbox(session, rulebook, sender, row.received_at).apply(row, force=True)
    if row.state == "applied":
        return row.outcome or {}
    if isinstance(body, AnswerBody):
        return {"beside": True, **_finding_beside(session, rulebook, row, body, sender)}
    return {"beside": True}


def _second_finding(  # noqa: PLR0913 (the parts of one item)
    session: Session,
    rulebook: RuleBook,
    row: SyncItemRow,
    body: FindingBody,
    sender: Sender,
    *,
    same: bool,
) -> Mapping[str, Any]:
    first = finding_of(session, row.account_id, body.finding)
    told = body.model_copy(update={"same_as": first}) if same else body
    report = finding_report(told, sender.account, by=row.by, owner=body.owner)
    return {"finding": report_finding(session, rulebook, report, now=item_clock(row).at)}


def _finding_beside(
    session: Session, rulebook: RuleBook, row: SyncItemRow, body: AnswerBody, sender: Sender
) -> Mapping[str, Any]:
    """Open the finding of a failing answer that came after the record was signed."""
    inspection = session.get(InspectionRow, body.inspection)
    if inspection is None:
        return {}
    item = next((one for one in checklist_of(inspection).items if one.id == body.item), None)
    duty = duty_of(session, existing(session, OccurrenceRow, inspection.occurrence_id))
    on = target_of(session, duty)
    if item is None or answer_problem(item, body.value):
        return {}
    judged = judge(item, body.value, on.facts)
    if judged.verdict != "fail":
        return {}
    report = FindingReport(
        organisation=sender.account.organisation,
        site=on.site.key,
        title=Text(
            zh=f"{on.name.zh}：{item.title.zh}",
            en=f"{on.name.en}: {item.title.en}",
        ),
        severity=body.severity or item.severity,
        by=row.by,
        place=on.place.key if on.place else None,
        asset=on.asset.key if on.asset else None,
        detail=body.note,
        rule=duty.rule if duty.rule in rulebook.rules else None,
        danger=bool(body.danger) or item.immediate_danger,
        same_as=_open_finding(session, inspection, item.id),
    )
    return {"finding": report_finding(session, rulebook, report, now=item_clock(row).at)}


def _open_finding(session: Session, inspection: InspectionRow, item: str) -> int | None:
    """Return the finding that the signed record opened for an item, while it is not closed."""
    query = select(FindingRow.id).filter_by(inspection_id=inspection.id, item=item)
    return session.scalars(query.where(FindingRow.state != "closed")).one_or_none()


def _settle(  # noqa: PLR0913 (the parts of one decision)
    session: Session,
    row: SyncItemRow,
    decision: str,
    decider: Decider,
    now: datetime,
    *,
    outcome: Mapping[str, Any],
) -> None:
    before = {"state": row.state}
    row.state, row.waits_for = "decided", None
    row.decision, row.decided_by, row.decided_at = decision, decider.person, now
    row.outcome = dict(outcome)
    _note(session, row, "sync.decided", decider, now, before=before)


def _note(  # noqa: PLR0913 (the parts of one entry)
    session: Session,
    row: SyncItemRow,
    action: str,
    decider: Decider,
    now: datetime,
    *,
    before: Mapping[str, Any],
) -> None:
    note_change(
        session,
        organisation=row.organisation_id,
        by=decider.person,
        action=action,
        subject=f"sync-item/{row.number}",
        before=before,
        after={"state": row.state, "decision": row.decision, "outcome": row.outcome},
        now=now,
    )
