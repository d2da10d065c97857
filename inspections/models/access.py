"""Calendar subscriptions."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Data, Row, serial


class FeedSubscriptionRow(Row):
    """
    A secret calendar link with what it shows; `inspections.feeds.choices` says what is allowed.

    Attributes:
        token_sha256: The link's secret is kept as hash only.
        shows: `person`, `site`, `post`, `team`, `leaders` or `horizon`.
        person: Key of the person whose occurrences it shows, or nothing.
        site: Key of the site that it is limited to, or nothing.
        post: Key of a post of the site, or nothing.
        team: Name of a team, or nothing.
        language: `zh` or `en`.
        deadlines: `event`, `todo` or `both`.
        detail: `busy`, `titles` or `full`.
        cancelled_days: How long cancelled events stay.
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
    shows: Mapped[str] = mapped_column(default="person", server_default="person")
    post: Mapped[str | None]
    team: Mapped[str | None]
    deadlines: Mapped[str] = mapped_column(default="event", server_default="event")
    days_back: Mapped[int] = mapped_column(default=30, server_default="30")
    days_ahead: Mapped[int] = mapped_column(default=120, server_default="120")
    detail: Mapped[str] = mapped_column(default="full", server_default="full")
    cancelled_days: Mapped[int] = mapped_column(default=14, server_default="14")
