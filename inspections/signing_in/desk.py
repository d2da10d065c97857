"""What an administrator does with accounts; role and scope are checked here."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.errors import NotFound, Refused
from inspections.models import AccountRow
from inspections.signing_in.account_entry import AccountEntry, checked_entry, within
from inspections.signing_in.noting import note
from inspections.signing_in.one_time_links import make_link, withdraw_links
from inspections.signing_in.sessions import end_sessions
from rules.text import Text


class NotAdministrator(Refused):
    """Only administrators look after accounts."""

    code = "not-administrator"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有管理员可以管理账号。请联系管理员。",
                en="Only administrators look after accounts. Please ask one.",
            )
        )


class OwnAccount(Refused):
    """Nobody takes their own role away: an organisation would be left without administrator."""

    code = "own-account"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="不能更改自己的角色、范围，也不能停用自己的账号。请由另一位管理员办理。",
                en="You cannot change your own role or sites, nor deactivate your own account. "
                "Please ask another administrator.",
            )
        )


def invite(session: Session, entry: AccountEntry, *, by: Account, now: datetime) -> tuple[int, str]:
    """
    Make an account nobody can use yet; return its id and the secret of the link that opens it.

    Raises:
        EntryWrong: If something about it is wrong; holds every fault.
        NotAdministrator: If *by* is none.
    """
    check_administrator(by)
    entry = checked_entry(session, entry, by, known=None)
    row = AccountRow(
        organisation_id=by.organisation,
        name=entry.name,
        password_hash="",
        role=entry.role,
        person=entry.person,
        sites=list(entry.sites),
        email=entry.email,
        created_at=now,
    )
    session.add(row)
    session.flush()
    note(session, f"account/{row.name}", "account.invited", None, _shown(row), by=by, now=now)
    return row.id, make_link(session, row, "invitation", by=by, now=now)


def change_account(
    session: Session, account_id: int, entry: AccountEntry, *, by: Account, now: datetime
) -> None:
    """
    Set role, person, sites and e-mail; who is signed in has the new role at the next request.

    Raises:
        EntryWrong: If something is wrong; holds every fault.
        NotAdministrator: If *by* is none.
        NotFound: If there is no such account in scope.
        OwnAccount: If role or sites of one's own account would change.
    """
    row = account_in_scope(session, account_id, by)
    entry = checked_entry(session, replace(entry, name=row.name), by, known=row)
    if row.id == by.id and (row.role, list(row.sites)) != (entry.role, list(entry.sites)):
        raise OwnAccount
    before = _shown(row)
    row.role, row.person, row.sites = entry.role, entry.person, list(entry.sites)
    if row.email != entry.email:
        # Another address is another person at the sign-on: the subject is to be found anew.
        row.email, row.oidc_subject = entry.email, None
    after = _shown(row)
    if before != after:
        note(session, f"account/{row.name}", "account.changed", before, after, by=by, now=now)


def set_active(
    session: Session, account_id: int, *, active: bool, by: Account, now: datetime
) -> None:
    """
    Deactivate an account, which signs it out everywhere, or let it in again.

    Raises:
        NotAdministrator: If *by* is none.
        NotFound: If there is no such account in scope.
        OwnAccount: If it is one's own.
    """
    row = account_in_scope(session, account_id, by)
    if row.id == by.id:
        raise OwnAccount
    if row.active == active:
        return
    row.active = active
    if not active:
        withdraw_links(session, row.id, now=now)
        end_sessions(session, row, by=by.by, why="deactivated", now=now)
    action = "account.reactivated" if active else "account.deactivated"
    before, after = {"active": not active}, {"active": active}
    note(session, f"account/{row.name}", action, before, after, by=by, now=now)


def new_link(session: Session, account_id: int, *, by: Account, now: datetime) -> str:
    """
    Return the secret of a link to choose a password: for an invitation anew, or a reset.

    The present password goes on working until the link is used.

    Raises:
        NotAdministrator: If *by* is none.
        NotFound: If there is no such active account in scope.
    """
    row = account_in_scope(session, account_id, by)
    if not row.active:
        raise NotFound(Text(zh="有效账号", en="active account"), account_id)
    purpose = row.password_hash or row.oidc_subject
    return make_link(session, row, "reset" if purpose else "invitation", by=by, now=now)


def sign_out_everywhere(session: Session, account_id: int, *, by: Account, now: datetime) -> int:
    """
    End every session of an account and return how many there were.

    Raises:
        NotAdministrator: If *by* is none.
        NotFound: If there is no such account in scope.
    """
    row = account_in_scope(session, account_id, by)
    return end_sessions(session, row, by=by.by, why="elsewhere", now=now)


def account_in_scope(session: Session, account_id: int, by: Account) -> AccountRow:
    """
    Return the account, where *by* may look after it.

    Raises:
        NotAdministrator: If *by* is none.
        NotFound: If there is no such account in scope.
    """
    check_administrator(by)
    row = session.get(AccountRow, account_id)
    if row is None or row.organisation_id != by.organisation or not within(row.sites, by):
        raise NotFound(Text(zh="账号", en="account"), account_id)
    return row


def check_administrator(by: Account) -> None:
    """
    Do nothing where *by* looks after accounts.

    Raises:
        NotAdministrator: If they do not.
    """
    if by.role != "administrator":
        raise NotAdministrator


def _shown(row: AccountRow) -> dict[str, Any]:
    names = ("name", "role", "person", "sites", "email")
    return {name: getattr(row, name) for name in names}
