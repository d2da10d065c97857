"""The audit log for people: filtered, page by page, or whole for export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.errors import Refused
from inspections.models import AuditRow
from inspections.queries.organisation_lists import ListPage
from rules.text import Text

READERS = frozenset({"administrator", "responsible-person"})
_AT_ONCE = 1000
# Kinds of subjects that name their site next.
_OF_A_SITE = ("place", "asset", "post", "decision")


class LogClosed(Refused):
    """The role does not read the audit log."""

    code = "log-closed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有管理员和责任人可以查看审计日志。请联系他们。",
                en="Only administrators and responsible persons read the audit log. "
                "Please ask one.",
            )
        )


@dataclass(frozen=True)
class Wanted:
    """
    Which entries are wanted; an empty field narrows nothing down.

    Attributes:
        by: Who did it, as the log calls them.
        area: What stands before the dot of the action, for example `account`.
        subject: What was changed, or the beginning of it.
        since: First instant; `until` is the first one after the last.
    """

    by: str = ""
    area: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class LogLine:
    """One entry; `before` and `after` are values by name."""

    id: int
    at: datetime
    by: str
    action: str
    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    via: str
    address: str | None
    device: str | None


def log_page(
    session: Session, wanted: Wanted, *, number: int, seen_by: Account
) -> ListPage[LogLine]:
    """
    Return a page of the log, the latest entry first.

    Raises:
        LogClosed: If the role does not read it.
    """
    mine = _mine(wanted, seen_by)
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    size = ListPage.size
    number = min(max(1, number), max(1, -(-total // size)))
    query = mine.order_by(AuditRow.id.desc()).limit(size).offset((number - 1) * size)
    return ListPage(tuple(map(_line, session.scalars(query))), number, total)


def whole_log(session: Session, wanted: Wanted, *, seen_by: Account) -> Iterator[LogLine]:
    """
    Yield every wanted entry, the latest first, without holding them all.

    Raises:
        LogClosed: If the role does not read it.
    """
    return _pieces(session, _mine(wanted, seen_by))


def areas_and_people(session: Session, *, seen_by: Account) -> tuple[list[str], list[str]]:
    """
    Return the areas and the people that the log tells of, for the filters.

    Raises:
        LogClosed: If the role does not read it.
    """
    rows = _mine(Wanted(), seen_by).subquery()
    actions = session.scalars(select(rows.c.action).distinct())
    people = session.scalars(select(rows.c.by).distinct().order_by(rows.c.by))
    return sorted({action.partition(".")[0] for action in actions}), list(people)


def _pieces(session: Session, mine: Select[AuditRow]) -> Iterator[LogLine]:
    last: int | None = None
    while True:
        query = mine if last is None else mine.where(AuditRow.id < last)
        rows = session.scalars(query.order_by(AuditRow.id.desc()).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from map(_line, rows)
        last = rows[-1].id
        session.expunge_all()


def _mine(wanted: Wanted, seen_by: Account) -> Select[AuditRow]:
    if seen_by.role not in READERS:
        raise LogClosed
    query = select(AuditRow).where(AuditRow.organisation_id == seen_by.organisation)
    if seen_by.sites:
        query = query.where(or_(*_in_scope(seen_by)))
    if wanted.by:
        query = query.where(AuditRow.by == wanted.by)
    if wanted.area:
        query = query.where(AuditRow.action.startswith(f"{wanted.area}.", autoescape=True))
    if wanted.subject:
        query = query.where(AuditRow.subject.startswith(wanted.subject, autoescape=True))
    if wanted.since:
        query = query.where(AuditRow.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditRow.at < wanted.until)
    return query


def _in_scope(seen_by: Account) -> Iterator[ColumnElement[bool]]:
    """Yield what somebody bound to some sites sees: things of these sites, and their own acts."""
    yield AuditRow.by == seen_by.by
    yield AuditRow.subject.in_([f"site/{site}" for site in seen_by.sites])
    for site in seen_by.sites:
        for kind in _OF_A_SITE:
            yield AuditRow.subject.startswith(f"{kind}/{site}/", autoescape=True)


def _line(row: AuditRow) -> LogLine:
    return LogLine(
        id=row.id,
        at=row.at,
        by=row.by,
        action=row.action,
        subject=row.subject,
        before=row.before or {},
        after=row.after or {},
        via=row.via,
        address=row.address,
        device=row.device,
    )
