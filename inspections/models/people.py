"""People, their certificates and absences, and the accounts they sign in with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class PersonRow(Row):
    """
    Someone who works at one or more sites.

    Attributes:
        sites: Keys of the sites.
        works: Weekdays worked where no roster says otherwise.
        prefers: Keys of places that the person would rather check.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    name: Mapped[Text]
    sites: Mapped[list[str]]
    roles: Mapped[list[str]]
    facts: Mapped[dict[str, Any]]
    team: Mapped[str | None]
    minutes_per_day: Mapped[int]
    works: Mapped[list[str]]
    prefers: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    employer: Mapped[Text | None]
    email: Mapped[str | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class CertificateRow(Row):
    """A qualification with its validity, both ends included."""

    __tablename__ = "certificate"

    id: Mapped[serial]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class AbsenceRow(Row):
    """Days on which a person is away, both ends included."""

    __tablename__ = "absence"

    id: Mapped[serial]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[Text]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class AccountRow(Row):
    """
    A sign-in.

    Attributes:
        password_hash: argon2id, never the password; empty until one is chosen.
        role: One of `inspections.accounts.ROLES`.
        person: Key of the person who signs in with it.
        sites: Keys of the sites it sees; empty means all of the organisation.
        failures: Wrong passwords since the last success.
        blocked_until: No attempt is taken before this instant.
        email: Where single sign-on knows the person by, until the subject is known.
        oidc_subject: Issuer and subject of single sign-on.
        signed_in_at: The last time.
    """

    __tablename__ = "account"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    person: Mapped[str | None]
    sites: Mapped[list[str]]
    language: Mapped[str] = mapped_column(default="zh")
    theme: Mapped[str] = mapped_column(default="auto")
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    blocked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    email: Mapped[str | None]
    oidc_subject: Mapped[str | None] = mapped_column(unique=True, index=True)
    signed_in_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime | None]
