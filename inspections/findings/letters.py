"""Letters that chase: one for each owner, kept as sent, mailed where there is a mailbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.findings.letter_words import letter_lines, letter_subject
from inspections.findings.log import Step, add_step
from inspections.findings.numbering import next_number
from inspections.lookup import work_calendar
from inspections.messages.outbox import Draft, put
from inspections.messages.preparing import recipients
from inspections.models import ChaseLetterRow, FindingRow, MessageRow, SiteRow
from inspections.reactions.working_days import overdue_at
from inspections.rounds.names import target_names
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.deadlines import end_of_working

REPLY_DAYS = 3
Mailed = Literal["put", "no-mailbox", "no-server"]


@dataclass(frozen=True)
class Post:
    """
    How letters go out.

    Attributes:
        address: Where people open the pages, for links.
        has_mail: Whether a mail server is set up.
    """

    address: str
    has_mail: bool


@dataclass(frozen=True)
class Sender:
    """Who writes, for whom, in which action."""

    organisation: str
    by: str
    note: str | None
    batch: str | None


def write_letter(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    rows: Sequence[FindingRow],
    *,
    to: str,
    sender: Sender,
    post: Post,
    now: datetime,
) -> tuple[ChaseLetterRow, Mailed]:
    """Write one letter about *rows* to their owner, put its mail into the outbox, and keep it."""
    organisation = sender.organisation
    letter = ChaseLetterRow(
        organisation_id=organisation,
        number=next_number(
            session, ChaseLetterRow, organisation_id=organisation, letter="C", at=now
        ),
        to=to,
        made_by=sender.by,
        made_at=now,
        reply_by=_reply_by(session, rows[0], now),
        note=sender.note,
        findings=_told(session, rulebook, rows, now),
        batch_id=sender.batch,
    )
    session.add(letter)
    session.flush()
    data = {"letter": letter.id, "number": letter.number, "to": to}
    for row in rows:
        add_step(session, row, Step("chased", sender.by, now, sender.note, data))
    return letter, _mail(session, letter, post, now)


def letter(
    session: Session, letter_id: int, *, organisation: str, sites: Collection[str] = ()
) -> ChaseLetterRow:
    """
    Return a letter as it was written; with *sites*, one about findings of these sites only.

    Raises:
        NotFound: If the organisation has none with this id, or it is out of scope.
    """
    row = session.get(ChaseLetterRow, letter_id)
    if row is None or row.organisation_id != organisation or not _sees(session, row, sites):
        raise NotFound(Text(zh="催办函", en="chase letter"), letter_id)
    return row


def _sees(session: Session, row: ChaseLetterRow, sites: Collection[str]) -> bool:
    told = [one["id"] for one in row.findings]
    query = select(SiteRow.key).join(FindingRow, FindingRow.site_id == SiteRow.id)
    return not sites or set(session.scalars(query.where(FindingRow.id.in_(told)))) <= set(sites)


def mail_state(session: Session, row: ChaseLetterRow) -> str | None:
    """Return how the mail of a letter stands in the outbox; nothing where there is none."""
    about = {"organisation_id": row.organisation_id, "about": f"letter/{row.id}"}
    return session.scalar(select(MessageRow.state).filter_by(**about).limit(1))


def _reply_by(session: Session, row: FindingRow, now: datetime) -> datetime:
    calendar = work_calendar(session, session.get_one(SiteRow, row.site_id))
    day, left = now.astimezone(calendar.zone).date(), REPLY_DAYS
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    return end_of_working(day, calendar)


def _told(
    session: Session, rulebook: RuleBook, rows: Sequence[FindingRow], now: datetime
) -> list[dict[str, Any]]:
    sites = {row.site_id: session.get_one(SiteRow, row.site_id) for row in rows}
    targets = {row.id: _target(row, sites[row.site_id]) for row in rows}
    names = target_names(session, targets.values())
    told = []
    for row in sorted(rows, key=lambda one: (one.due_at, one.id)):
        site = sites[row.site_id]
        late = overdue_at(row.due_at, now=now, calendar=work_calendar(session, site))
        rule = rulebook.rules.get(row.rule or "")
        clause = rulebook.clause_text(rule) if rule else None
        told.append(
            {
                "id": row.id,
                "number": row.number,
                "title": row.title.model_dump(),
                "site": site.name.model_dump(),
                "where": names[targets[row.id]].model_dump(),
                "severity": row.severity,
                "due_at": row.due_at.isoformat(),
                "first_due_at": row.first_due_at.isoformat(),
                "days": (late.today - late.due_on).days if now > row.due_at else 0,
                "late": late.text.model_dump() if now > row.due_at else None,
                "clause": clause.model_dump() if clause else None,
            }
        )
    return told


def _target(row: FindingRow, site: SiteRow) -> tuple[int, str, str]:
    if row.asset:
        return site.id, "asset", row.asset
    return (site.id, "place", row.place) if row.place else (site.id, "site", site.key)


def _mail(session: Session, row: ChaseLetterRow, post: Post, now: datetime) -> Mailed:
    if not post.has_mail:
        return "no-server"
    found = recipients(session, row.organisation_id, address=post.address).get(row.to)
    if found is None:
        return "no-mailbox"
    draft = Draft(
        organisation=row.organisation_id,
        channel="mail",
        kind="chase",
        recipient=row.to,
        day=row.number,
        about=f"letter/{row.id}",
        address=found.address,
        subject=letter_subject(row, found.words),
        body="\n".join([*letter_lines(row, found.words), *found.words.foot()]),
        not_before=found.choice.after_quiet(now, found.zone),
        stale_at=row.reply_by,
    )
    put(session, [draft], now=now)
    return "put"
