"""Take an action on many findings back, as far as nothing has happened since."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from inspections.editing import Editor
from inspections.errors import Refused
from inspections.findings.bulk import batch, tried
from inspections.findings.extensions import take_back_request
from inspections.findings.letters import letter, mail_state
from inspections.findings.log import Step, add_step, clock, refuse_closed
from inspections.findings.scope import finding_in_scope
from inspections.models import FindingBatchRow
from rules.text import Text

UNDO_FOR = timedelta(hours=24)
# People are told of an escalation at once; that cannot be untold.
UNDOABLE = frozenset({"assign", "ask", "chase"})


class NotUndoable(Refused):
    """The action cannot be taken back, or not any more."""

    code = "batch-not-undoable"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该操作不能撤销：已撤销过、已过 24 小时，或对方已被通知。",
                en="This cannot be undone: it was undone already, is older than 24 hours, "
                "or people were told of it.",
            )
        )


class ChangedSince(Refused):
    """Somebody did something with the finding since."""

    code = "changed-since"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="之后已有变化，保持现状。",
                en="It changed since and stays as it is.",
            )
        )


class LetterSent(Refused):
    """The mail of the letter has gone out."""

    code = "letter-sent"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="催办函的邮件已发出，不能撤回。", en="The mail of the letter has gone out.")
        )


def undo_batch(session: Session, batch_id: str, *, editor: Editor, now: datetime) -> None:
    """
    Take back each part of an action where nothing has happened since.

    Raises:
        NotAllowed: If the role does not act on many.
        NotFound: If the organisation has no such action.
        NotUndoable: If it was undone, is too old, or is of a kind that cannot be.
    """
    row = batch(session, batch_id, editor=editor)
    if not is_undoable(row, now):
        raise NotUndoable
    row.undone_at, row.undone_by = now, editor.by
    row.undo = [
        tried(session, one["id"], one["number"], partial(_back, session, row, one, editor, now))
        for one in row.results
        if "refused" not in one
    ]
    session.flush()


def is_undoable(row: FindingBatchRow, now: datetime) -> bool:
    """Tell whether undoing may be tried: not undone yet, not too old, of a kind that can be."""
    any_done = any("refused" not in one for one in row.results)
    fresh = row.undone_at is None and now - row.at <= UNDO_FOR
    return fresh and any_done and row.kind in UNDOABLE


def _back(
    session: Session, row: FindingBatchRow, one: Mapping[str, Any], editor: Editor, now: datetime
) -> None:
    if row.kind == "assign":
        _reassign(session, one, editor, now)
    elif row.kind == "ask":
        asked = clock(session, one["id"]).asked
        if asked is None or asked.at != row.at:
            raise ChangedSince
        take_back_request(session, one["id"], editor=editor, now=now)
    else:
        _withdraw(session, one, editor, now)


def _reassign(session: Session, one: Mapping[str, Any], editor: Editor, now: datetime) -> None:
    finding = finding_in_scope(session, one["id"], editor)
    refuse_closed(finding, "assigned")
    if finding.owner != one["to"] or finding.state == "awaiting_verification":
        raise ChangedSince
    finding.owner = one["from"]
    data = {"from": one["to"], "to": one["from"]}
    add_step(session, finding, Step("assigned", editor.by, now, data=data))


def _withdraw(session: Session, one: Mapping[str, Any], editor: Editor, now: datetime) -> None:
    written = letter(session, one["letter"], organisation=editor.organisation, sites=editor.sites)
    if mail_state(session, written) in {"sent", "handing-over", "unsure", "claimed"}:
        raise LetterSent
    written.withdrawn_at = now
    finding = finding_in_scope(session, one["id"], editor)
    data = {"letter": written.id, "number": written.number, "to": written.to, "withdrawn": True}
    add_step(session, finding, Step("chased", editor.by, now, data=data))
