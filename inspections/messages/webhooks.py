"""Group robots of an organisation: registered, listed without their address, stopped."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import NotFound
from inspections.messages.robots import ROBOT_KINDS
from inspections.messages.sealing import Seal
from inspections.messages.webhook_carrier import OpenedWebhook
from inspections.messages.webhook_gate import check_address
from inspections.models import WebhookRow
from rules.text import Text


@dataclass(frozen=True)
class NewWebhook:
    """
    A robot to register.

    Attributes:
        address: Its secret URL; kept sealed and never shown again.
        secret: Its signing secret, where it has one.
        site: Key of the site whose messages it gets; nothing for all.
        at: Local clock time of its daily overview.
    """

    organisation: str
    by: str
    label: str
    kind: str
    address: str
    secret: str | None = None
    site: str | None = None
    language: str = "zh"
    at: time = time(7, 30)


@dataclass(frozen=True)
class Webhook:
    """A robot as it is listed."""

    id: int
    organisation: str
    label: str
    kind: str
    host: str
    signed: bool
    site: str | None
    language: str
    at: time
    created_by: str
    created_at: datetime


def register_webhook(
    session: Session, new: NewWebhook, *, seal: Seal, loopback: bool, now: datetime
) -> int:
    """
    Register a robot and return its number.

    Raises:
        WebhookRefused: If its address is not one to post to.
        ValueError: If its kind is unknown.
    """
    if new.kind not in ROBOT_KINDS:
        raise ValueError(f"Unknown robot {new.kind}; use one of {', '.join(ROBOT_KINDS)}.")
    address = new.address.strip()
    row = WebhookRow(
        organisation_id=new.organisation,
        label=new.label,
        kind=new.kind,
        host=check_address(address, new.kind, loopback=loopback),
        address=seal.close(address),
        secret=seal.close(new.secret) if new.secret else None,
        site=new.site,
        language=new.language,
        at=new.at.strftime("%H:%M"),
        created_by=new.by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _note(session, row, "webhook.created", by=new.by, now=now)
    return row.id


def webhooks_of(session: Session, organisation: str) -> tuple[Webhook, ...]:
    """Return the robots in use, in the order of their registration."""
    query = select(WebhookRow).filter_by(organisation_id=organisation, stopped_at=None)
    return tuple(_listed(row) for row in session.scalars(query.order_by(WebhookRow.id)))


def any_webhook(session: Session) -> bool:
    """Tell whether any robot is in use in the whole record."""
    return session.scalar(select(WebhookRow.id).filter_by(stopped_at=None).limit(1)) is not None


def stop_webhook(
    session: Session, webhook: int, *, organisation: str, by: str, now: datetime
) -> None:
    """
    Stop a robot; what still waits for it is not sent.

    Raises:
        NotFound: If the organisation has no such robot in use.
    """
    row = session.get(WebhookRow, webhook)
    if row is None or row.organisation_id != organisation or row.stopped_at is not None:
        raise NotFound(Text(zh="群机器人", en="group robot"), webhook)
    row.stopped_at = now
    # The secrets are of no more use.
    row.address, row.secret = "", None
    session.flush()
    _note(session, row, "webhook.stopped", by=by, now=now)


def opened_webhooks(session: Session, seal: Seal) -> dict[int, OpenedWebhook]:
    """
    Return all robots in use with their secrets, by number.

    Raises:
        SealBroken: If the key is not the one that sealed them.
    """
    rows = session.scalars(select(WebhookRow).filter_by(stopped_at=None))
    return {
        row.id: OpenedWebhook(
            row.kind, seal.open(row.address), seal.open(row.secret) if row.secret else None
        )
        for row in rows
    }


def _listed(row: WebhookRow) -> Webhook:
    names = ("id", "label", "kind", "host", "site", "language", "created_by", "created_at")
    return Webhook(
        organisation=row.organisation_id,
        signed=row.secret is not None,
        at=time.fromisoformat(row.at),
        **{name: getattr(row, name) for name in names},
    )


def _note(session: Session, row: WebhookRow, action: str, *, by: str, now: datetime) -> None:
    robot = {"label": row.label, "kind": row.kind, "host": row.host, "site": row.site}
    stopped = row.stopped_at is not None
    note_change(
        session,
        organisation=row.organisation_id,
        by=by,
        action=action,
        subject=f"webhook/{row.id}",
        before=robot if stopped else None,
        after=None if stopped else robot,
        now=now,
    )
