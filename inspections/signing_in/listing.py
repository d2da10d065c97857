"""The accounts that an administrator looks after, and one of them with all that belongs to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.models import AccountLinkRow, AccountRow, AccountSessionRow, PersonRow
from inspections.signing_in.account_entry import within
from inspections.signing_in.desk import account_in_scope, check_administrator
from rules.text import Text

State = Literal["active", "invited", "blocked", "deactivated"]


@dataclass(frozen=True)
class AccountLine:
    """
    One account.

    Attributes:
        link_until: Until when its newest link works; nothing where none does.
        sessions: In how many browsers it is signed in now.
        single_sign_on: Whether single sign-on knows it.
    """

    id: int
    name: str
    role: str
    person: str | None
    person_name: Text | None
    email: str | None
    sites: tuple[str, ...]
    state: State
    created_at: datetime
    signed_in_at: datetime | None
    blocked_until: datetime | None
    link_until: datetime | None
    sessions: int
    single_sign_on: bool


def accounts_of(session: Session, *, by: Account, now: datetime) -> tuple[AccountLine, ...]:
    """
    Return the accounts in scope: by name, those that may not sign in last.

    Raises:
        NotAdministrator: If *by* is none.
    """
    check_administrator(by)
    query = select(AccountRow).filter_by(organisation_id=by.organisation)
    rows = session.scalars(query.order_by(AccountRow.active.desc(), AccountRow.name))
    return _lines(session, [row for row in rows if within(row.sites, by)], now)


def one_account(session: Session, account_id: int, *, by: Account, now: datetime) -> AccountLine:
    """
    Return one account.

    Raises:
        NotAdministrator: If *by* is none.
        NotFound: If there is no such account in scope.
    """
    return _lines(session, [account_in_scope(session, account_id, by)], now)[0]


def _lines(session: Session, rows: list[AccountRow], now: datetime) -> tuple[AccountLine, ...]:
    ids = [row.id for row in rows]
    sessions = select(AccountSessionRow.account_id, func.count()).where(
        AccountSessionRow.account_id.in_(ids),
        AccountSessionRow.ended_at.is_(None),
        AccountSessionRow.expires_at > now,
    )
    links = select(AccountLinkRow.account_id, func.max(AccountLinkRow.expires_at)).where(
        AccountLinkRow.account_id.in_(ids),
        AccountLinkRow.used_at.is_(None),
        AccountLinkRow.withdrawn_at.is_(None),
        AccountLinkRow.expires_at > now,
    )
    signed_in = dict(
        row for row in session.execute(sessions.group_by(AccountSessionRow.account_id))
    )
    until = dict(row for row in session.execute(links.group_by(AccountLinkRow.account_id)))
    organisations = {row.organisation_id for row in rows}
    people = select(PersonRow.key, PersonRow.name).where(
        PersonRow.organisation_id.in_(organisations)
    )
    names = dict(row for row in session.execute(people))
    return tuple(
        AccountLine(
            id=row.id,
            name=row.name,
            role=row.role,
            person=row.person,
            person_name=names.get(row.person or ""),
            email=row.email,
            sites=tuple(row.sites),
            state=_state(row, now),
            created_at=row.created_at,
            signed_in_at=row.signed_in_at,
            blocked_until=row.blocked_until,
            link_until=until.get(row.id),
            sessions=signed_in.get(row.id, 0),
            single_sign_on=row.oidc_subject is not None,
        )
        for row in rows
    )


def _state(row: AccountRow, now: datetime) -> State:
    if not row.active:
        return "deactivated"
    if row.blocked_until is not None and row.blocked_until > now:
        return "blocked"
    return "active" if row.password_hash or row.oidc_subject else "invited"
