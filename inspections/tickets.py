"""Repair tickets: report one, write down what happens to it, and see its clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import WrongState
from inspections.findings.numbering import next_number
from inspections.lookup import existing, site_by_key, work_calendar
from inspections.models import DutyRow, OrganisationRow, SiteRow, TicketEventRow, TicketRow
from inspections.ticket_clocks import ClockState, TicketEntry, clock_states
from rules.pack import Clock
from rules.rulebook import RuleBook
from rules.text import Text

Step = Literal["answered", "promised", "completed", "called-back", "reopened", "noted"]
STEP_NAMES: dict[str, Text] = {
    "answered": Text(zh="答复", en="answering"),
    "promised": Text(zh="承诺日期", en="promising a date"),
    "completed": Text(zh="完工", en="completing"),
    "called-back": Text(zh="回访", en="calling back"),
    "reopened": Text(zh="重开", en="reopening"),
    "noted": Text(zh="备注", en="noting"),
    "reclassified": Text(zh="改类别", en="changing the class"),
}
_STATES = {
    True: Text(zh="已完工", en="completed"),
    False: Text(zh="处理中", en="in hand"),
}


@dataclass(frozen=True)
class TicketReport:
    """
    What somebody asks for.

    Attributes:
        site: Key of the site; `place` and `asset` are keys in it.
        category: For example `network` or `office-equipment`; clocks of rules name them.
        priority: `urgent` or `normal`.
        by: Key of the person, or nothing for the public report form.
    """

    organisation: str
    site: str
    title: str
    category: str
    priority: str = "normal"
    detail: str | None = None
    place: str | None = None
    asset: str | None = None
    by: str | None = None
    contact: str | None = None
    finding_id: int | None = None


def report_ticket(session: Session, report: TicketReport, *, now: datetime) -> int:
    """Open a ticket and return its id."""
    site = site_by_key(session, report.organisation, report.site)
    row = TicketRow(
        organisation_id=report.organisation,
        number=next_number(
            session, TicketRow, organisation_id=report.organisation, letter="T", at=now
        ),
        site_id=site.id,
        place=report.place,
        asset=report.asset,
        title=report.title,
        detail=report.detail,
        category=report.category,
        priority=report.priority,
        reported_at=now,
        reported_by=report.by,
        contact=report.contact,
        finding_id=report.finding_id,
    )
    session.add(row)
    session.flush()
    return row.id


def add_step(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    ticket_id: int,
    kind: Step,
    by: str,
    now: datetime,
    note: str | None = None,
    promised_on: date | None = None,
) -> None:
    """
    Write down a step of a ticket.

    Raises:
        WrongState: If a completed ticket is completed again, or one that is not is called back.
    """
    existing(session, TicketRow, ticket_id)
    is_completed = _is_completed(session, ticket_id)
    needs_completion = kind in {"called-back", "reopened"}
    if kind not in {"noted", "answered"} and is_completed != needs_completion:
        raise WrongState(step=STEP_NAMES[kind], state=_STATES[is_completed])
    data = {"promised_on": promised_on.isoformat()} if promised_on else None
    session.add(TicketEventRow(ticket_id=ticket_id, kind=kind, at=now, by=by, note=note, data=data))
    session.flush()


def reclassify(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session, *, ticket_id: int, category: str, priority: str, by: str, now: datetime
) -> None:
    """Change category or priority; clocks of the new class run from now, breaches stay."""
    existing(session, TicketRow, ticket_id)
    data = {"category": category, "priority": priority}
    session.add(TicketEventRow(ticket_id=ticket_id, kind="reclassified", at=now, by=by, data=data))
    session.flush()


def ticket_clocks(
    session: Session, rulebook: RuleBook, *, ticket_id: int, now: datetime
) -> tuple[ClockState, ...]:
    """Return the clocks that the rules binding the ticket's site set for it."""
    ticket = existing(session, TicketRow, ticket_id)
    site = session.get_one(SiteRow, ticket.site_id)
    calendar = work_calendar(session, site)
    on = ticket.reported_at.astimezone(calendar.zone).date()
    clocks = site_clocks(session, rulebook, site, on)
    return clock_states(clocks, ticket_log(session, ticket_id), calendar=calendar, now=now)


def ticket_log(session: Session, ticket_id: int) -> tuple[TicketEntry, ...]:
    """Return the log of a ticket, its report first."""
    ticket = existing(session, TicketRow, ticket_id)
    query = select(TicketEventRow).filter_by(ticket_id=ticket_id)
    rows = session.scalars(query.order_by(TicketEventRow.at, TicketEventRow.id))
    return log_from(ticket, rows)


def log_from(ticket: TicketRow, events: Iterable[TicketEventRow]) -> tuple[TicketEntry, ...]:
    """Return the log of *ticket* from its stored *events*, which come in order of time."""
    entries = [
        TicketEntry(row.kind, row.at, **(row.data or {}))
        if row.kind == "reclassified"
        else TicketEntry(row.kind, row.at)
        for row in events
    ]
    first = TicketEntry("reported", ticket.reported_at, ticket.category, ticket.priority)
    return (first, *entries)


def site_clocks(
    session: Session, rulebook: RuleBook, site: SiteRow, on: date
) -> Iterator[tuple[str, Clock]]:
    """Yield the clocks of the rules that bind *site*, as they are on the day *on*."""
    packs = session.get_one(OrganisationRow, site.organisation_id).packs
    binding = set(
        session.scalars(
            select(DutyRow.rule).filter_by(
                site_id=site.id, target_kind="site", status="binds", valid_until=None
            )
        )
    )
    for rule in rulebook.rules.values():
        pack = rulebook.pack_of(rule.id)
        if rule.id in binding and (not pack.is_house or pack.id in packs):
            version = rulebook.version(rule, on)
            for clock in version.clocks if version else ():
                yield rule.id, clock


def _is_completed(session: Session, ticket_id: int) -> bool:
    kinds = [entry.kind for entry in ticket_log(session, ticket_id)]
    turns = [kind for kind in kinds if kind in {"completed", "reopened"}]
    return bool(turns) and turns[-1] == "completed"
