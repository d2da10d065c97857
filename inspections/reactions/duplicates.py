"""Open findings at the same target: what is found again is not opened a second time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspections.lookup import duty_of
from inspections.models import FindingRow, OccurrenceRow
from inspections.reactions.happening import AnswerBehind
from inspections.target import TargetOfDuty, target_of
from rules.text import Text


@dataclass(frozen=True)
class OpenFindingHere:
    """An open finding that a failure may be the same as."""

    id: int
    number: str
    title: Text
    severity: str
    state: str
    found_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Spot:
    """Where something is: an asset, else a place, else the site as a whole."""

    site_id: int
    place: str | None = None
    asset: str | None = None


def open_findings_at(session: Session, spot: Spot) -> tuple[OpenFindingHere, ...]:
    """Return what is not closed at a spot, the newest first."""
    rows = session.scalars(_open_at(spot).order_by(FindingRow.id.desc()))
    return tuple(
        OpenFindingHere(
            row.id, row.number, row.title, row.severity, row.state, row.found_at, row.due_at
        )
        for row in rows
    )


def open_findings_of_occurrence(
    session: Session, occurrence_id: int
) -> tuple[OpenFindingHere, ...]:
    """Return what is not closed at the target of an occurrence, the newest first."""
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    return open_findings_at(session, spot_of(target_of(session, duty_of(session, occurrence))))


def the_same(session: Session, behind: AnswerBehind) -> FindingRow | None:
    """
    Return the finding that the person named as the same.

    Nothing where none was named, or where it was closed meanwhile, stands elsewhere, or is what
    the item itself opened: then the failure has a finding of its own, and nothing is lost.
    """
    named = behind.judged.told.same_as
    if named is None:
        return None
    row = open_finding_at(session, spot_of(behind.on), named)
    own = row and (row.inspection_id, row.item) == (behind.inspection.id, behind.judged.item.id)
    return None if own else row


def open_finding_at(session: Session, spot: Spot, finding_id: int) -> FindingRow | None:
    """Return an open finding by its id if it stands at *spot*."""
    return session.scalars(_open_at(spot).where(FindingRow.id == finding_id)).one_or_none()


def spot_of(on: TargetOfDuty) -> Spot:
    """Return where the target of a duty is."""
    return Spot(on.site.id, on.place.key if on.place else None, on.asset.key if on.asset else None)


def _open_at(spot: Spot) -> Select[FindingRow]:
    query = select(FindingRow).where(
        FindingRow.site_id == spot.site_id, FindingRow.state != "closed"
    )
    if spot.asset is not None:
        return query.where(FindingRow.asset == spot.asset)
    return query.where(FindingRow.asset.is_(None), FindingRow.place == spot.place)
