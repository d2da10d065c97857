"""The tasks that a finding started, for people: by when, by whom, and why not by you."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import Refused
from inspections.findings.follow_ups import item_to_repeat, refuse_follow_up
from inspections.models import FindingRow, FollowUpRow
from inspections.rounds.names import person_text
from rules.checklist import NumberItem
from rules.text import Text


@dataclass(frozen=True)
class FollowUp:
    """
    A task that the finding started.

    Attributes:
        arithmetic: How its deadline was counted: `days`, `text` and `source`.
        separate_person: Whether another person than who found it must do it.
        item: The item whose reading is taken again; nothing where no reading is asked for.
        refusal: Why the person asking may not do it; nothing where they may, or nobody asks.
    """

    id: int
    key: str
    title: Text
    due_at: datetime
    arithmetic: Mapping[str, Any]
    separate_person: bool
    item: NumberItem | None
    done_at: datetime | None
    done_by: Text | None
    reading: float | None
    verdict: str | None
    note: str | None
    refusal: Text | None


def follow_ups(
    session: Session, finding: FindingRow, *, asked_by: str | None, names: dict[str, Text]
) -> tuple[FollowUp, ...]:
    """Return the tasks of *finding* by deadline, with whether *asked_by* may do each."""
    query = select(FollowUpRow).filter_by(finding_id=finding.id)
    return tuple(
        FollowUp(
            id=row.id,
            key=row.key,
            title=row.title,
            due_at=row.due_at,
            arithmetic=row.arithmetic,
            separate_person=row.separate_person,
            item=item_to_repeat(session, row, finding),
            done_at=row.done_at,
            done_by=person_text(names, row.done_by) if row.done_by else None,
            reading=row.reading,
            verdict=row.verdict,
            note=row.note,
            refusal=_refusal(session, row, finding, asked_by),
        )
        for row in session.scalars(query.order_by(FollowUpRow.due_at, FollowUpRow.id))
    )


def _refusal(
    session: Session, task: FollowUpRow, finding: FindingRow, asked_by: str | None
) -> Text | None:
    if asked_by is None or task.verdict == "pass":
        return None
    try:
        refuse_follow_up(session, task, finding, asked_by)
    except Refused as refusal:
        return refusal.text
    return None
