"""A calendar link as it is listed; the secret itself is not known any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inspections.feeds.choices import Choices
from inspections.models import FeedSubscriptionRow

# A revoked link says so for this long, so that calendars show it; then it is gone.
TOMBSTONE = timedelta(days=14)
CHOSEN = (
    "shows",
    "person",
    "site",
    "post",
    "team",
    "language",
    "deadlines",
    "days_back",
    "days_ahead",
    "detail",
    "cancelled_days",
)


@dataclass(frozen=True)
class NewLink:
    """
    A link to make.

    Attributes:
        by: Name of the account that makes it; only that account sees it listed.
        label: Name of the device or calendar, so that the right one is stopped when one is lost.
    """

    organisation: str
    by: str
    label: str
    choices: Choices


@dataclass(frozen=True)
class Link:
    """A link as it is listed; the secret itself is not known any more."""

    id: int
    organisation: str
    label: str
    choices: Choices
    created_at: datetime
    revoked_at: datetime | None
    fetched_at: datetime | None
    agent: str | None
    owner_is_active: bool = True

    def is_gone(self, now: datetime) -> bool:
        """Tell whether the link was revoked so long ago that nothing answers any more."""
        return self.revoked_at is not None and now >= self.revoked_at + TOMBSTONE


def link_of(row: FeedSubscriptionRow, *, owner_is_active: bool = True) -> Link:
    """Return the link that *row* holds."""
    chosen = {name: getattr(row, name) for name in CHOSEN}
    return Link(
        id=row.id,
        organisation=row.organisation_id,
        label=row.label,
        choices=Choices(**chosen, alarms=tuple(row.alarms)),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        fetched_at=row.fetched_at,
        agent=row.agent,
        owner_is_active=owner_is_active,
    )


def choose(row: FeedSubscriptionRow, choices: Choices) -> None:
    """Write *choices* into the row of a link."""
    for name in CHOSEN:
        setattr(row, name, getattr(choices, name))
    row.alarms = sorted(set(choices.alarms))
