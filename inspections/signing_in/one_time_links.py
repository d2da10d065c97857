"""Links by which somebody chooses a password: an invitation, or a reset; each works once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspections.accounts import Account, account_of
from inspections.audit import note_change
from inspections.errors import Refused
from inspections.models import AccountLinkRow, AccountRow
from inspections.signing_in.passwords import check_password, hashed, matches
from inspections.signing_in.secrets_kept import kept, new_secret
from inspections.signing_in.sessions import end_sessions
from rules.text import Text

Purpose = Literal["invitation", "reset"]
LASTS: dict[str, timedelta] = {"invitation": timedelta(days=7), "reset": timedelta(hours=24)}


class LinkUseless(Refused):
    """A link that never was, was used, has expired, or was replaced by a newer one."""

    code = "link-useless"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="此链接已失效：可能已用过、已过期，或已被新链接取代。请向管理员要一个新的。",
                en="This link no longer works: it was used, has expired, or a newer one "
                "replaced it. Please ask your administrator for a new one.",
            )
        )


class OldPasswordWrong(Refused):
    """The present password was not given rightly."""

    code = "old-password-wrong"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="当前密码不正确。请重新输入；忘记了可请管理员重设。",
                en="The present password is not right. Please enter it again; "
                "if you forgot it, an administrator can reset it.",
            )
        )


@dataclass(frozen=True)
class Pending:
    """A link that still works, and for whom."""

    account: Account
    purpose: Purpose
    expires_at: datetime


def make_link(
    session: Session, owner: AccountRow, purpose: Purpose, *, by: Account, now: datetime
) -> str:
    """Return the secret of a new link; links made before no longer work."""
    withdraw_links(session, owner.id, now=now)
    secret = new_secret()
    expires_at = now + LASTS[purpose]
    row = AccountLinkRow(
        account_id=owner.id,
        purpose=purpose,
        secret_sha256=kept(secret),
        created_by=by.by,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    _note(session, owner, f"account.{purpose}-made", {"expires_at": expires_at}, by.by, now)
    return secret


def withdraw_links(session: Session, account_id: int, *, now: datetime) -> None:
    """Make every link of the account useless."""
    mine = update(AccountLinkRow).filter_by(account_id=account_id, used_at=None, withdrawn_at=None)
    session.execute(mine.values(withdrawn_at=now))


def link_with(session: Session, secret: str, *, now: datetime) -> Pending:
    """
    Return the link with this secret.

    Raises:
        LinkUseless: If it does not work, for whatever reason.
    """
    row, owner = _working(session, secret, now)
    purpose: Purpose = "invitation" if row.purpose == "invitation" else "reset"
    return Pending(account_of(session, owner), purpose, row.expires_at)


def redeem_link(
    session: Session, secret: str, password: str, repeated: str, *, now: datetime
) -> Account:
    """
    Set the password and return the account; whoever was signed in with it is signed out.

    Raises:
        LinkUseless: If the link does not work, for whatever reason.
        PasswordsDiffer: If the password was not repeated as it was.
        UnfitPassword: If the password may not be used.
    """
    row, owner = _working(session, secret, now)
    _set_password(session, owner, password, repeated, now=now)
    row.used_at = now
    owner.failures, owner.blocked_until = 0, None
    session.flush()
    return account_of(session, owner)


def change_password(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    account: Account,
    *,
    old: str,
    password: str,
    repeated: str,
    now: datetime,
) -> None:
    """
    Change the person's own password; every session ends, also the one it is done in.

    Raises:
        OldPasswordWrong: If *old* is not the present one.
        PasswordsDiffer: If the password was not repeated as it was.
        UnfitPassword: If the password may not be used.
    """
    owner = session.get_one(AccountRow, account.id)
    if owner.password_hash and not matches(owner.password_hash, old):
        raise OldPasswordWrong
    _set_password(session, owner, password, repeated, now=now)
    withdraw_links(session, owner.id, now=now)


def _set_password(
    session: Session, owner: AccountRow, password: str, repeated: str, *, now: datetime
) -> None:
    known = account_of(session, owner)
    names = (known.person_name, known.organisation_name)
    words = [
        known.name,
        known.organisation,
        *(each for text in names for each in (text.zh, text.en)),
    ]
    check_password(password, repeated, known=words)
    before = {"password_changed_at": owner.password_changed_at}
    owner.password_hash, owner.password_changed_at = hashed(password), now
    note_change(
        session,
        organisation=owner.organisation_id,
        by=known.by,
        action="account.password-changed",
        subject=f"account/{owner.name}",
        before=before,
        after={"password_changed_at": now},
        now=now,
    )
    end_sessions(session, owner, by=known.by, why="password", now=now)


def _working(session: Session, secret: str, now: datetime) -> tuple[AccountLinkRow, AccountRow]:
    query = (
        select(AccountLinkRow, AccountRow)
        .join(AccountRow, AccountRow.id == AccountLinkRow.account_id)
        .where(AccountLinkRow.secret_sha256 == kept(secret), AccountRow.active)
        .where(AccountLinkRow.used_at.is_(None), AccountLinkRow.withdrawn_at.is_(None))
        .where(AccountLinkRow.expires_at > now)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise LinkUseless
    row, owner = found
    return row, owner


def _note(  # noqa: PLR0913, PLR0917 (the parts of one entry)
    session: Session,
    owner: AccountRow,
    action: str,
    after: dict[str, object],
    by: str,
    now: datetime,
) -> None:
    note_change(
        session,
        organisation=owner.organisation_id,
        by=by,
        action=action,
        subject=f"account/{owner.name}",
        before=None,
        after=after,
        now=now,
    )
