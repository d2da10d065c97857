"""What a calendar link shows: tasks, deadlines of findings and shifts around today."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    PlanRunRow,
    SiteRow,
)
from inspections.queries.feed_findings import finding_items
from inspections.queries.feed_item import FeedContent, FeedItem
from inspections.queries.feed_shifts import shift_items
from inspections.rounds.names import target_names
from inspections.subscriptions import Link
from rules.text import Text

_AnySelect = Select[*tuple[Any, ...]]
_AnyRow = Row[*tuple[Any, ...]]
BEHIND = timedelta(days=30)
AHEAD = timedelta(days=120)
# Google takes a megabyte or so and phones get slow; with the note of a cut these make a thousand.
MOST = 999
# A window of at most this length is shown as it is, a longer one as its planned day.
LONGEST_SPAN = timedelta(hours=12)


def feed_events(session: Session, link: Link, *, now: datetime, most: int = MOST) -> FeedContent:
    """
    Return what the link shows from 30 days back to 120 days ahead.

    Random checks are left out until they open. Where there is more than fits, what lies ahead
    comes first, nearest first, then the newest of what lies behind.
    """
    organisation = session.get_one(OrganisationRow, link.organisation)
    zone = ZoneInfo(organisation.time_zone)
    span = (now - BEHIND, now + AHEAD)
    items = [
        *_occurrence_items(session, link, span, now=now, most=most),
        *finding_items(session, link, span),
        *shift_items(session, link, span, zone),
    ]
    items.sort(key=lambda item: _nearness(_instant(item, zone), now))
    kept = sorted(items[:most], key=lambda item: (_instant(item, zone), item.key))
    left_out = _count(session, link, span, now) - sum(
        1 for item in kept if item.kind == "occurrence"
    )
    others = sum(1 for item in items[most:] if item.kind != "occurrence")
    return FeedContent(_name(session, link), organisation.time_zone, tuple(kept), left_out + others)


def _nearness(at: datetime, now: datetime) -> tuple[bool, timedelta]:
    return (at < now, abs(at - now))


def _instant(item: FeedItem, zone: ZoneInfo) -> datetime:
    if item.starts is not None:
        return item.starts
    if item.day is None:
        raise ValueError(f"{item.key} has neither a start nor a day.")
    return datetime(item.day.year, item.day.month, item.day.day, tzinfo=zone)


def _shown(
    query: _AnySelect, link: Link, span: tuple[datetime, datetime], now: datetime
) -> _AnySelect:
    since, until = span
    query = (
        query.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(DutyRow.organisation_id == link.organisation)
        .where(OccurrenceRow.due_at >= since, OccurrenceRow.due_at < until)
        .where(OccurrenceRow.hidden_until.is_(None) | (OccurrenceRow.hidden_until <= now))
    )
    if link.site:
        return query.where(SiteRow.key == link.site)
    mine = (
        select(AssignmentRow.occurrence_id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == link.organisation, PersonRow.key == link.person)
    )
    return query.where(OccurrenceRow.id.in_(mine))


def _count(session: Session, link: Link, span: tuple[datetime, datetime], now: datetime) -> int:
    return session.scalar(_shown(select(func.count(OccurrenceRow.id)), link, span, now)) or 0


def _occurrence_items(
    session: Session, link: Link, span: tuple[datetime, datetime], *, now: datetime, most: int
) -> list[FeedItem]:
    query = _shown(select(OccurrenceRow, DutyRow, SiteRow), link, span, now)
    ahead = query.where(OccurrenceRow.due_at >= now).order_by(OccurrenceRow.due_at).limit(most)
    rows = list(session.execute(ahead))
    if len(rows) < most:
        behind = query.where(OccurrenceRow.due_at < now)
        newest = behind.order_by(OccurrenceRow.due_at.desc()).limit(most - len(rows))
        rows += session.execute(newest)
    ids = [row.OccurrenceRow.id for row in rows]
    return _items(session, link, rows, _changes(session, ids), _people(session, ids))


def _items(
    session: Session,
    link: Link,
    rows: Sequence[_AnyRow],
    changes: dict[int, tuple[int, datetime]],
    people: dict[int, list[_AnyRow]],
) -> list[FeedItem]:
    targets = [(site.id, duty.target_kind, duty.target) for _, duty, site in rows]
    names = target_names(session, targets)
    planned_at = _planned_at(session, link.organisation)
    found = []
    for (row, duty, site), target in zip(rows, targets, strict=True):
        count, changed_at = changes.get(row.id, (0, None))
        who = people.get(row.id, [])
        assigned_at = max((one.at for one in who if one.at), default=None)
        known = [at for at in (changed_at, assigned_at) if at is not None]
        short = row.due_at - row.opens_at <= LONGEST_SPAN
        found.append(
            FeedItem(
                kind="occurrence",
                key=f"occurrence-{row.id}",
                revision=row.revision + count,
                changed_at=max(known, default=planned_at or row.opens_at),
                site=site.name,
                place=names[target],
                state=row.state,
                ref=row.id,
                starts=row.opens_at if short else None,
                ends=row.due_at if short else None,
                day=None if short else row.planned_on,
                due_at=row.due_at,
                rule=duty.rule,
                who=tuple(one.name for one in who),
                reason=next((one.reason for one in who if one.key == link.person), None),
                provisional=row.provisional,
            )
        )
    return found


def _changes(session: Session, ids: list[int]) -> dict[int, tuple[int, datetime]]:
    query = (
        select(
            OccurrenceEventRow.occurrence_id, func.count(), func.max(OccurrenceEventRow.recorded_at)
        )
        .where(OccurrenceEventRow.occurrence_id.in_(ids))
        .group_by(OccurrenceEventRow.occurrence_id)
    )
    return {occurrence: (count, at) for occurrence, count, at in session.execute(query)}


def _people(session: Session, ids: list[int]) -> dict[int, list[_AnyRow]]:
    query = (
        select(
            AssignmentRow.occurrence_id,
            PersonRow.key,
            PersonRow.name,
            AssignmentRow.reason,
            PlanRunRow.at,
        )
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .outerjoin(PlanRunRow, PlanRunRow.id == AssignmentRow.plan_run_id)
        .where(AssignmentRow.occurrence_id.in_(ids))
        .order_by(PersonRow.position)
    )
    found: dict[int, list[_AnyRow]] = {}
    for row in session.execute(query):
        found.setdefault(row.occurrence_id, []).append(row)
    return found


def _planned_at(session: Session, organisation: str) -> datetime | None:
    query = select(func.min(PlanRunRow.at)).filter_by(organisation_id=organisation)
    return session.scalar(query)


def _name(session: Session, link: Link) -> Text:
    row: type[SiteRow | PersonRow] = SiteRow if link.site else PersonRow
    mine = {"organisation_id": link.organisation, "key": link.site or link.person}
    name = session.scalars(select(row.name).filter_by(**mine)).one_or_none()
    return name or Text(zh=link.label, en=link.label)
