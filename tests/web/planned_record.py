"""A record with one planned kindergarten and one planned office, for tests of officers' pages."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import import_organisation
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from tests.web.client import CarefulClient
from web import create_app

EXAMPLES = Path(__file__).parents[2] / "examples"
MONDAY = datetime(2026, 11, 23, 0, 47, tzinfo=UTC)  # 08:47 in Shanghai
PASSWORD = "a long password"
OFFICER, READER, INSPECTOR = "officer", "reader", "inspector"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clock():
    return Clock()


@pytest.fixture(scope="module")
def app(tmp_path_factory, clock) -> Flask:
    path = tmp_path_factory.mktemp("planned") / "record.db"
    path.write_bytes(_planned())
    settings = {"TESTING": True, "SECRET_KEY": "tests", "CLOCK": clock}
    return create_app({**settings, "DATABASE_URL": f"sqlite:///{path}"})


@cache
def _planned() -> bytes:
    """Planning takes longest, so it is done once a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        sessions = open_database(f"sqlite:///{path}")
        with sessions.begin() as session:
            _plan(session)
        sessions.kw["bind"].dispose()
        return path.read_bytes()


def _plan(session: Session) -> None:
    book = load_rulebook()
    for name in ("kindergarten", "government-office"):
        organisation = load_organisation(EXAMPLES / f"{name}.yaml")
        import_organisation(session, organisation, now=MONDAY)
        plan(
            session,
            book,
            organisation_id=organisation.id,
            since=date(2026, 11, 2),
            until=date(2026, 12, 6),
            now=MONDAY - timedelta(days=21),
            seconds=2,
        )
    for role, account in (
        ("safety-officer", OFFICER),
        ("viewer", READER),
        ("inspector", INSPECTOR),
    ):
        person = load_organisation(EXAMPLES / "kindergarten.yaml").people[0].id
        new = NewAccount("kindergarten", account, PASSWORD, role, person=person)
        ensure_account(session, new, now=MONDAY)
    office = NewAccount("government-office", "office", PASSWORD, "safety-officer")
    ensure_account(session, office, now=MONDAY)


@pytest.fixture
def sessions(app):
    maker = open_database(app.config["DATABASE_URL"])
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def signed_in(app, clock):
    clock.now = MONDAY

    def enter(account: str = OFFICER, language: str = "zh") -> CarefulClient:
        visitor = CarefulClient(app, language)
        visitor.sign_in(account, PASSWORD)
        return visitor

    return enter
