"""Tablets on which people stay signed in for a month, until somebody withdraws them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.errors import NotFound, Refused
from inspections.models import AccountSessionRow, RegisteredTabletRow
from inspections.signing_in.noting import note
from inspections.signing_in.secrets_kept import kept, new_secret
from inspections.signing_in.sessions import end_sessions_on
from rules.text import Text

LONGEST_LABEL = 40
# Who hands tablets out; inspectors and contractors ask them.
REGISTER = frozenset({"administrator", "safety-officer", "team-lead", "responsible-person"})
WITHDRAW = frozenset({"administrator", "safety-officer"})


class TabletRefused(Refused):
    """A tablet cannot be registered or withdrawn; the text says why."""

    code = "tablet-refused"


@dataclass(frozen=True)
class Tablet:
    """A registered tablet; `people` are signed in on it now."""

    id: int
    label: str
    registered_by: str
    registered_at: datetime
    people: int


def register_tablet(session: Session, label: str, *, by: Account, now: datetime) -> tuple[int, str]:
    """
    Return number and secret of a newly registered tablet; the secret is kept in its cookie.

    Raises:
        TabletRefused: If the role hands out none, or the label is missing or too long.
    """
    _check_role(by, REGISTER)
    label = " ".join(label.split())
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise TabletRefused(
            Text(
                zh=f"请给平板起一个 1 至 {LONGEST_LABEL} 字的名称，如“厨房平板”。",
                en=f"Give the tablet a name of 1 to {LONGEST_LABEL} characters, "
                "such as “Kitchen tablet”.",
            )
        )
    secret = new_secret()
    row = RegisteredTabletRow(
        organisation_id=by.organisation,
        secret_sha256=kept(secret),
        label=label,
        registered_by=by.by,
        registered_at=now,
    )
    session.add(row)
    session.flush()
    note(session, f"tablet/{row.id}", "tablet.registered", None, {"label": label}, by=by, now=now)
    return row.id, secret


def tablet_with(session: Session, secret: str, *, organisation: str) -> int | None:
    """Return the number of the tablet with this secret, where the organisation still has it."""
    query = select(RegisteredTabletRow.id).filter_by(
        secret_sha256=kept(secret), organisation_id=organisation, withdrawn_at=None
    )
    return session.scalars(query).one_or_none()


def tablets_of(session: Session, by: Account, *, now: datetime) -> tuple[Tablet, ...]:
    """
    Return the registered tablets of the organisation, the newest first.

    Raises:
        TabletRefused: If the role withdraws none.
    """
    _check_role(by, WITHDRAW)
    signed_in = (
        select(AccountSessionRow.tablet_id, func.count().label("people"))
        .where(AccountSessionRow.ended_at.is_(None), AccountSessionRow.expires_at > now)
        .group_by(AccountSessionRow.tablet_id)
        .subquery()
    )
    query = (
        select(RegisteredTabletRow, func.coalesce(signed_in.c.people, 0))
        .outerjoin(signed_in, signed_in.c.tablet_id == RegisteredTabletRow.id)
        .filter_by(organisation_id=by.organisation, withdrawn_at=None)
        .order_by(RegisteredTabletRow.id.desc())
    )
    return tuple(
        Tablet(row.id, row.label, row.registered_by, row.registered_at, people)
        for row, people in session.execute(query)
    )


def withdraw_tablet(session: Session, tablet: int, *, by: Account, now: datetime) -> None:
    """
    Withdraw a lost tablet: whoever is signed in on it is signed out.

    What waits on it unsent stays on it, and is sent when somebody signs in there again.

    Raises:
        NotFound: If the organisation has no such tablet.
        TabletRefused: If the role withdraws none.
    """
    _check_role(by, WITHDRAW)
    row = session.get(RegisteredTabletRow, tablet)
    if row is None or row.organisation_id != by.organisation or row.withdrawn_at is not None:
        raise NotFound(Text(zh="平板", en="tablet"), tablet)
    row.withdrawn_at = now
    ended = end_sessions_on(session, tablet, now=now)
    before, after = {"label": row.label}, {"sessions_ended": ended}
    note(session, f"tablet/{row.id}", "tablet.withdrawn", before, after, by=by, now=now)


def _check_role(by: Account, allowed: Collection[str]) -> None:
    if by.role not in allowed:
        raise TabletRefused(
            Text(
                zh="您的角色不能登记或停用平板。请联系管理员。",
                en="Your role registers and withdraws no tablets. Please ask an administrator.",
            )
        )
