"""Steps that were taken on the week board."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.board.refusals import may_plan
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.models import BoardChangeRow
from rules.text import Text


def board_change(session: Session, change_id: str, *, desk: Editor) -> BoardChangeRow:
    """
    Return a step that was taken; who has some sites only sees their own steps.

    Raises:
        NotPlanner: If the role does not plan rounds.
        NotFound: If there is none with this id for them.
    """
    may_plan(desk)
    row = session.get(BoardChangeRow, change_id)
    if (
        row is None
        or row.organisation_id != desk.organisation
        or (desk.sites and row.by != desk.by)
    ):
        raise NotFound(Text(zh="派工变更", en="change"), change_id)
    return row


def recent_changes(session: Session, *, desk: Editor, most: int) -> Sequence[BoardChangeRow]:
    """Return the latest steps, the newest first."""
    query = select(BoardChangeRow).filter_by(organisation_id=desk.organisation)
    if desk.sites:
        query = query.filter_by(by=desk.by)
    return session.scalars(query.order_by(BoardChangeRow.at.desc()).limit(most)).all()
