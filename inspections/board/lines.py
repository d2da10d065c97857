"""What changes of the plan are about, for people to read: check, place, due time, before, after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.board.applying import sees_hidden
from inspections.board.stands import Moved, Stand
from inspections.editing import Editor
from inspections.models import DutyRow, OccurrenceRow, SiteRow
from inspections.rounds.names import target_names
from rules.text import Text


@dataclass(frozen=True)
class Line:
    """An occurrence that stands differently."""

    occurrence: int
    rule: str
    site_name: Text
    place: Text
    due_at: datetime
    priority: int
    before: Stand
    after: Stand


@dataclass(frozen=True)
class Lines:
    """
    What changed, by due time.

    Attributes:
        unseen: How many changes are at sites out of scope.
    """

    lines: tuple[Line, ...]
    unseen: int


def lines_of(session: Session, moved: Iterable[Moved], *, desk: Editor, now: datetime) -> Lines:
    """Return *moved* in words; checks that may not be known yet are told to nobody but planners."""
    by_id = {one.occurrence: one for one in moved}
    rows = [
        row
        for row in _rows(session, by_id)
        if sees_hidden(desk) or row.hidden_until is None or row.hidden_until <= now
    ]
    seen = [row for row in rows if desk.sees(row.site)]
    names = target_names(session, [(row.site_id, row.target_kind, row.target) for row in seen])
    return Lines(
        tuple(
            Line(
                row.id,
                row.rule,
                row.site_name,
                names[row.site_id, row.target_kind, row.target],
                row.due_at,
                row.priority,
                by_id[row.id].before,
                by_id[row.id].after,
            )
            for row in seen
        ),
        len(rows) - len(seen),
    )


def about(session: Session, organisation_id: str, occurrence_id: int) -> tuple[str, Text] | None:
    """Return rule and place of an occurrence of the organisation, if it has it."""
    query = (
        select(DutyRow.rule, DutyRow.target_kind, DutyRow.target, OccurrenceRow.site_id)
        .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
        .where(OccurrenceRow.id == occurrence_id, DutyRow.organisation_id == organisation_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    where = (row.site_id, row.target_kind, row.target)
    return row.rule, target_names(session, [where])[where]


def _rows(session: Session, ids: Iterable[int]) -> list[Any]:
    query = (
        select(OccurrenceRow.id, OccurrenceRow.due_at, OccurrenceRow.hidden_until)
        .add_columns(OccurrenceRow.site_id, OccurrenceRow.priority)
        .add_columns(DutyRow.rule, DutyRow.target_kind, DutyRow.target)
        .add_columns(SiteRow.key.label("site"), SiteRow.name.label("site_name"))
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(OccurrenceRow.id.in_(tuple(ids)))
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )
    return list(session.execute(query))
