"""Where an account is signed in, the tablets that stay so, and the links that let people in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class RegisteredTabletRow(Row):
    """
    A device on which people stay signed in for a month.

    Attributes:
        secret_sha256: What its cookie holds is kept as hash only.
        label: What people call it.
        registered_by: Key of the person, or name of the account.
    """

    __tablename__ = "registered_tablet"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AccountSessionRow(Row):
    """
    One browser in which an account is signed in.

    Attributes:
        secret_sha256: What its cookie holds is kept as hash only; each sign-in makes a new one.
        how: `password`, `link` or `single-sign-on`.
        seen_at: Noted every few minutes at most.
        expires_at: Moves on with use.
        ended_why: `signed-out`, `elsewhere`, `password`, `deactivated`, `tablet` or `replaced`.
    """

    __tablename__ = "account_session"

    id: Mapped[serial]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    how: Mapped[str]
    tablet_id: Mapped[int | None] = mapped_column(ForeignKey("registered_tablet.id"), index=True)
    device: Mapped[str | None]
    address: Mapped[str | None]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class AccountLinkRow(Row):
    """
    A link by which somebody chooses a password, once.

    Attributes:
        purpose: `invitation` or `reset`.
        withdrawn_at: When a newer link or an administrator made it useless.
    """

    __tablename__ = "account_link"

    id: Mapped[serial]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
