"""Publish the drills that are proposed, and take that back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.drills.applying import apply_drills, release
from inspections.drills.changing import figures, fresh, note_year
from inspections.drills.planners import may_plan
from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.models import (
    DrillProgrammeRow,
    DrillReportRow,
    DrillRow,
    DrillServesRow,
    SiteRow,
)
from rules.text import Text


@dataclass(frozen=True)
class Published:
    """
    What publishing came to.

    Attributes:
        drills: Row ids of the drills that became scheduled, or proposals again.
        hidden: How many of them are unannounced.
        occurrences: How many occurrences were changed.
    """

    drills: tuple[int, ...]
    hidden: int
    occurrences: int


def publish(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    organisation_id: str,
    year: int,
    *,
    by: Editor,
    now: datetime,
    revision: int | None = None,
) -> Published:
    """
    Schedule every drill that is proposed and has not passed; invitations and feeds follow.

    Raises:
        YearChanged: If somebody changed the year meanwhile.
        NotPlanner: If the role does not plan drills.
        NotFound: If nothing was proposed for the year.
    """
    may_plan(by)
    programme = fresh(session, _programme_id(session, organisation_id, year), revision)
    rows = _rows(session, programme, by, "proposed")
    scheduled = [row for row in rows if row.starts_at > now]
    for row in scheduled:
        row.state, row.published_at = "scheduled", now
    programme.published_at, programme.published_by = now, by.by
    return _told(session, programme, scheduled, "drills.published", by=by, now=now)


def withdraw(
    session: Session, organisation_id: str, year: int, *, by: Editor, now: datetime
) -> Published:
    """
    Take the latest publication back: its drills that have not begun are proposals again.

    Raises:
        NotPlanner: If the role does not plan drills.
        NotFound: If nothing was published for the year.
    """
    may_plan(by)
    programme = fresh(session, _programme_id(session, organisation_id, year), None)
    rows = _rows(session, programme, by, "scheduled")
    back = [
        row for row in rows if row.published_at == programme.published_at and row.starts_at > now
    ]
    if not back:
        raise NotFound(Text(zh="可撤回的演练", en="drill to take back"), year)
    keys = _keys(session, [row.id for row in back])
    for row in back:
        row.state, row.published_at = "proposed", None
    release(session, organisation_id, keys, now=now)
    rest = [row.published_at for row in rows if row.published_at is not None]
    programme.published_at = max(rest, default=None)
    return _told(session, programme, back, "drills.withdrawn", by=by, now=now)


def _programme_id(session: Session, organisation_id: str, year: int) -> int:
    mine = {"organisation_id": organisation_id, "year": year}
    found = session.scalars(select(DrillProgrammeRow.id).filter_by(**mine)).one_or_none()
    if found is None:
        raise NotFound(Text(zh="演练计划", en="programme of drills"), year)
    return found


def _rows(session: Session, programme: DrillProgrammeRow, by: Editor, state: str) -> list[DrillRow]:
    query = (
        select(DrillRow, SiteRow.key)
        .join(SiteRow, SiteRow.id == DrillRow.site_id)
        .where(DrillRow.programme_id == programme.id, DrillRow.state == state)
        .order_by(DrillRow.starts_at, DrillRow.id)
    )
    reported = set(session.scalars(select(DrillReportRow.drill_id)))
    return [row for row, key in session.execute(query) if by.sees(key) and row.id not in reported]


def _keys(session: Session, drills: Iterable[int]) -> list[tuple[int, str]]:
    query = select(DrillServesRow.duty_id, DrillServesRow.period)
    query = query.where(DrillServesRow.drill_id.in_(list(drills)))
    return [(duty, period) for duty, period in session.execute(query)]


def _told(  # noqa: PLR0913 (the parts of one step)
    session: Session,
    programme: DrillProgrammeRow,
    rows: Sequence[DrillRow],
    action: str,
    *,
    by: Editor,
    now: datetime,
) -> Published:
    programme.revision += 1
    session.flush()
    ids, hidden = tuple(row.id for row in rows), sum(row.hidden for row in rows)
    note_year(session, programme, action, figures(rows), by=by, now=now)
    changed = apply_drills(session, programme.organisation_id, now=now)
    return Published(ids, hidden, changed)
