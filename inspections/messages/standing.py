"""Whether a message still says the truth when its turn comes."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspections.messages.claims import Claimed, Reason
from inspections.models import ChaseLetterRow, FindingRow, FollowUpRow, OccurrenceRow
from rules.text import Text

_REMINDERS = frozenset({"before", "due", "overdue", "escalated", "chase"})
_OPEN = frozenset({"scheduled", "in_progress", "missed"})
_OLD = Reason(
    "stale", Text(zh="已过时，没有发送。", en="It was out of date by then and was not sent.")
)
_DONE = Reason(
    "settled", Text(zh="事项已办结，没有发送。", en="It was settled by then and was not sent.")
)


def withdrawn_because(session: Session, message: Claimed, *, now: datetime) -> Reason | None:
    """Return why the message is not sent any more: it is old, or its matter is settled."""
    if message.stale_at is not None and now >= message.stale_at:
        return _OLD
    if message.kind in _REMINDERS and _is_settled(session, message.about):
        return _DONE
    return None


def _is_settled(session: Session, about: str | None) -> bool:
    kind, _, number = (about or "").partition("/")
    if kind == "occurrence":
        row = session.get(OccurrenceRow, int(number))
        return row is None or row.state not in _OPEN
    if kind == "finding":
        finding = session.get(FindingRow, int(number))
        return finding is None or finding.state == "closed"
    if kind == "letter":
        return _is_answered(session, int(number))
    if kind == "task":
        task = session.get(FollowUpRow, int(number))
        return task is None or task.verdict is not None
    return False


def _is_answered(session: Session, letter_id: int) -> bool:
    """Tell whether a letter was withdrawn, or everything that it chases was put right."""
    letter = session.get(ChaseLetterRow, letter_id)
    if letter is None or letter.withdrawn_at is not None:
        return True
    chased = (session.get(FindingRow, one["id"]) for one in letter.findings)
    return all(row is None or row.state not in {"open", "in_progress"} for row in chased)
