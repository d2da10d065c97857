"""A mall of two stores with a year of drills, and who looks at it."""

import shutil
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD
from inspections.drills.programme import publish, year_of
from tests.inspections.drills.a_year import BEFORE, MALL, OFFICER, YEAR, book, planned, proposed
from tests.web.client import CarefulClient
from web import create_app

PEOPLE = {
    "safety-officer": "a-safety",
    "viewer": "a-engineer-1",
    "inspector": "a-guard-1",
}


class Clock:
    """A clock that tests set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def _records(tmp_path_factory: pytest.TempPathFactory):
    """A mall whose duties are known, whose year is proposed with surprises, and is published."""
    folder = tmp_path_factory.mktemp("drills")
    bare, whole, told = (folder / f"{name}.db" for name in ("bare", "whole", "published"))
    sessions = open_database(f"sqlite:///{bare}")
    with sessions.begin() as session:
        planned(session)
        for role, person in PEOPLE.items():
            account = NewAccount(MALL, f"mall-{role}", PASSWORD, role, person)
            ensure_account(session, account, now=BEFORE)
    sessions.kw["bind"].dispose()
    shutil.copy(bare, whole)
    sessions = open_database(f"sqlite:///{whole}")
    with sessions.begin() as session:
        proposed(session, hidden=frozenset({"mall-evacuation-drill"}))
    sessions.kw["bind"].dispose()
    shutil.copy(whole, told)
    sessions = open_database(f"sqlite:///{told}")
    with sessions.begin() as session:
        publish(session, MALL, YEAR, by=OFFICER, now=BEFORE)
    sessions.kw["bind"].dispose()
    return {"bare": bare, "whole": whole, "published": told}


@pytest.fixture
def clock() -> Clock:
    return Clock(BEFORE)


@pytest.fixture
def mall(_records, tmp_path, clock) -> Callable[..., Flask]:
    """Return the application on a copy of one of the records."""

    def opened(which: str = "whole") -> Flask:
        path = shutil.copy(_records[which], tmp_path)
        return create_app(
            {
                "TESTING": True,
                "SECRET_KEY": "tests",
                "DATABASE_URL": f"sqlite:///{path}",
                "EVIDENCE_FOLDER": str(tmp_path / "evidence"),
                "CLOCK": clock,
            }
        )

    return opened


@pytest.fixture
def desk(mall) -> Callable[..., CarefulClient]:
    """Return somebody who looks at the proposed year."""
    return _enter(mall())


@pytest.fixture
def told(mall):
    """Return somebody who looks at the published year, and its drills as planners see them."""
    app = mall("published")
    sessions = open_database(app.config["DATABASE_URL"])
    with sessions() as session:
        shown = year_of(session, book(), MALL, YEAR, by=OFFICER, now=BEFORE)
    sessions.kw["bind"].dispose()
    return _enter(app), shown.drills


def _enter(app: Flask) -> Callable[..., CarefulClient]:
    def enter(role: str = "safety-officer", language: str = "zh") -> CarefulClient:
        visitor = CarefulClient(app, language)
        visitor.sign_in(f"mall-{role}", PASSWORD)
        return visitor

    return enter
