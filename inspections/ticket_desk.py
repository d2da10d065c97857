"""What officers and team leads do with tickets: role and scope first, then the record."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from inspections import tickets
from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound
from inspections.lookup import existing
from inspections.models import SiteRow, TicketRow
from inspections.tickets import Step, TicketReport
from rules.text import Text

TICKET_ROLES = frozenset({"administrator", "safety-officer", "team-lead"})


def report(session: Session, asked: TicketReport, *, editor: Editor, now: datetime) -> int:
    """
    Open a ticket and return its id.

    Raises:
        NotAllowed: If the role does not handle tickets.
        NotFound: If the site is not there, or out of scope.
    """
    _check_role(editor)
    if not editor.sees(asked.site):
        raise NotFound(Text(zh="场所", en="site"), asked.site)
    return tickets.report_ticket(session, asked, now=now)


def step(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    ticket_id: int,
    *,
    kind: Step,
    note: str | None,
    promised_on: date | None,
    editor: Editor,
    now: datetime,
) -> None:
    """
    Write down a step of a ticket.

    Raises:
        NotAllowed: If the role does not handle tickets.
        NotFound: If the ticket is not there, or out of scope.
        WrongState: If the step does not follow from what happened.
    """
    _check(session, ticket_id, editor)
    tickets.add_step(
        session,
        ticket_id=ticket_id,
        kind=kind,
        by=editor.by,
        now=now,
        note=note,
        promised_on=promised_on,
    )


def reclassify(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    ticket_id: int,
    *,
    category: str,
    priority: str,
    editor: Editor,
    now: datetime,
) -> None:
    """
    Change category and priority; clocks of the new class run from now, breaches stay.

    Raises:
        NotAllowed: If the role does not handle tickets.
        NotFound: If the ticket is not there, or out of scope.
    """
    _check(session, ticket_id, editor)
    tickets.reclassify(
        session,
        ticket_id=ticket_id,
        category=category,
        priority=priority,
        by=editor.by,
        now=now,
    )


def _check(session: Session, ticket_id: int, editor: Editor) -> None:
    _check_role(editor)
    row = existing(session, TicketRow, ticket_id)
    site = session.get_one(SiteRow, row.site_id)
    if row.organisation_id != editor.organisation or not editor.sees(site.key):
        raise NotFound(Text(zh="工单", en="ticket"), ticket_id)


def _check_role(editor: Editor) -> None:
    if editor.role not in TICKET_ROLES:
        raise NotAllowed
