"""Missed checks with what was said of them, and open ones that may still be excused."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from inspections.models import (
    DutyRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
    SiteRow,
)
from inspections.queries.organisation_lists import ListPage
from inspections.rounds.names import people_names, person_text, target_names
from rules.text import Text

Show = Literal["unexplained", "unsigned", "signed", "open"]
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Said:
    """An explanation or signature: who and when."""

    by: Text
    at: datetime
    note: str | None


@dataclass(frozen=True)
class ListedOccurrence:
    """
    A missed or open check.

    Attributes:
        make_up: Id of the finished make-up inspection.
    """

    id: int
    rule: str
    site: str
    site_name: Text
    target: Text
    state: str
    due_at: datetime
    closes_at: datetime
    explained: Said | None
    signed: Said | None
    make_up: str | None


@dataclass(frozen=True)
class Wanted:
    """
    Which ones a list asks for.

    Attributes:
        site: Key of one site; nothing means all in `scope`.
        scope: Keys of sites; empty means all.
    """

    organisation: str
    show: Show
    site: str | None = None
    scope: Collection[str] = ()


def occurrences_page(
    session: Session, wanted: Wanted, *, number: int, now: datetime
) -> ListPage[ListedOccurrence]:
    """Return a page of the list; missed ones with the longest first, open ones by due time."""
    query = _query(wanted, now)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    size = ListPage.size
    number = min(max(1, number), max(1, -(-total // size)))
    order = OccurrenceRow.due_at if wanted.show == "open" else OccurrenceRow.closes_at
    query = query.order_by(order, OccurrenceRow.id).limit(size).offset((number - 1) * size)
    rows = list(session.execute(query))
    return ListPage(tuple(_listed(session, wanted.organisation, rows)), number, total)


def occurrence_counts(session: Session, wanted: Wanted, *, now: datetime) -> dict[str, int]:
    """Return how many there are of each kind."""
    kinds: tuple[Show, ...] = ("unexplained", "unsigned", "signed", "open")
    found: dict[str, int] = {}
    for kind in kinds:
        asked = Wanted(wanted.organisation, kind, wanted.site, wanted.scope)
        query = select(func.count()).select_from(_query(asked, now).subquery())
        found[kind] = session.scalar(query) or 0
    return found


def _query(wanted: Wanted, now: datetime) -> Any:
    query = (
        select(
            OccurrenceRow.id,
            OccurrenceRow.site_id,
            OccurrenceRow.state,
            OccurrenceRow.due_at,
            OccurrenceRow.closes_at,
            DutyRow.rule,
            DutyRow.target_kind,
            DutyRow.target,
            SiteRow.key,
            SiteRow.name,
        )
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(SiteRow.organisation_id == wanted.organisation)
    )
    if wanted.site or wanted.scope:
        keys = [wanted.site] if wanted.site else list(wanted.scope)
        query = query.where(SiteRow.key.in_(keys))
    if wanted.show == "open":
        return query.where(
            OccurrenceRow.state.in_(("scheduled", "in_progress")),
            OccurrenceRow.closes_at >= now,
            OccurrenceRow.due_at < now + AHEAD,
            OccurrenceRow.hidden_until.is_(None) | (OccurrenceRow.hidden_until <= now),
        )
    query = query.where(OccurrenceRow.state == "missed")
    if wanted.show == "unexplained":
        return query.where(~_has("explained"))
    return query.where(
        _has("explained"), _has("signed") if wanted.show == "signed" else ~_has("signed")
    )


def _has(kind: str) -> Any:
    return exists().where(
        OccurrenceEventRow.occurrence_id == OccurrenceRow.id, OccurrenceEventRow.kind == kind
    )


def _listed(session: Session, organisation: str, rows: list[Any]) -> Iterable[ListedOccurrence]:
    ids = [row.id for row in rows]
    said = _said(session, organisation, ids)
    make_ups = _make_ups(session, ids)
    targets = target_names(session, {(r.site_id, r.target_kind, r.target) for r in rows})
    for row in rows:
        yield ListedOccurrence(
            row.id,
            row.rule,
            row.key,
            row.name,
            targets[row.site_id, row.target_kind, row.target],
            row.state,
            row.due_at,
            row.closes_at,
            said.get((row.id, "explained")),
            said.get((row.id, "signed")),
            make_ups.get(row.id),
        )


def _said(session: Session, organisation: str, ids: list[int]) -> dict[tuple[int, str], Said]:
    names = people_names(session, organisation)
    query = select(OccurrenceEventRow).where(OccurrenceEventRow.occurrence_id.in_(ids))
    query = query.where(OccurrenceEventRow.kind.in_(("explained", "signed")))
    return {
        (row.occurrence_id, row.kind): Said(person_text(names, row.by), row.at, row.note)
        for row in session.scalars(query.order_by(OccurrenceEventRow.id))
    }


def _make_ups(session: Session, ids: list[int]) -> dict[int, str]:
    query = select(InspectionRow.occurrence_id, InspectionRow.id).where(
        InspectionRow.occurrence_id.in_(ids),
        InspectionRow.make_up,
        InspectionRow.finished_at.is_not(None),
    )
    return {row.occurrence_id: row.id for row in session.execute(query)}
