"""Findings for people: a filtered list, and one with its log, clock and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound, Refused
from inspections.findings.rectification import refuse_verifier
from inspections.models import FindingEventRow, FindingRow, SiteRow
from inspections.rounds.follow_ups import FollowUp, follow_ups
from inspections.rounds.names import people_names, person_text, target_names
from inspections.rounds.occurrence import LogEntry
from rules.text import Text

Show = Literal["mine", "open", "verify", "closed"]
PAGE = 25


@dataclass(frozen=True)
class FindingLine:
    """One row of the list."""

    id: int
    number: str
    title: Text
    site_name: Text
    severity: str
    state: str
    due_at: datetime
    owner_name: Text | None


@dataclass(frozen=True)
class FindingList:
    """One page of findings; `pages` is at least 1, `open` and `overdue` count all in scope."""

    rows: tuple[FindingLine, ...]
    page: int
    pages: int
    open: int
    overdue: int


@dataclass(frozen=True)
class FindingDetail:
    """
    One finding.

    Attributes:
        site: Key of the site.
        where: Name of the asset or place, else of the site.
        detail: What somebody wrote about it; `why` is the comparison that failed a reading.
        known_until: Until when it is a known defect; nothing where it is none.
        first_due_at: The deadline before any extension.
        arithmetic: How the first deadline was counted: `days`, `text` and `source`.
        refusal: Why the person asking may not verify it; nothing where they may.
    """

    id: int
    number: str
    site: str
    site_name: Text
    where: Text
    title: Text
    detail: str | None
    why: Text | None
    severity: str
    major_hazard: bool
    state: str
    rule: str | None
    inspection_id: str | None
    owner: str | None
    owner_name: Text | None
    found_at: datetime
    due_at: datetime
    first_due_at: datetime
    known_until: datetime | None
    arithmetic: Mapping[str, Any]
    separate_verifier: bool
    refusal: Text | None
    follow_ups: tuple[FollowUp, ...]
    log: tuple[LogEntry, ...]


@dataclass(frozen=True)
class Scope:
    """Whose findings: an organisation, and within it the sites by key; empty means all."""

    organisation: str
    person: str | None
    sites: tuple[str, ...] = ()


def finding_list(
    session: Session, scope: Scope, *, show: Show, page: int, now: datetime
) -> FindingList:
    """Return a page of findings: overdue ones first, then by deadline; closed ones newest first."""
    names = people_names(session, scope.organisation)
    base = _in_scope(select(FindingRow, SiteRow.name), scope)
    wanted = base.where(_condition(show, scope))
    order = FindingRow.due_at.desc() if show == "closed" else FindingRow.due_at
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = session.execute(
        wanted.order_by(order, FindingRow.id).limit(PAGE).offset((page - 1) * PAGE)
    )
    not_closed = FindingRow.state != "closed"
    counts = _in_scope(
        select(
            func.count(FindingRow.id).filter(not_closed),
            func.count(FindingRow.id).filter(not_closed, FindingRow.due_at < now),
        ).select_from(FindingRow),
        scope,
    )
    opened, overdue = session.execute(counts).one()
    lines = tuple(_line(row, site_name, names) for row, site_name in rows)
    return FindingList(lines, page, pages, opened, overdue)


def finding_detail(
    session: Session, finding_id: int, *, organisation: str, asked_by: str | None
) -> FindingDetail:
    """
    Return the finding, with whether *asked_by* may verify it.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(FindingRow, finding_id)
    if row is None or row.organisation_id != organisation:
        raise NotFound(Text(zh="问题", en="finding"), finding_id)
    site = session.get_one(SiteRow, row.site_id)
    names = people_names(session, organisation)
    log = _log(session, finding_id, names)
    nearest = ("asset", row.asset) if row.asset else ("place", row.place or "")
    target = (site.id, *nearest) if nearest[1] else (site.id, "site", site.key)
    return FindingDetail(
        id=row.id,
        number=row.number,
        site=site.key,
        site_name=site.name,
        where=target_names(session, [target])[target],
        title=row.title,
        detail=row.detail,
        why=row.why,
        severity=row.severity,
        major_hazard=row.major_hazard,
        state=row.state,
        rule=row.rule,
        inspection_id=row.inspection_id,
        owner=row.owner,
        owner_name=person_text(names, row.owner) if row.owner else None,
        found_at=row.found_at,
        due_at=row.due_at,
        first_due_at=_first_due(log, row.due_at),
        known_until=_known_until(log),
        arithmetic=row.arithmetic,
        separate_verifier=row.separate_verifier,
        refusal=_refusal(session, row, asked_by),
        follow_ups=follow_ups(session, row, asked_by=asked_by, names=names),
        log=log,
    )


def _in_scope(query: Select[*tuple[Any, ...]], scope: Scope) -> Select[*tuple[Any, ...]]:
    query = query.join(SiteRow, SiteRow.id == FindingRow.site_id)
    query = query.where(FindingRow.organisation_id == scope.organisation)
    return query.where(SiteRow.key.in_(scope.sites)) if scope.sites else query


def _condition(show: Show, scope: Scope) -> ColumnElement[bool]:
    not_closed = FindingRow.state != "closed"
    if show == "mine":
        found_by = select(FindingEventRow.finding_id).filter_by(kind="opened", by=scope.person)
        return and_(not_closed, or_(FindingRow.owner == scope.person, FindingRow.id.in_(found_by)))
    if show == "verify":
        return FindingRow.state == "awaiting_verification"
    return FindingRow.state == "closed" if show == "closed" else not_closed


def _line(row: FindingRow, site_name: Text, names: dict[str, Text]) -> FindingLine:
    return FindingLine(
        id=row.id,
        number=row.number,
        title=row.title,
        site_name=site_name,
        severity=row.severity,
        state=row.state,
        due_at=row.due_at,
        owner_name=person_text(names, row.owner) if row.owner else None,
    )


def _log(session: Session, finding_id: int, names: dict[str, Text]) -> tuple[LogEntry, ...]:
    query = select(FindingEventRow).filter_by(finding_id=finding_id).order_by(FindingEventRow.id)
    return tuple(
        LogEntry(row.kind, row.at, person_text(names, row.by), row.note, _named(row.data, names))
        for row in session.scalars(query)
    )


def _named(data: Mapping[str, Any] | None, names: dict[str, Text]) -> dict[str, Any]:
    """Return the data of an event; where it names a person, `to_name` is the name."""
    known = dict(data or {})
    to = known.get("to")
    return {**known, "to_name": names[to]} if to in names else known


def _known_until(log: tuple[LogEntry, ...]) -> datetime | None:
    marks = [entry for entry in log if entry.kind == "known-until"]
    return datetime.fromisoformat(marks[-1].data["until"]) if marks else None


def _first_due(log: tuple[LogEntry, ...], due_at: datetime) -> datetime:
    extended = next((entry for entry in log if entry.kind == "extended"), None)
    return datetime.fromisoformat(extended.data["from"]) if extended else due_at


def _refusal(session: Session, row: FindingRow, asked_by: str | None) -> Text | None:
    if asked_by is None:
        return None
    try:
        refuse_verifier(session, row, asked_by)
    except Refused as refusal:
        return refusal.text
    return None
