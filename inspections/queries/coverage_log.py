"""What the record says of many duties at once: counts by state, last done, next due, who."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    OrganisationRow,
    PerformedRow,
    PersonRow,
)
from rules.text import Text

# A missed check stays red on the map for so long; it stays missed in the record for ever.
LOOK_BACK = timedelta(days=28)
OPEN = ("scheduled", "in_progress")


@dataclass(frozen=True, slots=True)
class StateSpan:
    """Occurrences of one duty in one state: how many are past and ahead, and the nearest ones."""

    past: int
    first_past: datetime | None
    last_past: datetime | None
    next_due: datetime | None
    first_uncovered: datetime | None


@dataclass(frozen=True, slots=True)
class NextOne:
    """The next open occurrence of a duty."""

    id: int
    opens_at: datetime
    due_at: datetime
    hidden: bool
    uncovered: bool
    who: tuple[Text, ...] = ()


@dataclass(frozen=True)
class DutyLog:
    """What the record says of some duties, by duty id."""

    spans: Mapping[int, Mapping[str, StateSpan]]
    following: Mapping[int, NextOne]
    last: Mapping[int, date]
    before: Mapping[tuple[str, str], date]


def duty_log(
    session: Session,
    organisation: str,
    *,
    sites: Collection[int],
    now: datetime,
    zone: ZoneInfo,
) -> DutyLog:
    """Return the log of every duty at *sites* (row ids); a handful of queries, however many."""
    return DutyLog(
        spans=_spans(session, sites, now),
        following=_following(session, sites, now),
        last=_last(session, sites, zone),
        before=_before(session, organisation),
    )


def _spans(
    session: Session, sites: Collection[int], now: datetime
) -> dict[int, dict[str, StateSpan]]:
    due, hidden = OccurrenceRow.due_at, OccurrenceRow.hidden_until
    # A gap with its day would tell when a hidden one comes.
    uncovered = OccurrenceRow.uncovered_code.is_not(None) & (hidden.is_(None) | (hidden <= now))
    query = (
        select(
            OccurrenceRow.duty_id,
            OccurrenceRow.state,
            func.sum(case((due < now, 1), else_=0)),
            func.min(case((due < now, due))),
            func.max(case((due < now, due))),
            func.min(case((due >= now, due))),
            func.min(case(((due >= now) & uncovered, due))),
        )
        .where(OccurrenceRow.site_id.in_(sites), due >= now - LOOK_BACK)
        .group_by(OccurrenceRow.duty_id, OccurrenceRow.state)
    )
    found: defaultdict[int, dict[str, StateSpan]] = defaultdict(dict)
    for duty, state, *values in session.execute(query):
        found[duty][state] = StateSpan(*values)
    return found


def _following(session: Session, sites: Collection[int], now: datetime) -> dict[int, NextOne]:
    soonest = (
        select(OccurrenceRow.duty_id, func.min(OccurrenceRow.due_at).label("due_at"))
        .where(OccurrenceRow.site_id.in_(sites), OccurrenceRow.due_at >= now)
        .where(OccurrenceRow.state.in_(OPEN))
        .group_by(OccurrenceRow.duty_id)
        .subquery()
    )
    query = (
        select(
            OccurrenceRow.id,
            OccurrenceRow.duty_id,
            OccurrenceRow.opens_at,
            OccurrenceRow.due_at,
            OccurrenceRow.hidden_until,
            OccurrenceRow.uncovered_code,
        )
        .join(
            soonest,
            (soonest.c.duty_id == OccurrenceRow.duty_id)
            & (soonest.c.due_at == OccurrenceRow.due_at),
        )
        .where(OccurrenceRow.state.in_(OPEN))
    )
    rows = session.execute(query).all()
    who = _people(session, [row.id for row in rows])
    return {
        row.duty_id: NextOne(
            row.id,
            row.opens_at,
            row.due_at,
            hidden=row.hidden_until is not None and row.hidden_until > now,
            uncovered=row.uncovered_code is not None,
            who=tuple(who.get(row.id, ())),
        )
        for row in rows
    }


def _people(session: Session, occurrences: list[int]) -> dict[int, list[Text]]:
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.name)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(AssignmentRow.occurrence_id.in_(occurrences))
        .order_by(AssignmentRow.occurrence_id, PersonRow.position)
    )
    found: defaultdict[int, list[Text]] = defaultdict(list)
    for occurrence, name in session.execute(query):
        found[occurrence].append(name)
    return found


def _last(session: Session, sites: Collection[int], zone: ZoneInfo) -> dict[int, date]:
    query = (
        select(OccurrenceRow.duty_id, func.max(OccurrenceEventRow.at))
        .join(OccurrenceEventRow, OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
        .where(OccurrenceRow.site_id.in_(sites))
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
        .group_by(OccurrenceRow.duty_id)
    )
    return {duty: at.astimezone(zone).date() for duty, at in session.execute(query)}


def _before(session: Session, organisation: str) -> dict[tuple[str, str], date]:
    mine = {"organisation_id": organisation, "ended_on": None}
    query = select(PerformedRow.rule, PerformedRow.target, PerformedRow.on).filter_by(**mine)
    return {(rule, target): on for rule, target, on in session.execute(query)}


def dates_done(session: Session, organisation: str, duty: DutyRow, target: str) -> date | None:
    """Return the day on which one duty was last done; *target* as organisations name it."""
    zone = ZoneInfo(session.get_one(OrganisationRow, organisation).time_zone)
    query = (
        select(func.max(OccurrenceEventRow.at))
        .join(OccurrenceRow, OccurrenceRow.id == OccurrenceEventRow.occurrence_id)
        .where(OccurrenceRow.duty_id == duty.id)
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
    )
    at = session.scalar(query)
    before = _before(session, organisation).get((duty.rule, target))
    known = (at.astimezone(zone).date() if at else None, before)
    return max((one for one in known if one), default=None)


def duties_at(session: Session, sites: Collection[int], today: date) -> list[DutyRow]:
    """Return the duties that bind or may bind at *sites* today or later."""
    query = (
        select(DutyRow)
        .where(DutyRow.site_id.in_(sites))
        .where(DutyRow.valid_until.is_(None) | (DutyRow.valid_until >= today))
        .order_by(DutyRow.id)
    )
    return list(session.scalars(query))
