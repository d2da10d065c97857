"""
Where an account is signed in: begun at each sign-in with a new secret, listed, ended.

A session lasts 12 hours from its last use, on a registered tablet 30 days. The browser holds the
secret; the record holds its hash, so that ending one here signs that browser out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from inspections.accounts import Account, account_of
from inspections.audit import note_change, origin
from inspections.errors import NotFound
from inspections.models import AccountRow, AccountSessionRow, RegisteredTabletRow
from inspections.signing_in.secrets_kept import kept, new_secret
from rules.text import Text

ELSEWHERE = timedelta(hours=12)
ON_A_TABLET = timedelta(days=30)
NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class OpenSession:
    """
    A session that holds now.

    Attributes:
        tablet: Label of the registered tablet it is on, or nothing.
    """

    id: int
    account: Account
    expires_at: datetime
    seen_at: datetime
    tablet: str | None


@dataclass(frozen=True)
class Listed:
    """One line of the list of where an account is signed in."""

    id: int
    how: str
    tablet: str | None
    device: str | None
    address: str | None
    begun_at: datetime
    seen_at: datetime
    expires_at: datetime


def begin_session(
    session: Session, account: Account, *, how: str, tablet: int | None, now: datetime
) -> str:
    """Sign the account in here and return the secret that the browser is to hold."""
    secret = new_secret()
    here = origin()
    row = AccountSessionRow(
        account_id=account.id,
        secret_sha256=kept(secret),
        how=how,
        tablet_id=tablet,
        device=here.device,
        address=here.address,
        begun_at=now,
        seen_at=now,
        expires_at=now + _span(tablet),
    )
    session.add(row)
    owner = session.get_one(AccountRow, account.id)
    before = {"signed_in_at": owner.signed_in_at}
    owner.signed_in_at = now
    note_change(
        session,
        organisation=account.organisation,
        by=account.by,
        action="account.signed-in",
        subject=f"account/{account.name}",
        before=before,
        after={"signed_in_at": now, "how": how},
        now=now,
    )
    return secret


def session_with(session: Session, secret: str, *, now: datetime) -> OpenSession | None:
    """Return the session with this secret while it holds and its account is active."""
    query = (
        select(AccountSessionRow, AccountRow, RegisteredTabletRow.label)
        .join(AccountRow, AccountRow.id == AccountSessionRow.account_id)
        .outerjoin(RegisteredTabletRow, RegisteredTabletRow.id == AccountSessionRow.tablet_id)
        .where(AccountSessionRow.secret_sha256 == kept(secret))
        .where(AccountSessionRow.ended_at.is_(None), AccountSessionRow.expires_at > now)
        .where(AccountRow.active)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, owner, tablet = found
    return OpenSession(row.id, account_of(session, owner), row.expires_at, row.seen_at, tablet)


def note_use(session: Session, session_id: int, *, now: datetime) -> None:
    """Note that a session was used from here, which moves its end on."""
    row = session.get_one(AccountSessionRow, session_id)
    here = origin()
    row.seen_at, row.expires_at = now, now + _span(row.tablet_id)
    row.device, row.address = here.device, here.address
    session.flush()


def move_to_tablet(session: Session, session_id: int, tablet: int, *, now: datetime) -> None:
    """Let a session last as long as on a registered tablet, which its browser became."""
    row = session.get_one(AccountSessionRow, session_id)
    row.tablet_id, row.expires_at = tablet, now + ON_A_TABLET
    session.flush()


def sessions_of(session: Session, account_id: int, *, now: datetime) -> tuple[Listed, ...]:
    """Return where the account is signed in, the last used first."""
    query = (
        select(AccountSessionRow, RegisteredTabletRow.label)
        .outerjoin(RegisteredTabletRow, RegisteredTabletRow.id == AccountSessionRow.tablet_id)
        .where(AccountSessionRow.account_id == account_id)
        .where(AccountSessionRow.ended_at.is_(None), AccountSessionRow.expires_at > now)
        .order_by(AccountSessionRow.seen_at.desc(), AccountSessionRow.id.desc())
    )
    names = ("id", "how", "device", "address", "begun_at", "seen_at", "expires_at")
    return tuple(
        Listed(tablet=label, **{name: getattr(row, name) for name in names})
        for row, label in session.execute(query)
    )


def end_session(
    session: Session, session_id: int, *, account: Account, why: str, now: datetime
) -> None:
    """
    End one session of the account; its browser is signed out at its next request.

    Raises:
        NotFound: If the account has no such session.
    """
    row = session.get(AccountSessionRow, session_id)
    if row is None or row.account_id != account.id or row.ended_at is not None:
        raise NotFound(Text(zh="登录", en="sign-in"), session_id)
    _end(session, _mine(account.id).where(AccountSessionRow.id == session_id), why, now)
    _note(session, account.organisation, account.name, by=account.by, why=why, now=now)


def leave(session: Session, here: OpenSession, *, why: str, now: datetime) -> None:
    """End the session that a browser holds, where it has not ended meanwhile."""
    account = here.account
    if _end(session, _mine(account.id).where(AccountSessionRow.id == here.id), why, now):
        _note(session, account.organisation, account.name, by=account.by, why=why, now=now)


def end_sessions(session: Session, owner: AccountRow, *, by: str, why: str, now: datetime) -> int:
    """End all sessions of an account and return how many there were."""
    ended = _end(session, _mine(owner.id), why, now)
    if ended:
        _note(session, owner.organisation_id, owner.name, by=by, why=why, now=now)
    return ended


def end_sessions_of(session: Session, account: Account, *, now: datetime) -> int:
    """End all of one's own sessions and return how many there were."""
    owner = session.get_one(AccountRow, account.id)
    return end_sessions(session, owner, by=account.by, why="elsewhere", now=now)


def end_sessions_on(session: Session, tablet: int, *, now: datetime) -> int:
    """End all sessions on a registered tablet and return how many there were."""
    statement = update(AccountSessionRow).where(AccountSessionRow.tablet_id == tablet)
    return _end(session, statement, "tablet", now)


def _mine(account_id: int) -> Update:
    return update(AccountSessionRow).where(AccountSessionRow.account_id == account_id)


def _end(session: Session, which: Update, why: str, now: datetime) -> int:
    holding = which.where(AccountSessionRow.ended_at.is_(None), AccountSessionRow.expires_at > now)
    ended = session.execute(
        holding.values(ended_at=now, ended_why=why).returning(AccountSessionRow.id)
    )
    return len(ended.all())


def _note(  # noqa: PLR0913 (the parts of one entry)
    session: Session, organisation: str, name: str, *, by: str, why: str, now: datetime
) -> None:
    note_change(
        session,
        organisation=organisation,
        by=by,
        action="account.signed-out",
        subject=f"account/{name}",
        before=None,
        after={"why": why},
        now=now,
    )


def _span(tablet: int | None) -> timedelta:
    return ELSEWHERE if tablet is None else ON_A_TABLET
