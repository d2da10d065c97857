"""One occurrence with everything behind it: duty, window, people and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.models import (
    AnswerRow,
    AssignmentRow,
    DutyRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
)
from inspections.reported import Reported, reported_done
from inspections.rounds.names import Target, people_names, person_text, target_names
from inspections.rounds.performed_with import performing_records
from inspections.rounds.state import state_at
from inspections.target import target_of
from rules.text import Text


@dataclass(frozen=True)
class AssignedPerson:
    """A person on the occurrence, with the planner's reason."""

    key: str
    name: Text
    reason: Text


@dataclass(frozen=True)
class LogEntry:
    """Something that happened; `by` is a name."""

    kind: str
    at: datetime
    by: Text
    note: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class RecordLink:
    """
    An inspection that belongs to the occurrence.

    Attributes:
        of: The occurrence it was begun for, where that is another one that it also served.
    """

    id: str
    by_key: str
    by: Text
    at: datetime
    finished: bool
    make_up: bool
    answered: int
    of: int | None = None


@dataclass(frozen=True)
class OccurrenceDetail:
    """
    What the page of one occurrence shows.

    Attributes:
        site: Key of the site.
        because: The facts that made the rule apply, by full fact name.
        uncovered: Why nobody is assigned.
        helps: What would cover it.
        reported: Who said that it is done, where the evidence is missing.
    """

    id: int
    organisation: str
    site: str
    site_name: Text
    target_kind: str
    target: Text
    rule: str
    because: Mapping[str, Any]
    valid_from: date
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    planned_on: date
    state: str
    moved: Text | None
    hidden_until: datetime | None
    provisional: bool
    uncovered: Text | None
    helps: tuple[Text, ...]
    assigned: tuple[AssignedPerson, ...]
    records: tuple[RecordLink, ...]
    log: tuple[LogEntry, ...]
    reported: Reported | None = None


def occurrence_detail(
    session: Session, occurrence_id: int, *, organisation: str, now: datetime
) -> OccurrenceDetail:
    """
    Return the occurrence as of *now*.

    Raises:
        NotFound: If the organisation has none with this id, or nobody may know of it yet.
    """
    row = session.get(OccurrenceRow, occurrence_id)
    duty = session.get(DutyRow, row.duty_id) if row else None
    hidden = row is not None and row.hidden_until is not None and row.hidden_until > now
    if row is None or duty is None or duty.organisation_id != organisation or hidden:
        raise NotFound(Text(zh="应检任务", en="occurrence"), occurrence_id)
    site = session.get_one(SiteRow, row.site_id)
    names = people_names(session, organisation)
    target = (row.site_id, duty.target_kind, duty.target)
    return OccurrenceDetail(
        id=row.id,
        organisation=organisation,
        site=site.key,
        site_name=site.name,
        target_kind=duty.target_kind,
        target=target_names(session, [target])[target],
        rule=duty.rule,
        because=duty.because,
        valid_from=duty.valid_from,
        opens_at=row.opens_at,
        due_at=row.due_at,
        closes_at=row.closes_at,
        planned_on=row.planned_on,
        state=state_at(row.state, row.closes_at, now),
        moved=row.moved,
        hidden_until=row.hidden_until,
        provisional=row.provisional,
        uncovered=row.uncovered,
        helps=tuple(Text(zh=one["zh"], en=one["en"]) for one in row.helps or ()),
        assigned=_assigned(session, occurrence_id),
        records=_records(session, occurrence_id, names),
        log=_log(session, occurrence_id, names),
        reported=reported_done(session, [row.id]).get(row.id),
    )


def _assigned(session: Session, occurrence_id: int) -> tuple[AssignedPerson, ...]:
    query = (
        select(PersonRow.key, PersonRow.name, AssignmentRow.reason)
        .join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
        .where(AssignmentRow.occurrence_id == occurrence_id)
        .order_by(PersonRow.position)
    )
    return tuple(AssignedPerson(*row) for row in session.execute(query))


def _records(
    session: Session, occurrence_id: int, names: dict[str, Text]
) -> tuple[RecordLink, ...]:
    query = (
        select(InspectionRow, func.count(AnswerRow.item.distinct()))
        .outerjoin(AnswerRow, AnswerRow.inspection_id == InspectionRow.id)
        .where(
            or_(
                InspectionRow.occurrence_id == occurrence_id,
                InspectionRow.id.in_(performing_records(session, occurrence_id)),
            )
        )
        .group_by(InspectionRow.id)
        .order_by(InspectionRow.started_at)
    )
    return tuple(
        RecordLink(
            id=row.id,
            by_key=row.by,
            by=person_text(names, row.by),
            at=row.finished_at or row.started_at,
            finished=row.finished_at is not None,
            make_up=row.make_up,
            answered=count,
            of=row.occurrence_id if row.occurrence_id != occurrence_id else None,
        )
        for row, count in session.execute(query)
    )


def _log(session: Session, occurrence_id: int, names: dict[str, Text]) -> tuple[LogEntry, ...]:
    query = (
        select(OccurrenceEventRow)
        .filter_by(occurrence_id=occurrence_id)
        .order_by(OccurrenceEventRow.recorded_at, OccurrenceEventRow.id)
    )
    return tuple(
        LogEntry(row.kind, row.at, person_text(names, row.by), row.note, row.data or {})
        for row in session.scalars(query)
    )


def occurrence_target(session: Session, occurrence_id: int) -> Target:
    """Return what the occurrence is about: site id, kind and key."""
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    return duty.site_id, duty.target_kind, duty.target


def target_facts(session: Session, occurrence_id: int) -> dict[str, Any]:
    """Return the facts of what the occurrence is about and of everything it stands in."""
    occurrence = session.get_one(OccurrenceRow, occurrence_id)
    return target_of(session, session.get_one(DutyRow, occurrence.duty_id)).facts
