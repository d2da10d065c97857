"""What an administrator enters about an account, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.accounts import ROLES, Account
from inspections.errors import Refused
from inspections.models import AccountRow, PersonRow, SiteRow
from rules.text import Text

_NAME = re.compile(r"[\w.@-]{2,60}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
# Without a person there is nothing that is theirs.
NEED_A_PERSON = frozenset({"inspector", "team-lead", "contractor"})


@dataclass(frozen=True)
class AccountEntry:
    """
    What an administrator sets.

    Attributes:
        name: What the person signs in with; it cannot be changed later.
        person: Key of the person, or nothing.
        sites: Keys of the sites in scope; empty means all of the organisation.
        email: Where single sign-on knows the person by, or nothing.
    """

    name: str
    role: str
    person: str | None
    sites: tuple[str, ...]
    email: str | None


class EntryWrong(Refused):
    """
    Something about an account that was asked for is wrong.

    Attributes:
        faults: Every fault, by the name of the field.
    """

    code = "account-entry"

    def __init__(self, faults: Mapping[str, Text]) -> None:
        self.faults = faults
        said = faults.values()
        super().__init__(
            Text(zh="".join(each.zh for each in said), en=" ".join(each.en for each in said))
        )


def checked_entry(
    session: Session, entry: AccountEntry, by: Account, *, known: AccountRow | None
) -> AccountEntry:
    """
    Return the entry as it is kept, where *by* may set it: for *known*, or for a new account.

    Raises:
        EntryWrong: If something about it is wrong; holds every fault.
    """
    entry = _tidy(entry)
    faults = {field: Text(zh=zh, en=en) for field, zh, en in _faults(session, entry, by, known)}
    if faults:
        raise EntryWrong(faults)
    return entry


def within(sites: Sequence[str], by: Account) -> bool:
    """Tell whether a scope lies within that of *by*; no sites means all of the organisation."""
    return not by.sites or (bool(sites) and set(sites) <= set(by.sites))


def _faults(
    session: Session, entry: AccountEntry, by: Account, known: AccountRow | None
) -> Iterator[tuple[str, str, str]]:
    mine = {"organisation_id": by.organisation}
    if known is None:
        yield from _name_faults(session, entry.name)
    if entry.role not in ROLES:
        yield "role", "请从列表中选择角色。", "Choose the role from the list."
    people = select(PersonRow.id).filter_by(**mine, key=entry.person, ended_on=None)
    if entry.person is None and entry.role in NEED_A_PERSON:
        yield "person", "此角色须选择人员。", "This role needs a person: choose one."
    if entry.person is not None and session.scalars(people).one_or_none() is None:
        yield (
            "person",
            "没有此人。请从列表中选择。",
            "There is no such person. Choose from the list.",
        )
    if entry.person is not None and entry.person != (known.person if known else None):
        taken = select(AccountRow.name).filter_by(**mine, person=entry.person, active=True)
        if name := session.scalars(taken.limit(1)).one_or_none():
            yield "person", f"此人已有账号 {name}。", f"This person has the account {name}."
    sites = set(session.scalars(select(SiteRow.key).filter_by(**mine)))
    if not set(entry.sites) <= sites:
        yield (
            "sites",
            "没有这个场所。请从列表中选择。",
            "There is no such site. Choose from the list.",
        )
    elif not within(entry.sites, by):
        yield "sites", "请选择您负责的场所。", "Choose among the sites that you look after."
    yield from _email_faults(session, entry.email, known)


def _name_faults(session: Session, name: str) -> Iterator[tuple[str, str, str]]:
    if not _NAME.fullmatch(name):
        yield (
            "name",
            "账号为 2 至 60 个字母、汉字、数字或 . _ - @。",
            "An account has 2 to 60 letters, digits or . _ - @.",
        )
    elif session.scalars(select(AccountRow.id).filter_by(name=name)).one_or_none() is not None:
        yield "name", "此账号已存在。请换一个。", "This account exists. Choose another one."


def _email_faults(
    session: Session, email: str | None, known: AccountRow | None
) -> Iterator[tuple[str, str, str]]:
    if email is None:
        return
    if not _EMAIL.fullmatch(email):
        yield "email", "邮箱格式不对，如 li@example.org。", "Enter an address like li@example.org."
    elif not known or known.email != email:
        taken = select(AccountRow.id).filter_by(email=email)
        if session.scalars(taken.limit(1)).one_or_none() is not None:
            yield "email", "此邮箱已用于另一个账号。", "Another account has this address."


def _tidy(entry: AccountEntry) -> AccountEntry:
    """Return the entry as it is kept: providers tell addresses in letters of any size."""
    email = entry.email.strip().lower() if entry.email else ""
    sites = tuple(sorted(set(entry.sites)))
    return replace(entry, name=entry.name.strip(), email=email or None, sites=sites)
