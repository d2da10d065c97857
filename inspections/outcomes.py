"""What people say about an occurrence beside doing it: excuse it, explain and sign a missed one."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspections.errors import Refused, TooLate, WrongState
from inspections.lookup import existing
from inspections.models import OccurrenceRow
from inspections.occurrence_log import append, log_of
from inspections.states import STATE_NAMES, OccurrenceState
from rules.text import Text


class NotExplained(Refused):
    """A missed check is explained before it is signed."""

    code = "not-explained"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该漏检尚未说明原因。请先填写说明，再签字。",
                en="This missed check is not explained yet. Please explain it, then sign.",
            )
        )


def excuse(
    session: Session, *, occurrence_id: int, reason: str, approver: str, now: datetime
) -> OccurrenceState:
    """
    Excuse an occurrence with a reason and who approved it.

    Raises:
        TooLate: If it has closed; a missed check is explained, not excused.
        WrongState: If it is done, or cancelled.
    """
    row = existing(session, OccurrenceRow, occurrence_id)
    if now > row.closes_at:
        raise TooLate(
            Text(
                zh="该项检查已经截止，不能再豁免。请填写漏检说明。",
                en="This check has closed and can no longer be excused. "
                "Please explain why it was missed.",
            )
        )
    refuse_unless(row, {"scheduled", "in_progress"}, Text(zh="豁免", en="excusing it"))
    return append(session, row, "excused", at=now, recorded_at=now, by=approver, note=reason)


def explain_missed(
    session: Session, *, occurrence_id: int, explanation: str, by: str, now: datetime
) -> OccurrenceState:
    """Say why it was missed; it stays missed."""
    row = existing(session, OccurrenceRow, occurrence_id)
    refuse_unless(row, {"missed"}, Text(zh="说明漏检", en="explaining it"))
    return append(session, row, "explained", at=now, recorded_at=now, by=by, note=explanation)


def sign_missed(session: Session, *, occurrence_id: int, by: str, now: datetime) -> OccurrenceState:
    """
    Sign an explained missed check; it stays missed.

    Raises:
        NotExplained: If nobody explained it.
    """
    row = existing(session, OccurrenceRow, occurrence_id)
    refuse_unless(row, {"missed"}, Text(zh="签字", en="signing it"))
    if all(entry.kind != "explained" for entry in log_of(session, occurrence_id)):
        raise NotExplained
    return append(session, row, "signed", at=now, recorded_at=now, by=by)


def refuse_unless(row: OccurrenceRow, states: set[str], step: Text) -> None:
    """
    Do nothing where the occurrence is in one of *states*.

    Raises:
        WrongState: If it is not; *step* says what was wanted.
    """
    if row.state not in states:
        raise WrongState(step=step, state=STATE_NAMES[row.state])
