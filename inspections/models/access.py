"""Calendar subscriptions and the log of who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Data, Row, serial


class FeedSubscriptionRow(Row):
    """
    A secret calendar link of a person or a site.

    Attributes:
        token_sha256: The link's secret is kept as hash only.
        person: Key of the person whose occurrences it shows, or nothing.
        site: Key of the site whose occurrences it shows, or nothing.
        language: `zh` or `en`.
        alarms: Up to three, in minutes before the start.
        created_by: Name of the account.
        agent: What fetched it last calls itself.
    """

    __tablename__ = "feed_subscription"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str | None]
    site: Mapped[str | None]
    label: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    agent: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="zh", server_default="zh")
    alarms: Mapped[list[int]] = mapped_column(Data, default=list, server_default="[]")


class AuditRow(Row):
    """
    Who changed what; rows are only ever added.

    Attributes:
        action: For example `person.changed` or `plan.applied`.
        subject: Kind and key of what was changed, for example `site/main`.
    """

    __tablename__ = "audit_log"

    id: Mapped[serial]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any] | None]
