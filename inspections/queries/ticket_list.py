"""Tickets with their clocks, page by page, and one ticket with its log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from inspections.editing import Editor
from inspections.errors import NotFound
from inspections.lookup import existing, work_calendar
from inspections.models import SiteRow, TicketEventRow, TicketRow
from inspections.queries.organisation_lists import ListPage
from inspections.rounds.names import Target, people_names, person_text, target_names
from inspections.ticket_clocks import ClockState, TicketEntry, clock_states
from inspections.tickets import log_from, site_clocks
from rules.pack import Clock
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.workdays import WorkCalendar

PAGE = 20
TicketState = Literal["in-hand", "completed", "called-back"]
_TICKET = Text(zh="工单", en="ticket")
_TURNS: dict[str, TicketState] = {
    "reopened": "in-hand",
    "completed": "completed",
    "called-back": "called-back",
}


@dataclass(frozen=True)
class TicketEvent:
    """Something that happened to a ticket; `by` is a name, nothing for the public form."""

    kind: str
    at: datetime
    by: Text | None
    note: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Ticket:
    """
    A ticket as pages show it.

    Attributes:
        category: As it is now, after changes; so is `priority`.
        limits: Set of service limits of its site, `a` or `b`; nothing where it has none.
        log: Every entry, the report first.
    """

    id: int
    number: str
    title: str
    detail: str | None
    site: str
    site_name: Text
    where: Text | None
    category: str
    priority: str
    limits: str | None
    state: TicketState
    clocks: tuple[ClockState, ...]
    log: tuple[TicketEvent, ...]


def tickets_page(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation: str,
    scope: Collection[str],
    closed: bool,
    number: int,
    now: datetime,
) -> ListPage[Ticket]:
    """Return a page of tickets, the newest first; `closed` are those called back."""
    query = select(TicketRow).join(SiteRow, SiteRow.id == TicketRow.site_id)
    query = query.where(TicketRow.organisation_id == organisation)
    if scope:
        query = query.where(SiteRow.key.in_(tuple(scope)))
    over = exists().where(
        TicketEventRow.ticket_id == TicketRow.id, TicketEventRow.kind == "called-back"
    )
    query = query.where(over if closed else ~over)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(max(1, number), max(1, -(-total // PAGE)))
    query = query.order_by(TicketRow.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    reader = _Reader(session, rulebook, organisation, now)
    return ListPage(tuple(reader.read(list(session.scalars(query)))), number, total, PAGE)


def ticket(
    session: Session, rulebook: RuleBook, ticket_id: int, *, editor: Editor, now: datetime
) -> Ticket:
    """
    Return one ticket.

    Raises:
        NotFound: If it is not there, or out of scope.
    """
    row = existing(session, TicketRow, ticket_id)
    site = session.get_one(SiteRow, row.site_id)
    if row.organisation_id != editor.organisation or not editor.sees(site.key):
        raise NotFound(_TICKET, ticket_id)
    return _Reader(session, rulebook, row.organisation_id, now).read([row])[0]


class _Reader:
    """Reads some tickets at once: what belongs to a site is read once for all of them."""

    def __init__(
        self, session: Session, rulebook: RuleBook, organisation: str, now: datetime
    ) -> None:
        self._session = session
        self._rulebook = rulebook
        self._now = now
        self._people = people_names(session, organisation)
        self._calendars: dict[int, WorkCalendar] = {}
        self._clocks: dict[tuple[int, date], tuple[tuple[str, Clock], ...]] = {}

    def read(self, rows: list[TicketRow]) -> list[Ticket]:
        targets = {key for row in rows if (key := _target(row)) is not None}
        names = target_names(self._session, targets)
        events = self._events([row.id for row in rows])
        return [self._ticket(row, events.get(row.id, []), names) for row in rows]

    def _ticket(
        self, row: TicketRow, events: list[TicketEventRow], names: dict[Target, Text]
    ) -> Ticket:
        site = self._session.get_one(SiteRow, row.site_id)
        log, target = log_from(row, events), _target(row)
        classes = [one for one in log if one.category]
        turns = [one.kind for one in log if one.kind in _TURNS]
        return Ticket(
            row.id,
            row.number,
            row.title,
            row.detail,
            site.key,
            site.name,
            names[target] if target else None,
            str(classes[-1].category),
            str(classes[-1].priority),
            site.facts.get("site.sla_set"),
            _TURNS[turns[-1]] if turns else "in-hand",
            self._states(row, site, log),
            self._said(row, events),
        )

    def _states(
        self, row: TicketRow, site: SiteRow, log: tuple[TicketEntry, ...]
    ) -> tuple[ClockState, ...]:
        if site.id not in self._calendars:
            self._calendars[site.id] = work_calendar(self._session, site)
        calendar = self._calendars[site.id]
        on = row.reported_at.astimezone(calendar.zone).date()
        if (site.id, on) not in self._clocks:
            self._clocks[site.id, on] = tuple(site_clocks(self._session, self._rulebook, site, on))
        return clock_states(self._clocks[site.id, on], log, calendar=calendar, now=self._now)

    def _events(self, ids: list[int]) -> dict[int, list[TicketEventRow]]:
        query = select(TicketEventRow).where(TicketEventRow.ticket_id.in_(ids))
        found: dict[int, list[TicketEventRow]] = {}
        for one in self._session.scalars(query.order_by(TicketEventRow.at, TicketEventRow.id)):
            found.setdefault(one.ticket_id, []).append(one)
        return found

    def _said(self, row: TicketRow, events: list[TicketEventRow]) -> tuple[TicketEvent, ...]:
        by = self._name(row.reported_by)
        first = TicketEvent("reported", row.reported_at, by, row.detail, {})
        later = (
            TicketEvent(one.kind, one.at, self._name(one.by), one.note, one.data or {})
            for one in events
        )
        return (first, *later)

    def _name(self, key: str | None) -> Text | None:
        return person_text(self._people, key) if key else None


def _target(row: TicketRow) -> Target | None:
    for kind, key in (("asset", row.asset), ("place", row.place)):
        if key:
            return (row.site_id, kind, key)
    return None
