"""One action on many findings: each done or refused by itself, none ever closed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy.orm import Session

from inspections.editing import Editor, may_edit
from inspections.errors import NotFound, Refused
from inspections.findings import rectification
from inspections.findings.extensions import ask_for_time
from inspections.findings.letters import Post, Sender, write_letter
from inspections.findings.log import refuse_closed
from inspections.findings.scope import finding_in_scope
from inspections.models import FindingBatchRow, FindingRow
from rules.rulebook import RuleBook
from rules.text import Text

Kind = Literal["assign", "escalate", "chase", "ask"]
KINDS: tuple[Kind, ...] = ("assign", "chase", "ask", "escalate")
MOST = 200


class NobodyNamed(Refused):
    """There is nobody to write to."""

    code = "chase-nobody-named"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有责任人，无人可催。请先指定责任人。",
                en="It has no owner to write to. Please name one first.",
            )
        )


class NotTheirTurn(Refused):
    """It waits for a verification, so its owner has nothing to do."""

    code = "chase-not-their-turn"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="责任人已提交整改，现在等待复查，不必催办。请安排复查。",
                en="Its owner has submitted it and it waits for verification, so there is nothing "
                "to chase. Please see to the verification.",
            )
        )


@dataclass(frozen=True)
class Bulk:
    """
    What to do with which findings.

    Attributes:
        to: Key of the person, for assigning and escalating.
        until: For asking for more time.
    """

    kind: Kind
    findings: tuple[int, ...]
    note: str = ""
    to: str | None = None
    until: date | None = None


@dataclass
class _Work:
    session: Session
    rulebook: RuleBook
    bulk: Bulk
    editor: Editor
    post: Post
    now: datetime
    batch: str


def act_on_many(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    bulk: Bulk,
    *,
    editor: Editor,
    post: Post,
    now: datetime,
) -> str:
    """
    Do it to each of at most 200 findings and return the id of the result.

    One that is refused keeps nothing, and the others go on.

    Raises:
        NotAllowed: If the role does not act on many.
    """
    may_edit(editor)
    bulk = replace(bulk, findings=tuple(dict.fromkeys(bulk.findings))[:MOST])
    batch = FindingBatchRow(
        id=str(uuid4()),
        organisation_id=editor.organisation,
        kind=bulk.kind,
        by=editor.by,
        at=now,
        results=[],
    )
    session.add(batch)
    session.flush()
    work = _Work(session, rulebook, bulk, editor, post, now, batch.id)
    batch.results = list(_chase(work) if bulk.kind == "chase" else _each(work))
    session.flush()
    return batch.id


def batch(session: Session, batch_id: str, *, editor: Editor) -> FindingBatchRow:
    """
    Return what became of an action.

    Raises:
        NotAllowed: If the role does not act on many.
        NotFound: If the organisation has none with this id, or a finding in it is out of scope.
    """
    may_edit(editor)
    row = session.get(FindingBatchRow, batch_id)
    if row is None or row.organisation_id != editor.organisation:
        raise NotFound(Text(zh="批量操作", en="action"), batch_id)
    # What was refused may be no finding of theirs at all; its result says nothing about it.
    for one in row.results:
        if "refused" not in one:
            finding_in_scope(session, one["id"], editor)
    return row


def tried(
    session: Session, finding_id: int, number: str, step: Callable[[], dict[str, Any] | None]
) -> dict[str, Any]:
    """Take one step by itself and return what became of it; a refusal undoes that step only."""
    result: dict[str, Any] = {"id": finding_id, "number": number}
    try:
        with session.begin_nested():
            return {**result, **(step() or {})}
    except Refused as refusal:
        return {**result, "refused": {"zh": refusal.text.zh, "en": refusal.text.en}}


def _each(work: _Work) -> Iterable[dict[str, Any]]:
    for finding_id in work.bulk.findings:
        step = partial(_one, work, finding_id)
        yield tried(work.session, finding_id, _number(work, finding_id), step)


def _number(work: _Work, finding_id: int) -> str:
    row = work.session.get(FindingRow, finding_id)
    mine = row is not None and row.organisation_id == work.editor.organisation
    return row.number if row is not None and mine else str(finding_id)


def _one(work: _Work, finding_id: int) -> dict[str, Any] | None:
    bulk, editor = work.bulk, work.editor
    row = finding_in_scope(work.session, finding_id, editor)
    common: dict[str, Any] = {"finding_id": finding_id, "by": editor.by, "now": work.now}
    match bulk.kind:
        case "assign":
            before = row.owner
            rectification.assign_owner(work.session, owner=bulk.to or "", **common)
            return {"from": before, "to": bulk.to}
        case "escalate":
            rectification.escalate(work.session, to=bulk.to or "", note=bulk.note, **common)
        case _:
            until = bulk.until or work.now.date()
            given: dict[str, Any] = {"until": until, "note": bulk.note, "editor": editor}
            ask_for_time(work.session, finding_id, now=work.now, **given)
    return None


def _chase(work: _Work) -> Iterable[dict[str, Any]]:
    owners: defaultdict[str, list[FindingRow]] = defaultdict(list)
    for finding_id in work.bulk.findings:
        number = _number(work, finding_id)
        found = tried(work.session, finding_id, number, partial(_chaseable, work, finding_id))
        if "refused" in found:
            yield found
        else:
            owners[found["to"]].append(work.session.get_one(FindingRow, finding_id))
    for owner, rows in owners.items():
        yield from _letter(work, owner, rows)


def _chaseable(work: _Work, finding_id: int) -> dict[str, Any]:
    row = finding_in_scope(work.session, finding_id, work.editor)
    refuse_closed(row, "chased")
    if row.state == "awaiting_verification":
        raise NotTheirTurn
    if row.owner is None:
        raise NobodyNamed
    return {"to": row.owner}


def _letter(work: _Work, owner: str, rows: list[FindingRow]) -> Iterable[dict[str, Any]]:
    sender = Sender(work.editor.organisation, work.editor.by, work.bulk.note or None, work.batch)
    letter, mailed = write_letter(
        work.session, work.rulebook, rows, to=owner, sender=sender, post=work.post, now=work.now
    )
    for row in rows:
        told = {"letter": letter.id, "letter_number": letter.number, "mailed": mailed}
        yield {"id": row.id, "number": row.number, "to": owner, **told}
