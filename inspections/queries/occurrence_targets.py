"""Where some occurrences are: site and target by id."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, OccurrenceRow, SiteRow


@dataclass(frozen=True, slots=True)
class Where:
    """Keys of the site and of the target in it."""

    site: str
    target_kind: str
    target: str


def occurrence_targets(session: Session, ids: Iterable[int]) -> dict[int, Where]:
    """Return where the occurrences with these ids are."""
    query = (
        select(OccurrenceRow.id, SiteRow.key, DutyRow.target_kind, DutyRow.target)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(OccurrenceRow.id.in_(tuple(ids)))
    )
    return {row.id: Where(row.key, row.target_kind, row.target) for row in session.execute(query)}
