"""One person's day: what is past due, due today, may be done early, and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
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
from inspections.rounds.names import target_names
from inspections.rounds.state import state_at
from rules.text import Text

# A missed check this old can no longer be made up from Today; it stays on the officer's list.
_MAKE_UP = timedelta(days=14)
_OPEN = ("scheduled", "in_progress")
_AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class TodayRow:
    """
    One occurrence of a person's day.

    Attributes:
        answered: Items answered so far by this person.
    """

    id: int
    site_name: Text
    target: Text
    rule: str
    state: str
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    answered: int


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


def persons_day(
    session: Session,
    *,
    organisation: str,
    person: str,
    now: datetime,
    day: tuple[datetime, datetime],
) -> PersonsDay:
    """Return the day of *person*; *day* is the first instant of the local day and of the next."""
    start, end = day
    rows = session.execute(_open_query(organisation, person, now, end)).all()
    done = session.execute(_done_query(organisation, person, start)).all()
    shown = _as_rows(session, [*rows, *done], now)
    opened = shown[: len(rows)]
    return PersonsDay(
        past_due=tuple(
            row for row in opened if row.due_at < now and _can_be_done(row, opened, now)
        ),
        due=tuple(row for row in opened if now <= row.due_at < end),
        early=tuple(row for row in opened if row.due_at >= end and row.opens_at <= now),
        done=tuple(shown[len(rows) :]),
        next_due_at=session.scalar(_next_query(organisation, person, end)),
    )


_COLUMNS = (
    OccurrenceRow.id,
    OccurrenceRow.site_id,
    OccurrenceRow.state,
    OccurrenceRow.opens_at,
    OccurrenceRow.due_at,
    OccurrenceRow.closes_at,
    DutyRow.rule,
    DutyRow.target_kind,
    DutyRow.target,
    SiteRow.name.label("site_name"),
)


def _mine(query: _AnySelect, organisation: str, person: str) -> _AnySelect:
    return (
        query.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == organisation, PersonRow.key == person)
        .order_by(OccurrenceRow.due_at, OccurrenceRow.id)
    )


def _open_query(organisation: str, person: str, now: datetime, end: datetime) -> _AnySelect:
    query = _mine(select(*_COLUMNS), organisation, person)
    return query.where(
        OccurrenceRow.state.in_((*_OPEN, "missed")),
        OccurrenceRow.due_at >= now - _MAKE_UP,
        OccurrenceRow.opens_at < end,
        OccurrenceRow.id.not_in(_made_up()),
    )


def _done_query(organisation: str, person: str, start: datetime) -> _AnySelect:
    done = (
        select(OccurrenceEventRow.occurrence_id)
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
        .where(OccurrenceEventRow.by == person, OccurrenceEventRow.at >= start)
    )
    query = _mine(select(*_COLUMNS), organisation, person)
    return query.where(OccurrenceRow.id.in_(done))


def _made_up() -> _AnySelect:
    return select(OccurrenceEventRow.occurrence_id).where(OccurrenceEventRow.kind == "made-up")


def _next_query(organisation: str, person: str, end: datetime) -> _AnySelect:
    query = _mine(select(func.min(OccurrenceRow.due_at)), organisation, person).order_by(None)
    return query.where(OccurrenceRow.state.in_(_OPEN), OccurrenceRow.due_at >= end)


def _as_rows(session: Session, rows: Sequence[Row[Any]], now: datetime) -> list[TodayRow]:
    targets = [(row.site_id, row.target_kind, row.target) for row in rows]
    names = target_names(session, targets)
    answered = _answered(session, [row.id for row in rows])
    return [
        TodayRow(
            id=row.id,
            site_name=row.site_name,
            target=names[target],
            rule=row.rule,
            state=state_at(row.state, row.closes_at, now),
            opens_at=row.opens_at,
            due_at=row.due_at,
            closes_at=row.closes_at,
            answered=answered.get(row.id, 0),
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


def _can_be_done(row: TodayRow, opened: Sequence[TodayRow], now: datetime) -> bool:
    """Tell whether a row still asks for something: not a missed one whose next window came."""
    if now <= row.closes_at:
        return True
    later = (other for other in opened if other.due_at > row.due_at)
    return not any((other.rule, other.target) == (row.rule, row.target) for other in later)
