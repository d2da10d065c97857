"""Change a year of drills: lock it, count its revision, and write down who did what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.drills.applying import apply_drills
from inspections.drills.planners import YearChanged
from inspections.editing import Editor
from inspections.models import DrillProgrammeRow, DrillRow


def fresh(session: Session, programme_id: int, revision: int | None) -> DrillProgrammeRow:
    """Lock the programme; whoever changes it at once waits."""
    row = session.get_one(
        DrillProgrammeRow, programme_id, with_for_update=True, populate_existing=True
    )
    if revision is not None and row.revision != revision:
        raise YearChanged
    return row


def note_drill(  # noqa: PLR0913 (the parts of one change)
    session: Session,
    programme: DrillProgrammeRow,
    row: DrillRow,
    change: tuple[str, dict[str, Any]],
    *,
    by: Editor,
    now: datetime,
) -> None:
    """Write down a change of one drill; of an unannounced one nothing is said but that."""
    action, before = change
    programme.revision += 1
    secret = row.hidden and row.starts_at > now
    note_change(
        session,
        organisation=programme.organisation_id,
        by=by.by,
        action=action,
        subject=f"drill/{row.id}",
        before={"unannounced": True} if secret else before,
        after={"unannounced": True} if secret else {**place_of(row), "state": row.state},
        now=now,
    )
    apply_drills(session, programme.organisation_id, now=now)


def note_year(  # noqa: PLR0913 (the parts of one entry)
    session: Session,
    programme: DrillProgrammeRow,
    action: str,
    after: dict[str, Any],
    *,
    by: Editor,
    now: datetime,
) -> None:
    """Write down what was done to the whole year."""
    note_change(
        session,
        organisation=programme.organisation_id,
        by=by.by,
        action=action,
        subject=f"drills/{programme.year}",
        before=None,
        after=after,
        now=now,
    )


def figures(rows: Sequence[DrillRow]) -> dict[str, int]:
    """Return how many drills they are; of unannounced ones nothing else is ever written down."""
    return {"drills": len(rows), "unannounced": sum(row.hidden for row in rows)}


def place_of(row: DrillRow) -> dict[str, Any]:
    """Return where a drill stands, as data."""
    return {
        "on": row.on.isoformat(),
        "starts_at": row.starts_at.isoformat(),
        "pinned": row.pinned,
        "avoids": list(row.avoids),
    }
