"""Ask every address as somebody of every role, from their own site, another one and elsewhere."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from inspections.accounts import ROLES, account_of
from inspections.database import open_database
from inspections.models import AccountRow
from inspections.signing_in.sessions import begin_session
from tests.security.addresses import READING, Address
from tests.security.two_organisations import ELSEWHERE, OTHER
from tests.security.who import STRANGER
from tests.web.client import CarefulClient
from tests.web.conftest import MONDAY, application
from tests.web.pages import ORGANISATION

OWN, OTHER_SITE, OTHER_ORGANISATION = "own site", "other site", "other organisation"
SCOPES = (OWN, OTHER_SITE, OTHER_ORGANISATION)
# What an answer comes to.
SIGN_IN, FORBIDDEN, MISSING, OPEN, BROKEN = "sign-in", "forbidden", "missing", "open", "broken"


@dataclass(frozen=True)
class Asked:
    """One way of asking an address, for example `inspector.finding GET`."""

    name: str
    address: Address
    method: str


def ways(addresses: Iterable[Address]) -> list[Asked]:
    """Return every way of asking every address; an endpoint with two addresses counts once."""
    found = {
        f"{one.endpoint} {method}": Asked(f"{one.endpoint} {method}", one, method)
        for one in addresses
        for method in sorted(one.methods - {"HEAD", "OPTIONS"})
    }
    return list(found.values())


class Copy:
    """A copy of a record with somebody of each role signed in, which is as new for each change."""

    def __init__(self, source: Flask, folder: Path) -> None:
        self._path = folder / "record.db"
        self._kept = folder / "kept.db"
        copied(record_file(source), self._path)
        self.app = application(f"sqlite:///{self._path}")
        self.app.testing = False
        self.app.config["WTF_CSRF_ENABLED"] = False  # Looked at elsewhere.
        self.app.config["EVIDENCE_FOLDER"] = source.config["EVIDENCE_FOLDER"]
        self._clients = {
            (role, scope): self._signed_in(role, scope) for role in ROLES for scope in SCOPES
        }
        self._clients[STRANGER, OWN] = CarefulClient(self.app)
        copied(self._path, self._kept)

    def verdict(self, role: str, scope: str, asked: Asked, form: dict[str, str]) -> str:
        """Ask once and return what it comes to; what it changed is undone."""
        data = {} if asked.method in READING else form
        client = self._clients[role, scope].raw
        cookies = client.get_cookie("session")
        answer = client.open(asked.address.path, method=asked.method, data=data)
        found = _verdict(answer)
        answer.close()
        if asked.method not in READING and answer.status_code < 400:
            copied(self._kept, self._path)
            client.set_cookie("session", cookies.value if cookies else "")
        return found

    def close(self) -> None:
        """Let go of the record."""
        self.app.extensions["xunjian.sessions"].kw["bind"].dispose()

    def _signed_in(self, role: str, scope: str) -> CarefulClient:
        organisation = OTHER if scope == OTHER_ORGANISATION else ORGANISATION
        sites = [ELSEWHERE] if scope == OTHER_SITE else []
        row = AccountRow(
            organisation_id=organisation,
            name=f"{role} of {scope}",
            password_hash="",
            role=role,
            sites=sites,
            created_at=MONDAY,
        )
        sessions = open_database(self.app.config["DATABASE_URL"])
        with sessions.begin() as session:
            session.add(row)
            session.flush()
            known = account_of(session, row)
            secret = begin_session(session, known, how="password", tablet=None, now=MONDAY)
        sessions.kw["bind"].dispose()
        client = CarefulClient(self.app)
        with client.raw.session_transaction() as cookie:
            cookie["_user_id"] = secret
        return client


def copied(source: Path, target: Path) -> None:
    """Make the record at *target* the one at *source*, also while applications have it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA synchronous=OFF")
        old.backup(new)


def record_file(app: Flask) -> Path:
    return Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))


def _verdict(answer: TestResponse) -> str:
    if answer.status_code >= 500:
        return BROKEN
    if answer.status_code == 401 or (answer.location or "").startswith("/account/sign-in?next="):
        return SIGN_IN
    return {403: FORBIDDEN, 404: MISSING}.get(answer.status_code, OPEN)
