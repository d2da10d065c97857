"""Secret calendar links: only their hash is kept, and a revoked one stays as a tombstone."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import existing, person_by_key, site_by_key
from inspections.models import FeedSubscriptionRow


@dataclass(frozen=True)
class Subscription:
    """
    A link of a person or of a site.

    Attributes:
        person: Key of the person, or nothing; `site` likewise.
        revoked_at: From then on the link answers that it is gone.
    """

    id: int
    organisation: str
    person: str | None
    site: str | None
    label: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None
    fetched_at: datetime | None


def subscribe(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    organisation_id: str,
    label: str,
    by: str,
    now: datetime,
    person: str | None = None,
    site: str | None = None,
) -> tuple[int, str]:
    """
    Make a link and return its id and its secret, which is shown once and never stored.

    Raises:
        NotFound: If the person or site does not exist.
        ValueError: Unless exactly one of *person* and *site* is given.
    """
    if (person is None) == (site is None):
        raise ValueError("Expected a person or a site, and not both.")
    if person is not None:
        person_by_key(session, organisation_id, person)
    if site is not None:
        site_by_key(session, organisation_id, site)
    token = token_urlsafe(32)
    row = FeedSubscriptionRow(
        organisation_id=organisation_id,
        token_sha256=_digest(token),
        person=person,
        site=site,
        label=label,
        created_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id, token


def revoke(session: Session, subscription_id: int, *, now: datetime) -> None:
    """End a link; ending it again keeps the first time."""
    row = existing(session, FeedSubscriptionRow, subscription_id)
    row.revoked_at = row.revoked_at or now
    session.flush()


def by_token(session: Session, token: str, *, now: datetime) -> Subscription | None:
    """Return the link with this secret, also a revoked one, and note that it was asked for."""
    query = select(FeedSubscriptionRow).filter_by(token_sha256=_digest(token))
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    row.fetched_at = now
    session.flush()
    return _view(row)


def subscriptions(session: Session, organisation_id: str) -> tuple[Subscription, ...]:
    """Return the links of the organisation, newest first."""
    query = select(FeedSubscriptionRow).filter_by(organisation_id=organisation_id)
    return tuple(
        _view(row) for row in session.scalars(query.order_by(FeedSubscriptionRow.id.desc()))
    )


def _view(row: FeedSubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        organisation=row.organisation_id,
        person=row.person,
        site=row.site,
        label=row.label,
        created_by=row.created_by,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        fetched_at=row.fetched_at,
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
