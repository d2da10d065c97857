"""What is set up for sending, from the environment and the record."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from inspections.database import Session, Sessions
from inspections.importing import organisations
from inspections.messages.carrier import Carrier
from inspections.messages.delivery import Delivery, deliver
from inspections.messages.outbox import Draft, put
from inspections.messages.preparing import House, compose
from inspections.messages.sealing import seal
from inspections.messages.smtp_carrier import SmtpCarrier
from inspections.messages.smtp_settings import SmtpSettings, smtp_settings
from inspections.messages.webhook_carrier import WebhookCarrier
from inspections.messages.webhook_gate import loopback_allowed
from inspections.messages.webhooks import any_webhook, opened_webhooks
from inspections.published_packs import rulebook_for
from rules.rulebook import RuleBook
from web.messages.calendar_text import invitation_text

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
# In calendars where no mail is set up; nothing is sent then.
_NOBODY = "no-reply@xunjian.invalid"


@dataclass(frozen=True)
class Setup:
    """
    What this installation sends with.

    Attributes:
        smtp: The mail server, or nothing.
        webhooks: Whether any group robot is registered.
        address: Where people open the pages, for links.
    """

    smtp: SmtpSettings | None
    webhooks: bool
    address: str

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that are set up."""
        return (("mail",) if self.smtp else ()) + (("webhook",) if self.webhooks else ())

    @property
    def house(self) -> House:
        """What composing needs."""
        sender = self.smtp.sender if self.smtp else _NOBODY
        return House(self.address, self.channels, partial(invitation_text, sender=sender))


def public_address() -> str | None:
    """Return where people open the pages, where the installation says so."""
    return os.environ.get("XUNJIAN_ADDRESS", "").rstrip("/") or None


def read_setup(session: Session) -> Setup:
    """
    Read `XUNJIAN_SMTP_URL` and `XUNJIAN_ADDRESS`, and ask the record for robots.

    Raises:
        MailSettings: If the mail server's address is wrong.
    """
    url = os.environ.get("XUNJIAN_SMTP_URL")
    return Setup(
        smtp=smtp_settings(url) if url else None,
        webhooks=any_webhook(session),
        address=public_address() or DEFAULT_ADDRESS,
    )


def compose_all(session: Session, builtin: RuleBook, setup: Setup, *, now: datetime) -> list[Draft]:
    """Return what is to be told now in every organisation; nothing is written."""
    return [
        draft
        for organisation in organisations(session)
        for draft in compose(
            session,
            rulebook_for(session, organisation, builtin),
            setup.house,
            organisation=organisation,
            now=now,
        )
    ]


def prepare_all(
    sessions: Sessions, builtin: RuleBook, setup: Setup, *, now: datetime
) -> tuple[Draft, ...]:
    """Put into the outbox what is to be told now in every organisation; return what is new."""
    with sessions() as session:
        drafts = compose_all(session, builtin, setup, now=now)
    with sessions.begin() as session:
        return put(session, drafts, now=now)


def send_all(sessions: Sessions, setup: Setup, *, clock: Callable[[], datetime]) -> Delivery:
    """
    Send everything whose time has come.

    Raises:
        SealBroken: If the key does not open the robots' addresses.
    """
    carriers: dict[str, Carrier] = {}
    if setup.smtp is not None:
        carriers["mail"] = SmtpCarrier(setup.smtp)
    if setup.webhooks:
        with sessions() as session:
            robots = opened_webhooks(session, seal())
        carriers["webhook"] = WebhookCarrier(robots, clock=clock, loopback=loopback_allowed())
    return deliver(sessions, carriers, clock=clock)
