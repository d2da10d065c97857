"""The questions that calendars ask of the record about tasks, made once for scopes of one shape."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, cast, func, or_, select, union

from inspections.models import (
    AssignmentRow,
    BoardPublicationRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PastAssignmentRow,
    PersonRow,
    PlanRunRow,
)

_LOGGED = (
    select(func.max(OccurrenceEventRow.recorded_at))
    .where(OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
    .scalar_subquery()
)
_COLUMNS = (
    OccurrenceRow.id,
    OccurrenceRow.opens_at,
    OccurrenceRow.due_at,
    OccurrenceRow.planned_on,
    OccurrenceRow.state,
    OccurrenceRow.hidden_until,
    OccurrenceRow.provisional,
    DutyRow.rule,
    DutyRow.target_kind,
    DutyRow.target,
    OccurrenceRow.site_id,
    _LOGGED.label("logged_at"),
)
AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Statements:
    """The questions to the record for scopes of one shape."""

    whole: AnySelect
    ahead: AnySelect
    behind: AnySelect
    count: AnySelect
    next_seen_at: AnySelect


@cache
def statements(shape: tuple[bool, bool, bool, bool]) -> Statements:
    """
    Return the questions for scopes of *shape*: of a site, of a post, for leaders, of people.

    They are made once, since that takes longest.
    """
    every = _within(select(*_COLUMNS), shape)
    shown = _visible(every)
    ahead = shown.where(OccurrenceRow.due_at >= bindparam("today"))
    behind = shown.where(OccurrenceRow.due_at < bindparam("today"))
    newest = behind.order_by(OccurrenceRow.due_at.desc(), OccurrenceRow.id.desc())
    by_time, most = (OccurrenceRow.due_at, OccurrenceRow.id), bindparam("most", type_=Integer)
    first = func.min(func.coalesce(OccurrenceRow.hidden_until, OccurrenceRow.opens_at))
    return Statements(
        whole=every.order_by(*by_time).limit(most),
        ahead=ahead.order_by(*by_time).limit(most),
        behind=newest.limit(most),
        count=_visible(_within(select(func.count(OccurrenceRow.id)), shape)),
        next_seen_at=_hidden(_within(select(first), shape)),
    )


def _within(query: AnySelect, shape: tuple[bool, bool, bool, bool]) -> AnySelect:
    of_site, of_post, for_leaders, of_people = shape
    query = (
        query.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(OccurrenceRow.due_at >= bindparam("since"))
        .where(OccurrenceRow.due_at < bindparam("until"))
    )
    if not of_site and not of_people:
        # People and sites are those of the organisation; named beside them it would make SQLite
        # walk through all of its duties instead of the few tasks.
        query = query.where(DutyRow.organisation_id == bindparam("organisation"))
    if of_site:
        query = query.where(OccurrenceRow.site_id == bindparam("site"))
    if of_post:
        query = query.where(DutyRow.target_kind == "post", DutyRow.target == bindparam("post"))
    if for_leaders:
        query = query.where(DutyRow.rule.in_(bindparam("drills", expanding=True)))
    return query.where(OccurrenceRow.id.in_(_mine())) if of_people else query


def _mine() -> AnySelect:
    people: Any = bindparam("people", expanding=True)
    mine = select(AssignmentRow.occurrence_id).where(AssignmentRow.person_id.in_(people))
    past = select(PastAssignmentRow.occurrence_id).where(
        PastAssignmentRow.person_id.in_(people),
        PastAssignmentRow.ended_at > bindparam("forgotten_before"),
    )
    both = union(mine, past).subquery()
    return select(both.c.occurrence_id)


def _visible(query: AnySelect) -> AnySelect:
    return query.where(
        or_(OccurrenceRow.hidden_until.is_(None), OccurrenceRow.hidden_until <= _NOW),
        or_(OccurrenceRow.state != "cancelled", bindparam("forgotten_before") < _LOGGED),
        or_(DutyRow.rule.not_in(_UNANNOUNCED), OccurrenceRow.opens_at <= _NOW),
    )


def _hidden(query: AnySelect) -> AnySelect:
    unannounced = DutyRow.rule.in_(_UNANNOUNCED) & (OccurrenceRow.opens_at > _NOW)
    return query.where(or_(OccurrenceRow.hidden_until > _NOW, unannounced))


_NOW: Any = bindparam("now")
_UNANNOUNCED: Any = bindparam("unannounced", expanding=True)
_IDS: Any = bindparam("ids", expanding=True)
PEOPLE = (
    select(
        AssignmentRow.occurrence_id,
        AssignmentRow.person_id,
        PersonRow.key,
        cast(PersonRow.name, String).label("name"),
        cast(AssignmentRow.reason, String).label("reason"),
        PlanRunRow.at,
    )
    .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
    .outerjoin(PlanRunRow, PlanRunRow.id == AssignmentRow.plan_run_id)
    .where(AssignmentRow.occurrence_id.in_(_IDS))
    .order_by(AssignmentRow.occurrence_id, PersonRow.position, PersonRow.id)
)
PAST_PEOPLE = (
    select(PastAssignmentRow.occurrence_id, PastAssignmentRow.person_id, PastAssignmentRow.ended_at)
    .where(PastAssignmentRow.occurrence_id.in_(_IDS))
    .order_by(PastAssignmentRow.id)
)
PUBLISHED = (
    select(
        BoardPublicationRow.site_id,
        BoardPublicationRow.since,
        BoardPublicationRow.until,
        func.min(BoardPublicationRow.at).label("at"),
    )
    .where(BoardPublicationRow.organisation_id == bindparam("organisation"))
    .group_by(BoardPublicationRow.site_id, BoardPublicationRow.since, BoardPublicationRow.until)
    .order_by(BoardPublicationRow.site_id, BoardPublicationRow.since)
)
