"""Single sign-on: which account somebody is whom an identity provider vouches for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.accounts import Account, account_of
from inspections.audit import note_change
from inspections.errors import Refused
from inspections.models import AccountRow
from rules.text import Text


class NotInvited(Refused):
    """The provider knows the person, and no administrator invited them."""

    code = "not-invited"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="单点登录成功，但没有管理员邀请过这个邮箱。请管理员先为您建立账号。",
                en="The sign-on knows you, but no administrator invited this address. "
                "Please ask an administrator for an account.",
            )
        )


@dataclass(frozen=True)
class Identity:
    """
    What a provider says of a person.

    Attributes:
        email: As the provider gives it, or nothing.
        email_verified: Whether the provider says that the address is theirs.
    """

    issuer: str
    subject: str
    email: str | None
    email_verified: bool


def account_of_identity(session: Session, identity: Identity, *, now: datetime) -> Account:
    """
    Return the account of the subject; the first time, the one invited by a verified address.

    No account is ever made here, and no role given: an administrator did both.

    Raises:
        NotInvited: If there is no active account for it.
    """
    subject = f"{identity.issuer} {identity.subject}"
    known = select(AccountRow).filter_by(oidc_subject=subject, active=True)
    row = session.scalars(known).one_or_none()
    if row is None:
        row = _invited(session, identity)
        row.oidc_subject = subject
        note_change(
            session,
            organisation=row.organisation_id,
            by=row.person or row.name,
            action="account.sign-on-linked",
            subject=f"account/{row.name}",
            before={"oidc_subject": None},
            after={"oidc_subject": subject},
            now=now,
        )
    return account_of(session, row)


def _invited(session: Session, identity: Identity) -> AccountRow:
    if not identity.email or not identity.email_verified:
        raise NotInvited
    wanted = select(AccountRow).filter_by(
        email=identity.email.strip().lower(), oidc_subject=None, active=True
    )
    rows = session.scalars(wanted.limit(2)).all()
    if len(rows) != 1:
        raise NotInvited
    return rows[0]
