"""What is to be told to whom: choices of people, the outbox, group robots and app passwords."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class MessageChoiceRow(Row):
    """
    How a person wants to be told; who has no row gets a digest.

    Attributes:
        person: Key of the person.
        mode: `off`, `digest` or `each`.
        at: Local clock time of the digest and of reminders, `HH:MM`.
        quiet_from: With `quiet_until` the local hours in which nothing is sent; both or neither.
        days_before: How many days before a due day the first reminder goes, 0 to 14.
        language: `zh` or `en`.
    """

    __tablename__ = "message_choice"
    __table_args__ = (UniqueConstraint("organisation_id", "person"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person: Mapped[str]
    mode: Mapped[str]
    at: Mapped[str]
    quiet_from: Mapped[str | None]
    quiet_until: Mapped[str | None]
    days_before: Mapped[int]
    language: Mapped[str]
    changed_at: Mapped[datetime]


class WebhookRow(Row):
    """
    A group robot that messages are posted to.

    Attributes:
        kind: `wecom`, `dingtalk`, `feishu` or `json`.
        address: The secret URL, sealed; it is never shown again.
        host: What is shown instead.
        secret: The signing secret, sealed, where the robot has one.
        site: Key of the site whose messages it gets; nothing for all of the organisation.
        at: Local clock time of its daily overview, `HH:MM`.
        stopped_at: From then on nothing is posted to it.
    """

    __tablename__ = "webhook"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    host: Mapped[str]
    secret: Mapped[str | None]
    site: Mapped[str | None]
    language: Mapped[str]
    at: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class MessageRow(Row):
    """
    One message of the outbox.

    Attributes:
        key: What makes it one: channel, recipient, kind, subject and day; unique in the
            organisation, so that nothing is told twice.
        channel: `mail` or `webhook`.
        kind: `before`, `due`, `overdue`, `escalated`, `notice`, `chase`, `digest`, `invitation`,
            `cancelled`, `overview` or `test`.
        person: Key of the recipient; nothing where a robot gets it.
        address: Mailbox it goes to; nothing where a robot gets it.
        about: What it is about, for example `occurrence/12`; nothing for a digest.
        calendar: iCalendar text that goes with an invitation.
        message_id: The Message-ID of every attempt.
        state: `waiting`, `claimed`, `handing-over`, `sent`, `dead`, `unsure` or `withdrawn`.
        not_before: It is not sent earlier: quiet hours, the next attempt, a robot's limit.
        stale_at: It is not sent later; what it says is old by then.
        attempts: How often it was tried.
        claimed_by: Who sends it now, until `claimed_until`.
        reason: Why the last attempt failed, or why it was withdrawn: code and words.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index("ix_message_state_not_before", "state", "not_before"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    channel: Mapped[str]
    kind: Mapped[str]
    person: Mapped[str | None]
    address: Mapped[str | None]
    webhook_id: Mapped[int | None] = mapped_column(ForeignKey("webhook.id"), index=True)
    about: Mapped[str | None]
    subject: Mapped[str]
    body: Mapped[str]
    calendar: Mapped[str | None]
    message_id: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    stale_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reason: Mapped[dict[str, Any] | None]


class InvitationRow(Row):
    """
    The invitation of one person to one drill, as it was last put into the outbox.

    Attributes:
        address: Mailbox that was invited; a cancellation goes there too.
        sequence: Rises with every update, and with the cancellation.
        told: What the invitation says, as a hash; an update follows where it changes.
        cancelled: Whether the last word was a cancellation.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("occurrence_id", "person"),)

    id: Mapped[serial]
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    person: Mapped[str]
    address: Mapped[str]
    sequence: Mapped[int]
    told: Mapped[str]
    cancelled: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class AppPasswordRow(Row):
    """
    A password of one device of one account, for task apps.

    Attributes:
        secret_sha256: The password has 120 random bits, so a plain hash of it cannot be guessed.
        agent: What used it last calls itself.
    """

    __tablename__ = "app_password"

    id: Mapped[serial]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    label: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    agent: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
