"""Findings for people: a filtered list, and one with its log, clock and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound, Refused
from inspections.evidence import Owner, evidence_of
from inspections.findings.clock import Asked, FindingClock, clock_of
from inspections.findings.log import log_of
from inspections.findings.rectification import refuse_verifier
from inspections.lookup import work_calendar
from inspections.models import FindingEventRow, FindingRow, SiteRow
from inspections.reactions.known_defects import known_marks
from inspections.reactions.working_days import Overdue, overdue_at
from inspections.rounds.follow_ups import FollowUp, follow_ups
from inspections.rounds.names import people_names, person_text, target_names
from inspections.rounds.occurrence import LogEntry
from inspections.rounds.scope import Scope
from inspections.states import is_overdue
from rules.text import Text

Show = Literal["mine", "open", "verify", "closed"]
PAGE = 25


@dataclass(frozen=True)
class FindingLine:
    """
    One row of the list.

    Attributes:
        known_until: Until when it is a known defect; nothing where it is none.
    """

    id: int
    number: str
    title: Text
    site_name: Text
    severity: str
    state: str
    due_at: datetime
    owner_name: Text | None
    known_until: datetime | None


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
        first_due_at: The deadline of the rule, which no extension moves.
        asked: The request for more time that waits, with who asked by name.
        proof: Evidence that its rule asks for; a photo is needed where it names any.
        overdue: How far past the deadline in force it is, in working days; nothing if it is not.
        photos: Hashes of what shows it, beside those of the steps in the log.
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
    deadline_from: str | None
    extensions: int
    asked: Asked | None
    asked_name: Text | None
    proof: tuple[Text, ...]
    overdue: Overdue | None
    photos: tuple[str, ...]
    known_until: datetime | None
    arithmetic: Mapping[str, Any]
    separate_verifier: bool
    refusal: Text | None
    follow_ups: tuple[FollowUp, ...]
    log: tuple[LogEntry, ...]


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
    ).all()
    marks = known_marks(session, [row.id for row, _ in rows])
    not_closed = FindingRow.state != "closed"
    counts = _in_scope(
        select(
            func.count(FindingRow.id).filter(not_closed),
            func.count(FindingRow.id).filter(not_closed, FindingRow.due_at < now),
        ).select_from(FindingRow),
        scope,
    )
    opened, overdue = session.execute(counts).one()
    lines = tuple(_line(row, site_name, names, marks) for row, site_name in rows)
    return FindingList(lines, page, pages, opened, overdue)


def finding_detail(
    session: Session,
    finding_id: int,
    *,
    organisation: str,
    asked_by: str | None,
    now: datetime | None = None,
) -> FindingDetail:
    """
    Return the finding, with whether *asked_by* may verify it and how late it is *now*.

    Raises:
        NotFound: If the organisation has none with this id.
    """
    row = session.get(FindingRow, finding_id)
    if row is None or row.organisation_id != organisation:
        raise NotFound(Text(zh="问题", en="finding"), finding_id)
    site = session.get_one(SiteRow, row.site_id)
    names = people_names(session, organisation)
    log = _log(session, finding_id, names)
    clock = _clock(session, row)
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
        first_due_at=row.first_due_at,
        deadline_from=row.deadline_from,
        extensions=clock.extensions,
        asked=clock.asked,
        asked_name=person_text(names, clock.asked.by) if clock.asked else None,
        proof=tuple(Text(zh=one["zh"], en=one["en"]) for one in row.proof),
        overdue=_overdue(session, row, site, now) if now is not None else None,
        photos=_photos(session, row, log),
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
    if scope.own_only:
        query = query.where(FindingRow.owner == scope.person)
    return query.where(SiteRow.key.in_(scope.sites)) if scope.sites else query


def _condition(show: Show, scope: Scope) -> ColumnElement[bool]:
    not_closed = FindingRow.state != "closed"
    if show == "mine":
        found_by = select(FindingEventRow.finding_id).filter_by(kind="opened", by=scope.person)
        return and_(not_closed, or_(FindingRow.owner == scope.person, FindingRow.id.in_(found_by)))
    if show == "verify":
        return FindingRow.state == "awaiting_verification"
    return FindingRow.state == "closed" if show == "closed" else not_closed


def _line(
    row: FindingRow,
    site_name: Text,
    names: dict[str, Text],
    marks: Mapping[int, tuple[datetime, str | None]],
) -> FindingLine:
    return FindingLine(
        id=row.id,
        number=row.number,
        title=row.title,
        site_name=site_name,
        severity=row.severity,
        state=row.state,
        due_at=row.due_at,
        owner_name=person_text(names, row.owner) if row.owner else None,
        known_until=marks[row.id][0] if row.id in marks else None,
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


def _clock(session: Session, row: FindingRow) -> FindingClock:
    """Return how it stands by its log; what was imported without one stands as its row says."""
    log = log_of(session, row.id)
    opened = any(entry.kind == "opened" for entry in log)
    return clock_of(log) if opened else FindingClock(row.first_due_at, row.due_at)


def _overdue(session: Session, row: FindingRow, site: SiteRow, now: datetime) -> Overdue | None:
    if not is_overdue(row.state, due_at=row.due_at, now=now):
        return None
    return overdue_at(row.due_at, now=now, calendar=work_calendar(session, site))


def _photos(session: Session, row: FindingRow, log: tuple[LogEntry, ...]) -> tuple[str, ...]:
    """Return the photos of the failed item and of the report; those of steps stand in the log."""
    proved = {digest for entry in log for digest in entry.data.get("photos", ())}
    found = [*evidence_of(session, Owner(finding_id=row.id))]
    if row.inspection_id is not None and row.item is not None:
        found += evidence_of(session, Owner(inspection_id=row.inspection_id, item=row.item))
    return tuple(dict.fromkeys(one for one in found if one not in proved))


def _refusal(session: Session, row: FindingRow, asked_by: str | None) -> Text | None:
    if asked_by is None:
        return None
    try:
        refuse_verifier(session, row, asked_by)
    except Refused as refusal:
        return refusal.text
    return None
