"""Answer for missed checks and excuse open ones: role and scope first, then the record."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspections import outcomes
from inspections.audit import note_change
from inspections.editing import Editor, may_edit
from inspections.errors import NotFound
from inspections.lookup import existing, person_by_key
from inspections.models import OccurrenceRow, SiteRow
from rules.text import Text

_OCCURRENCE = Text(zh="应检任务", en="occurrence")


def explain(
    session: Session, occurrence_id: int, *, explanation: str, editor: Editor, now: datetime
) -> None:
    """
    Say why a check was missed; it stays missed.

    Raises:
        NotAllowed: If the role does not answer for missed checks.
        NotFound: If it is not there, or out of scope.
        WrongState: If it is not missed.
    """
    check_scope(session, occurrence_id, editor=editor)
    outcomes.explain_missed(
        session, occurrence_id=occurrence_id, explanation=explanation, by=editor.by, now=now
    )
    _note(session, occurrence_id, "occurrence.explained", editor, now, explanation)


def sign(session: Session, occurrence_id: int, *, editor: Editor, now: datetime) -> None:
    """
    Sign an explained missed check; it stays missed.

    Raises:
        NotAllowed: If the role does not answer for missed checks.
        NotFound: If it is not there, or out of scope.
        NotExplained: If nobody explained it.
        WrongState: If it is not missed.
    """
    check_scope(session, occurrence_id, editor=editor)
    outcomes.sign_missed(session, occurrence_id=occurrence_id, by=editor.by, now=now)
    _note(session, occurrence_id, "occurrence.signed", editor, now, None)


def excuse(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    occurrence_id: int,
    *,
    reason: str,
    approver: str,
    editor: Editor,
    now: datetime,
) -> None:
    """
    Excuse an open check with a reason; *approver* is the key of the person who approved it.

    Raises:
        NotAllowed: If the role does not excuse.
        NotFound: If check or approver are not there, or out of scope.
        TooLate: If it has closed.
        WrongState: If it is done, or cancelled.
    """
    check_scope(session, occurrence_id, editor=editor)
    person_by_key(session, editor.organisation, approver)
    outcomes.excuse(session, occurrence_id=occurrence_id, reason=reason, approver=approver, now=now)
    _note(session, occurrence_id, "occurrence.excused", editor, now, reason)


def check_scope(session: Session, occurrence_id: int, *, editor: Editor) -> None:
    """
    Do nothing where the editor may answer for the occurrence.

    Raises:
        NotAllowed: If the role may not.
        NotFound: If it is not there, or out of scope.
    """
    may_edit(editor)
    row = existing(session, OccurrenceRow, occurrence_id)
    site = session.get_one(SiteRow, row.site_id)
    if site.organisation_id != editor.organisation or not editor.sees(site.key):
        raise NotFound(_OCCURRENCE, occurrence_id)


def _note(  # noqa: PLR0913, PLR0917 (one row of the log)
    session: Session,
    occurrence_id: int,
    action: str,
    editor: Editor,
    now: datetime,
    note: str | None,
) -> None:
    note_change(
        session,
        organisation=editor.organisation,
        by=editor.by,
        action=action,
        subject=f"occurrence/{occurrence_id}",
        before=None,
        after={"note": note},
        now=now,
    )
