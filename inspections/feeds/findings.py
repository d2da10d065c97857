"""Deadlines of findings on a calendar: the rows they are told from, and the items made of those."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from inspections.feeds.item import FeedItem, Who
from inspections.feeds.occurrences import site_names
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import Scope
from inspections.models import FindingEventRow, FindingRow, PersonRow, SiteRow
from inspections.rounds.names import Target, target_names
from rules.rule_names import SEVERITY_NAMES
from rules.text import Text

_Rows = Sequence[Any]
_AnySelect = Select[*tuple[Any, ...]]
_LOGGED = (
    select(func.max(FindingEventRow.at))
    .where(FindingEventRow.finding_id == FindingRow.id)
    .scalar_subquery()
)
_COLUMNS = (
    FindingRow.id,
    FindingRow.number,
    FindingRow.site_id,
    FindingRow.place,
    FindingRow.asset,
    FindingRow.rule,
    FindingRow.title,
    FindingRow.severity,
    FindingRow.major_hazard,
    FindingRow.owner,
    FindingRow.state,
    FindingRow.found_at,
    FindingRow.due_at,
    FindingRow.arithmetic,
    SiteRow.key.label("site_key"),
    _LOGGED.label("logged_at"),
)
_MAJOR = Text(zh="重大隐患", en="major hazard")
_SEVERITY = Text(zh="程度", en="Severity")
_NUMBER = Text(zh="编号", en="Number")


def finding_rows(session: Session, scope: Scope) -> tuple[_Rows, _Rows]:
    """Return the rows of findings that a link shows, and of those that were handed to others."""
    if scope.choices.shows in {"post", "horizon"}:
        return [], []
    query = (
        select(*_COLUMNS)
        .join(SiteRow, SiteRow.id == FindingRow.site_id)
        .where(FindingRow.organisation_id == scope.organisation)
        .where(FindingRow.due_at >= scope.since, FindingRow.due_at < scope.until)
        .order_by(FindingRow.id)
    )
    if scope.people is None:
        if scope.site is not None:
            query = query.where(FindingRow.site_id == scope.site)
        return list(session.execute(query)), []
    mine = query.where(FindingRow.owner.in_(sorted(scope.keys)))
    return list(session.execute(mine)), _handed_over(session, scope, query)


def finding_items(
    session: Session, scope: Scope, kinds: RuleKinds, rows: tuple[_Rows, _Rows]
) -> list[FeedItem]:
    """Return the items of *rows*."""
    mine, handed_over = rows
    targets = {row.id: _target(row) for row in (*mine, *handed_over)}
    names = target_names(session, targets.values())
    owners = _owners(session, scope.organisation, {row.owner for row in (*mine, *handed_over)})
    sites = site_names(session, {row.site_id for row in (*mine, *handed_over)})
    return [
        FeedItem(
            kind="finding",
            key=f"finding-{row.id}",
            known_at=row.logged_at or row.found_at,
            site=sites[row.site_id],
            place=names[targets[row.id]],
            state=row.state,
            path=f"/findings/{row.id}",
            title=row.title,
            clause=kinds.clause(row.rule),
            found_at=row.found_at,
            due_at=row.due_at,
            severity=row.severity,
            who=owners.get(row.owner, ()),
            facts=((_NUMBER, Text(zh=row.number, en=row.number)), (_SEVERITY, _severity(row))),
            handed_over=gone,
            **_span(row, scope),
        )
        for gone, some in ((False, mine), (True, handed_over))
        for row in some
    ]


def _owners(
    session: Session, organisation: str, keys: set[str | None]
) -> dict[str | None, tuple[Who, ...]]:
    query = select(PersonRow.key, PersonRow.name).filter_by(organisation_id=organisation)
    rows = session.execute(query.where(PersonRow.key.in_(sorted(filter(None, keys)))))
    return {row.key: (Who(row.key, row.name),) for row in rows}


def _handed_over(session: Session, scope: Scope, query: _AnySelect) -> list[Any]:
    """Return the findings that somebody of the link put right until not long ago."""
    events = (
        select(FindingEventRow.finding_id, FindingEventRow.data)
        .join(FindingRow, FindingRow.id == FindingEventRow.finding_id)
        .where(FindingRow.organisation_id == scope.organisation)
        .where(FindingEventRow.kind == "assigned", FindingEventRow.at > scope.forgotten_before)
    )
    ids = {row.finding_id for row in session.execute(events) if row.data["from"] in scope.keys}
    if not ids:
        return []
    others = or_(FindingRow.owner.is_(None), FindingRow.owner.not_in(sorted(scope.keys)))
    return list(session.execute(query.where(FindingRow.id.in_(sorted(ids)), others)))


def _span(row: Any, scope: Scope) -> dict[str, Any]:
    """Deadlines that are counted in days, or end with one, are whole days; others are instants."""
    due = row.due_at.astimezone(scope.zone)
    counted = row.arithmetic.get("days") or []
    ends_the_day = due.time() == time() or due.time() >= time(23, 59)
    if ends_the_day or (counted and counted[-1]["day"] == due.date().isoformat()):
        return {"day": _last_day(due)}
    return {"starts": row.due_at, "ends": row.due_at}


def _last_day(due: datetime) -> date:
    """Return the day that ends at *due*; midnight belongs to the day before."""
    return (due - timedelta(microseconds=1)).date()


def _severity(row: Any) -> Text:
    return _MAJOR if row.major_hazard else SEVERITY_NAMES[row.severity]


def _target(row: Any) -> Target:
    if row.asset:
        return (row.site_id, "asset", row.asset)
    if row.place:
        return (row.site_id, "place", row.place)
    return (row.site_id, "site", row.site_key)
