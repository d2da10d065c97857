"""The outbox for administrators: what waits, what went, what did not and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import NotFound, Refused
from inspections.messages.choice import choices
from inspections.models import MessageRow, PersonRow, WebhookRow
from inspections.rounds.names import people_names
from rules.text import Text

PAGE = 50
Show = Literal["trouble", "waiting", "sent", "withdrawn"]
SHOWS: tuple[Show, ...] = get_args(Show)
STATES: dict[str, tuple[str, ...]] = {
    "trouble": ("dead", "unsure"),
    "waiting": ("waiting", "claimed", "handing-over"),
    "sent": ("sent",),
    "withdrawn": ("withdrawn",),
}
_AGAIN = frozenset({"dead", "unsure"})


class NotAgain(Refused):
    """Only what did not go out, or may not have, is sent again."""

    code = "message-not-again"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有未送达或不确定的消息可以再次发送。请刷新页面查看最新状态。",
                en="Only messages that failed or are in doubt are sent again. "
                "Please reload the page to see the latest state.",
            )
        )


@dataclass(frozen=True)
class Seen:
    """
    Whose messages somebody sees.

    Attributes:
        sites: Those of people and robots of these sites only; empty means all.
    """

    organisation: str
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One message of the list; `to` is the name of the person or of the robot."""

    id: int
    channel: str
    kind: str
    to: Text
    subject: str
    state: str
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    reason: Text | None
    code: str | None


@dataclass(frozen=True)
class Outbox:
    """One page of messages, newest first; `pages` is at least 1."""

    lines: tuple[Line, ...]
    page: int
    pages: int


def outbox_page(session: Session, seen: Seen, *, show: Show = "trouble", page: int = 1) -> Outbox:
    """Return one page of the messages in these states."""
    shown = (*_in_scope(session, seen), MessageRow.state.in_(STATES[show]))
    count = session.scalar(select(func.count(MessageRow.id)).where(*shown)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    query = select(MessageRow).where(*shown).order_by(MessageRow.id.desc())
    rows = session.scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    names = people_names(session, seen.organisation)
    robots = _robots(session, {row.webhook_id for row in rows if row.webhook_id is not None})
    return Outbox(tuple(_line(row, names, robots) for row in rows), page, pages)


def outbox_counts(session: Session, seen: Seen) -> dict[str, int]:
    """Return how many messages each list has."""
    query = select(MessageRow.state, func.count()).where(*_in_scope(session, seen))
    counts: dict[str, int] = dict(row for row in session.execute(query.group_by(MessageRow.state)))
    return {show: sum(counts.get(state, 0) for state in STATES[show]) for show in SHOWS}


def send_again(session: Session, message: int, *, seen: Seen, by: str, now: datetime) -> None:
    """
    Put a message that failed or is in doubt back among those that wait.

    Raises:
        NotFound: If there is no such message in scope.
        NotAgain: If it waits, was sent, or was withdrawn.
    """
    mine = select(MessageRow).where(*_in_scope(session, seen), MessageRow.id == message)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound(Text(zh="消息", en="message"), message)
    if row.state not in _AGAIN:
        raise NotAgain
    before = row.state
    row.state, row.attempts, row.not_before, row.stale_at = "waiting", 0, now, None
    row.reason = None
    note_change(
        session,
        organisation=seen.organisation,
        by=by,
        action="message.again",
        subject=f"message/{message}",
        before={"state": before},
        after={"state": row.state},
        now=now,
    )


def organisation_of(session: Session, message: int) -> str:
    """
    Return the id of the organisation that a message belongs to.

    Raises:
        NotFound: If there is no such message.
    """
    row = session.get(MessageRow, message)
    if row is None:
        raise NotFound(Text(zh="消息", en="message"), message)
    return row.organisation_id


def unreached(
    session: Session, seen: Seen
) -> tuple[tuple[str, Text, Literal["no-mailbox", "off"]], ...]:
    """Return who gets no mail, by position: key, name, and whether for want of a mailbox."""
    chosen = choices(session, seen.organisation)
    query = select(PersonRow).filter_by(organisation_id=seen.organisation, ended_on=None)
    found: list[tuple[str, Text, Literal["no-mailbox", "off"]]] = []
    for row in session.scalars(query.order_by(PersonRow.position)):
        if seen.sites and set(seen.sites).isdisjoint(row.sites):
            continue
        choice = chosen.get(row.key)
        if not row.email:
            found.append((row.key, row.name, "no-mailbox"))
        elif choice is not None and choice.mode == "off":
            found.append((row.key, row.name, "off"))
    return tuple(found)


def _in_scope(session: Session, seen: Seen) -> tuple[Any, ...]:
    mine = MessageRow.organisation_id == seen.organisation
    if not seen.sites:
        return (mine,)
    people = select(PersonRow.key, PersonRow.sites).filter_by(organisation_id=seen.organisation)
    near = [key for key, sites in session.execute(people) if not set(seen.sites).isdisjoint(sites)]
    robots = select(WebhookRow.id).where(
        WebhookRow.organisation_id == seen.organisation, WebhookRow.site.in_(seen.sites)
    )
    return (mine, MessageRow.person.in_(near) | MessageRow.webhook_id.in_(robots))


def _robots(session: Session, ids: Collection[int]) -> dict[int, str]:
    query = select(WebhookRow.id, WebhookRow.label).where(WebhookRow.id.in_(tuple(ids)))
    return dict(row for row in session.execute(query))


def _line(row: MessageRow, names: dict[str, Text], robots: dict[int, str]) -> Line:
    if row.webhook_id is not None:
        label = robots.get(row.webhook_id, str(row.webhook_id))
        to = Text(zh=label, en=label)
    else:
        key = row.person or row.address or "–"
        to = names.get(key) or Text(zh=key, en=key)
    reason = row.reason
    columns = ("id", "channel", "kind", "subject", "state", "created_at", "not_before", "sent_at")
    return Line(
        to=to,
        attempts=row.attempts,
        reason=Text(zh=reason["zh"], en=reason["en"]) if reason else None,
        code=reason["code"] if reason else None,
        **{name: getattr(row, name) for name in columns},
    )
