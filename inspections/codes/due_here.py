"""What an inspector may do at a label: the open checklists of what it is on, the due one first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from inspections.codes.statements import AnySelect
from inspections.models import AssetRow, AssignmentRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.rounds.names import Target
from inspections.rounds.today import (
    MAKE_UP,
    ROW_COLUMNS,
    TodayRow,
    as_rows,
    can_be_done,
    made_up_occurrences,
)


@dataclass(frozen=True)
class DueHere:
    """
    Open checklists, by due time.

    Attributes:
        mine: Those that the plan gives to the person.
        others: Those that it gives to others or to nobody.
    """

    mine: tuple[TodayRow, ...]
    others: tuple[TodayRow, ...]


def due_here(session: Session, targets: Sequence[Target], *, person: str, now: datetime) -> DueHere:
    """Return what may be done now at *targets*, which belong to one organisation."""
    found = session.execute(_at(_open(now), targets)).all()
    rows = as_rows(session, found, now)
    open_ = [row for row in rows if can_be_done(row, rows, now)]
    mine = _assigned_to(session, person, [row.id for row in open_])
    return DueHere(
        tuple(row for row in open_ if row.id in mine),
        tuple(row for row in open_ if row.id not in mine),
    )


def targets_at(session: Session, on: Target) -> tuple[Target, ...]:
    """Return *on* itself, and for a place what stands in it."""
    site, kind, key = on
    if kind != "place":
        return (on,)
    query = select(AssetRow.key).filter_by(site_id=site, place=key, ended_on=None)
    assets = session.scalars(query.order_by(AssetRow.position))
    return (on, *((site, "asset", asset) for asset in assets))


def open_for(
    session: Session, organisation: str, person: str, *, now: datetime
) -> tuple[TodayRow, ...]:
    """Return what the plan gives to *person* and may be done now, wherever it is."""
    query = (
        _open(now)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == organisation, PersonRow.key == person)
    )
    rows = as_rows(session, session.execute(query).all(), now)
    return tuple(row for row in rows if can_be_done(row, rows, now))


def _open(now: datetime) -> AnySelect:
    return (
        select(*ROW_COLUMNS)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(
            OccurrenceRow.state.in_(("scheduled", "in_progress", "missed")),
            OccurrenceRow.opens_at <= now,
            OccurrenceRow.due_at >= now - MAKE_UP,
            or_(OccurrenceRow.hidden_until.is_(None), OccurrenceRow.hidden_until <= now),
            OccurrenceRow.id.not_in(made_up_occurrences()),
        )
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )


def _at(query: AnySelect, targets: Sequence[Target]) -> AnySelect:
    target = tuple_(DutyRow.site_id, DutyRow.target_kind, DutyRow.target)
    return query.where(target.in_(list(targets)))


def _assigned_to(session: Session, person: str, occurrences: list[int]) -> set[int]:
    query = (
        select(AssignmentRow.occurrence_id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(PersonRow.key == person, PersonRow.organisation_id == SiteRow.organisation_id)
        .where(AssignmentRow.occurrence_id.in_(occurrences))
    )
    return set(session.scalars(query))
