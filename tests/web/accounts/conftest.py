"""A record with two organisations and nobody's plan, for tests of accounts."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import import_organisation
from rules.organisation.loader import load_organisation
from tests.web.client import CarefulClient
from web import create_app
from web.configuration import DEFAULTS

EXAMPLES = Path(__file__).parents[3] / "examples"
MONDAY = datetime(2026, 11, 23, 0, 47, tzinfo=UTC)
PASSWORD = "three unrelated words"


class Clock:
    """A clock that tests set."""

    def __init__(self):
        self.now = MONDAY

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def _record(tmp_path_factory):
    path = tmp_path_factory.mktemp("accounts") / "record.db"
    sessions = open_database(f"sqlite:///{path}")
    with sessions.begin() as session:
        for name in ("kindergarten", "government-office"):
            organisation = load_organisation(EXAMPLES / f"{name}.yaml")
            import_organisation(session, organisation, now=MONDAY)
        people = [person.id for person in load_organisation(EXAMPLES / "kindergarten.yaml").people]
        for role, name in (
            ("administrator", "boss"),
            ("safety-officer", "officer"),
            ("inspector", "worker"),
            ("responsible-person", "head"),
        ):
            account = NewAccount("kindergarten", name, PASSWORD, role, people.pop(0))
            ensure_account(session, account, now=MONDAY)
        other = NewAccount("government-office", "other", PASSWORD, "administrator")
        ensure_account(session, other, now=MONDAY)
    sessions.kw["bind"].dispose()
    return path


@pytest.fixture(scope="session")
def _application(_record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("accounts")
    settings = {"TESTING": True, "SECRET_KEY": "tests", "EVIDENCE_FOLDER": str(folder / "photos")}
    return create_app({**settings, "DATABASE_URL": f"sqlite:///{folder / 'record.db'}"})


@pytest.fixture
def app(_application, _record, clock):
    """The application as it was at first: with its record, its clock and nothing counted."""
    path = _application.config["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(_record)) as kept, closing(sqlite3.connect(path)) as record:
        record.execute("PRAGMA synchronous=OFF")
        kept.backup(record)
    _application.config.update(CLOCK=clock, SIGN_IN_LIMIT=DEFAULTS["SIGN_IN_LIMIT"])
    _application.extensions.pop("xunjian.limits", None)
    return _application


@pytest.fixture
def sessions(app):
    maker = open_database(app.config["DATABASE_URL"])
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def visitor(app):
    def enter(account=None, language="zh"):
        made = CarefulClient(app, language)
        if account:
            made.sign_in(account, PASSWORD)
        return made

    return enter
