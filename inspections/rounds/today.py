"""One person's day: what is past due, due today, may be done early, and done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

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
from inspections.reported import reported_done
from inspections.rounds.names import Target, target_names
from inspections.rounds.scope import Scope
from inspections.rounds.state import state_at
from rules.text import Text

# A missed check this old can no longer be made up from Today; it stays on the officer's list.
MAKE_UP = timedelta(days=14)
_OPEN = ("scheduled", "in_progress")
_AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class TodayRow:
    """
    One occurrence of a person's day.

    Attributes:
        on: What it is about: site id, kind and key.
        answered: Items answered so far by this person.
        record: Id of the inspection that performed it, where it is done.
        reported: Whether it is said to be done, with the evidence missing.
        priority: 0 mandatory by law, 1 recommended by law, 2 of the house.
        planned_on: Local day on which the plan has it; nothing where nobody is assigned.
    """

    id: int
    on: Target
    site_name: Text
    target: Text
    rule: str
    state: str
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    answered: int
    record: str | None = None
    reported: bool = False
    priority: int = 0
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonsDay:
    """
    The rows of a person's day, each in one group, by due time.

    Attributes:
        past_due: Open after its due time, or missed and not yet overtaken by the next window.
        early: Its window is open, it is due on a later day.
        next_due_at: Due time of the next one after today, where nothing else is due.
    """

    past_due: tuple[TodayRow, ...]
    due: tuple[TodayRow, ...]
    early: tuple[TodayRow, ...]
    done: tuple[TodayRow, ...]
    next_due_at: datetime | None

    @property
    def open(self) -> tuple[TodayRow, ...]:
        """Every row that still asks for something, by due time."""
        return (*self.past_due, *self.due, *self.early)


def persons_day(
    session: Session, scope: Scope, *, now: datetime, day: tuple[datetime, datetime]
) -> PersonsDay:
    """Return a person's day; *day* is the first instant of the local day and of the next."""
    start, end = day
    rows = session.execute(_open_query(scope, now, end)).all()
    performed = _performed(session, scope, start)
    done = session.execute(_done_query(scope, performed)).all()
    shown = as_rows(session, [*rows, *done], now)
    opened = shown[: len(rows)]
    return PersonsDay(
        past_due=tuple(row for row in opened if row.due_at < now and can_be_done(row, opened, now)),
        due=tuple(row for row in opened if now <= row.due_at < end),
        early=tuple(row for row in opened if row.due_at >= end and row.opens_at <= now),
        done=tuple(replace(row, record=performed[row.id]) for row in shown[len(rows) :]),
        next_due_at=session.scalar(_next_query(scope, now, end)),
    )


ROW_COLUMNS = (
    OccurrenceRow.id,
    OccurrenceRow.site_id,
    OccurrenceRow.state,
    OccurrenceRow.opens_at,
    OccurrenceRow.due_at,
    OccurrenceRow.closes_at,
    OccurrenceRow.priority,
    OccurrenceRow.planned_on,
    DutyRow.rule,
    DutyRow.target_kind,
    DutyRow.target,
    SiteRow.name.label("site_name"),
)


def _mine(query: _AnySelect, scope: Scope) -> _AnySelect:
    query = (
        query.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == scope.organisation, PersonRow.key == scope.person)
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )
    return query.where(SiteRow.key.in_(scope.sites)) if scope.sites else query


def _open_query(scope: Scope, now: datetime, end: datetime) -> _AnySelect:
    query = _mine(select(*ROW_COLUMNS), scope)
    return query.where(
        OccurrenceRow.state.in_((*_OPEN, "missed")),
        OccurrenceRow.due_at >= now - MAKE_UP,
        OccurrenceRow.opens_at < end,
        OccurrenceRow.id.not_in(made_up_occurrences()),
        is_shown(now),
    )


def _performed(session: Session, scope: Scope, start: datetime) -> dict[int, str | None]:
    """Return the inspection behind each occurrence that the person performed since *start*."""
    query = (
        select(OccurrenceEventRow.occurrence_id, OccurrenceEventRow.data)
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
        .where(OccurrenceEventRow.by == scope.person, OccurrenceEventRow.at >= start)
    )
    return {
        occurrence: (data or {}).get("inspection") for occurrence, data in session.execute(query)
    }


def _done_query(scope: Scope, performed: Collection[int]) -> _AnySelect:
    query = _mine(select(*ROW_COLUMNS), scope)
    return query.where(OccurrenceRow.id.in_(performed))


def made_up_occurrences() -> _AnySelect:
    """Select the ids of missed occurrences that a make-up check followed."""
    return select(OccurrenceEventRow.occurrence_id).where(OccurrenceEventRow.kind == "made-up")


def _next_query(scope: Scope, now: datetime, end: datetime) -> _AnySelect:
    query = _mine(select(func.min(OccurrenceRow.due_at)), scope).order_by(None)
    return query.where(OccurrenceRow.state.in_(_OPEN), OccurrenceRow.due_at >= end, is_shown(now))


def is_shown(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an occurrence is not, or no more, to come as a surprise."""
    return OccurrenceRow.hidden_until.is_(None) | (OccurrenceRow.hidden_until <= now)


def as_rows(session: Session, rows: Sequence[Row[Any]], now: datetime) -> list[TodayRow]:
    """Return selected `ROW_COLUMNS` with the names of their targets and how far they are."""
    targets = [(row.site_id, row.target_kind, row.target) for row in rows]
    names = target_names(session, targets)
    answered = _answered(session, [row.id for row in rows])
    reported = reported_done(session, [row.id for row in rows])
    return [
        TodayRow(
            id=row.id,
            on=target,
            site_name=row.site_name,
            target=names[target],
            rule=row.rule,
            state=state_at(row.state, row.closes_at, now),
            opens_at=row.opens_at,
            due_at=row.due_at,
            closes_at=row.closes_at,
            answered=answered.get(row.id, 0),
            reported=row.id in reported,
            priority=row.priority,
            planned_on=row.planned_on,
        )
        for row, target in zip(rows, targets, strict=True)
    ]


def _answered(session: Session, occurrences: Sequence[int]) -> dict[int, int]:
    query = (
        select(InspectionRow.occurrence_id, func.count(AnswerRow.item.distinct()))
        .join(AnswerRow, AnswerRow.inspection_id == InspectionRow.id)
        .where(InspectionRow.occurrence_id.in_(occurrences), InspectionRow.finished_at.is_(None))
        .group_by(InspectionRow.occurrence_id)
    )
    return dict(row for row in session.execute(query))


def can_be_done(row: TodayRow, opened: Sequence[TodayRow], now: datetime) -> bool:
    """Tell whether a row still asks for something: not a missed one whose next window came."""
    if now <= row.closes_at:
        return True
    later = (other for other in opened if other.due_at > row.due_at)
    return not any((other.rule, other.target) == (row.rule, row.target) for other in later)
