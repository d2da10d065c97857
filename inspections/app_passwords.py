"""
Passwords of devices: one for each phone or computer, made here, shown once, revoked alone.

Each has 120 random bits, so that it cannot be guessed; that is why a plain hash is enough to keep
and why wrong ones do not lock the account: a phone with a revoked password knocks for weeks.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.accounts import Account, account
from inspections.audit import note_change
from inspections.errors import NotFound, Refused
from inspections.models import AccountRow, AppPasswordRow
from rules.text import Text

# Without letters and digits that look alike.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 24
MOST = 20
_NOTED_EVERY = timedelta(minutes=10)


class TooManyDevices(Refused):
    """Nobody needs this many devices; unused ones are to be revoked first."""

    code = "too-many-devices"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"已有 {MOST} 个设备密码。请先停用不再使用的。",
                en=f"There are {MOST} device passwords already. Revoke those not in use first.",
            )
        )


@dataclass(frozen=True)
class Device:
    """A device as it is listed; its password is not known any more."""

    id: int
    label: str
    created_at: datetime
    used_at: datetime | None
    agent: str | None


@dataclass(frozen=True)
class Caller:
    """Who calls by an app password, and from which device."""

    account: Account
    device: str


def create_app_password(
    session: Session, account_id: int, *, label: str, now: datetime
) -> tuple[int, str]:
    """
    Return number and password of a new device; the password cannot be told again.

    Raises:
        TooManyDevices: If the account has too many in use.
    """
    if len(devices_of(session, account_id)) >= MOST:
        raise TooManyDevices
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    row = AppPasswordRow(
        account_id=account_id, label=label, secret_sha256=_hash(letters), created_at=now
    )
    session.add(row)
    session.flush()
    _note(session, row, "device.created", now)
    return row.id, "-".join(letters[i : i + 4] for i in range(0, _LENGTH, 4))


def devices_of(session: Session, account_id: int) -> tuple[Device, ...]:
    """Return the devices in use, newest first."""
    query = select(AppPasswordRow).filter_by(account_id=account_id, revoked_at=None)
    rows = session.scalars(query.order_by(AppPasswordRow.id.desc()))
    return tuple(Device(r.id, r.label, r.created_at, r.used_at, r.agent) for r in rows)


def revoke_app_password(session: Session, device: int, *, account_id: int, now: datetime) -> None:
    """
    Stop a device; its next call is refused.

    Raises:
        NotFound: If the account has no such device in use.
    """
    row = session.get(AppPasswordRow, device)
    if row is None or row.account_id != account_id or row.revoked_at is not None:
        raise NotFound(Text(zh="设备", en="device"), device)
    row.revoked_at = now
    session.flush()
    _note(session, row, "device.revoked", now)


def caller_with(
    session: Session, name: str, password: str, *, agent: str, now: datetime
) -> Caller | None:
    """Return whose device this is, and note its use; nothing if name and password do not fit."""
    letters = password.replace("-", "").replace(" ", "").lower()
    query = (
        select(AppPasswordRow, AccountRow)
        .join(AccountRow, AccountRow.id == AppPasswordRow.account_id)
        .where(AppPasswordRow.secret_sha256 == _hash(letters))
        .where(AppPasswordRow.revoked_at.is_(None))
        .where(AccountRow.name == name, AccountRow.active)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, owner = found
    if row.used_at is None or now - row.used_at >= _NOTED_EVERY or row.agent != agent[:120]:
        row.used_at, row.agent = now, agent[:120]
        session.flush()
    known = account(session, owner.id)
    return Caller(known, row.label) if known else None


def _hash(letters: str) -> str:
    return sha256(letters.encode()).hexdigest()


def _note(session: Session, row: AppPasswordRow, action: str, now: datetime) -> None:
    owner = session.get_one(AccountRow, row.account_id)
    label = {"label": row.label}
    made = row.revoked_at is None
    note_change(
        session,
        organisation=owner.organisation_id,
        by=owner.person or owner.name,
        action=action,
        subject=f"device/{row.id}",
        before=None if made else label,
        after=label if made else None,
        now=now,
    )
