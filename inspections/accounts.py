"""Accounts: who may sign in, with which role, and how guessing is slowed down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import SignInBlocked, WrongPassword
from inspections.models import AccountRow, OrganisationRow, PersonRow, SiteRow
from inspections.signing_in.passwords import hashed, matches
from rules.text import Text

ROLES = (
    "administrator",
    "safety-officer",
    "inspector",
    "team-lead",
    "responsible-person",
    "viewer",
    "contractor",
)
# After this many wrong passwords in a row each further one blocks twice as long.
FREE_FAILURES = 5
FIRST_BLOCK = timedelta(minutes=1)
LONGEST_BLOCK = timedelta(minutes=60)


@dataclass(frozen=True)
class Account:
    """
    A sign-in with the names that pages show.

    Attributes:
        person: Key of the person; nothing for an account that is nobody's.
        sites: Keys of the sites in scope; empty means all of the organisation.
    """

    id: int
    name: str
    role: str
    person: str | None
    person_name: Text
    organisation: str
    organisation_name: Text
    time_zone: str
    sites: tuple[str, ...]
    language: str
    theme: str

    @property
    def by(self) -> str:
        """Key of the person, else name of the account: what logs call whoever acts."""
        return self.person or self.name

    def sees(self, site: str) -> bool:
        """Tell whether the site with this key is in scope."""
        return not self.sites or site in self.sites


@dataclass(frozen=True)
class NewAccount:
    """
    An account to create; the password is kept as argon2id hash only.

    Attributes:
        kept: What is kept of the password, where that was worked out before.
    """

    organisation: str
    name: str
    password: str
    role: str
    person: str | None = None
    sites: tuple[str, ...] = ()
    kept: str | None = None


def ensure_account(session: Session, new: NewAccount, *, now: datetime) -> int:
    """
    Create the account, or set role, person and sites of the one with that name; return its id.

    Raises:
        ValueError: If the role is unknown.
    """
    if new.role not in ROLES:
        raise ValueError(f"Unknown role {new.role}; use one of {', '.join(ROLES)}.")
    row = session.scalars(select(AccountRow).filter_by(name=new.name)).one_or_none()
    if row is None:
        row = AccountRow(
            organisation_id=new.organisation,
            name=new.name,
            password_hash=new.kept or hashed(new.password),
            created_at=now,
        )
        session.add(row)
    row.role, row.person, row.sites = new.role, new.person, list(new.sites)
    session.flush()
    return row.id


def sign_in(session: Session, name: str, password: str, *, now: datetime) -> Account:
    """
    Return the account where name and password belong together.

    A failure is written down even though it raises: commit after it.

    Raises:
        WrongPassword: If they do not; says nothing of which was wrong.
        SignInBlocked: If too many wrong passwords came before.
    """
    row = session.scalars(select(AccountRow).filter_by(name=name, active=True)).one_or_none()
    if row is None:
        matches("", password)
        raise WrongPassword
    if row.blocked_until is not None and now < row.blocked_until:
        minutes = -(-int((row.blocked_until - now).total_seconds()) // 60)
        raise SignInBlocked(row.blocked_until, minutes=max(1, minutes))
    if not matches(row.password_hash, password):
        _note_failure(session, row, now)
        raise WrongPassword
    row.failures, row.blocked_until = 0, None
    session.flush()
    return account_of(session, row)


def account(session: Session, account_id: int) -> Account | None:
    """Return the account while it is active."""
    row = session.get(AccountRow, account_id)
    return account_of(session, row) if row is not None and row.active else None


def accounts_named(session: Session, names: Iterable[str]) -> tuple[Account, ...]:
    """Return the active accounts with these names, by organisation and role."""
    query = select(AccountRow).where(AccountRow.name.in_(tuple(names)), AccountRow.active)
    rows = session.scalars(query.order_by(AccountRow.organisation_id, AccountRow.id))
    return tuple(account_of(session, row) for row in rows)


def set_preferences(
    session: Session, account_id: int, *, language: str | None = None, theme: str | None = None
) -> None:
    """Keep the person's language or theme with the account."""
    row = session.get_one(AccountRow, account_id)
    row.language = language or row.language
    row.theme = theme or row.theme
    session.flush()


def site_names(session: Session, seen_by: Account) -> tuple[Text, ...]:
    """Return the names of the sites that the account is bound to; empty means all."""
    query = select(SiteRow.name).filter_by(organisation_id=seen_by.organisation)
    query = query.where(SiteRow.key.in_(seen_by.sites)).order_by(SiteRow.position)
    return tuple(session.scalars(query)) if seen_by.sites else ()


def _note_failure(session: Session, row: AccountRow, now: datetime) -> None:
    row.failures += 1
    row.blocked_until = _blocked_until(row.failures, now)
    note_change(
        session,
        organisation=row.organisation_id,
        by=row.person or row.name,
        action="account.sign-in-failed",
        subject=f"account/{row.name}",
        before=None,
        after={"failures": row.failures, "blocked_until": row.blocked_until},
        now=now,
    )


def _blocked_until(failures: int, now: datetime) -> datetime | None:
    over = failures - FREE_FAILURES
    return None if over < 0 else now + min(FIRST_BLOCK * 2**over, LONGEST_BLOCK)


def account_of(session: Session, row: AccountRow) -> Account:
    """Return the account of a stored row, active or not."""
    organisation = session.get_one(OrganisationRow, row.organisation_id)
    mine = {"organisation_id": row.organisation_id, "key": row.person}
    person = session.scalars(select(PersonRow).filter_by(**mine)).one_or_none()
    return Account(
        id=row.id,
        name=row.name,
        role=row.role,
        person=row.person,
        person_name=person.name if person else Text(zh=row.name, en=row.name),
        organisation=organisation.id,
        organisation_name=organisation.name,
        time_zone=organisation.time_zone,
        sites=tuple(row.sites),
        language=row.language,
        theme=row.theme,
    )
