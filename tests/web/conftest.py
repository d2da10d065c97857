"""A planned kindergarten with demo accounts, shared by the tests of pages."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from inspections.database import open_database
from inspections.demo_accounts import PASSWORD, ensure_demo_accounts
from inspections.importing import import_organisation
from inspections.models import DutyRow, OccurrenceRow
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from tests.web.a_round import open_tasks, send, submit
from tests.web.an_officer import filled_by_an_officer
from tests.web.client import CarefulClient
from tests.web.pages import INSPECTOR, ORGANISATION
from web import create_app

MONDAY = datetime(2026, 11, 23, 0, 47, tzinfo=UTC)  # 08:47 in Shanghai
PLANNED = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples"


def planned_record(url: str) -> None:
    """Fill the database at *url* with a planned organisation and its demo accounts."""
    sessions = open_database(url)
    with sessions.begin() as session:
        organisation = load_organisation(EXAMPLES / f"{ORGANISATION}.yaml")
        import_organisation(session, organisation, now=PLANNED)
        plan(
            session,
            load_rulebook(),
            organisation_id=ORGANISATION,
            since=date(2026, 11, 23),
            until=date(2026, 12, 6),
            now=PLANNED,
            seconds=5,
        )
        ensure_demo_accounts(session, ORGANISATION, now=PLANNED)
    sessions.kw["bind"].dispose()


def application(url: str) -> Flask:
    """Return the application on the record at *url*, on a Monday morning."""
    return create_app(
        {
            "TESTING": True,
            "DEMO": True,
            "SECRET_KEY": "tests",
            "DATABASE_URL": url,
            "EVIDENCE_FOLDER": f"{url.removeprefix('sqlite:///')}.evidence",
            "CLOCK": lambda: MONDAY,
        }
    )


def visitor_of(app: Flask, language: str = "zh", account: str | None = None) -> CarefulClient:
    """Return a visitor; with an account it is signed in."""
    made = CarefulClient(app, language)
    if account:
        made.sign_in(account, PASSWORD)
    return made


def filled_by_a_round(app: Flask) -> Callable[[str], str]:
    """
    Do a round and return what puts real ids into the `{names}` of a page's path.

    `done` was performed with one failed item, which opened `finding` in the record `inspection`;
    `review` is a record that is answered and not submitted; `todo` was not begun.
    """
    inspector = visitor_of(app, account=INSPECTOR)
    done, half, todo, *_others = open_tasks(inspector)
    failing = {_first_failing(inspector, done): "fail"}
    record = submit(inspector, send(inspector, done, failing).location)
    review = send(inspector, half, {}).location
    html = inspector.html(record)
    values = {
        "samples": occurrence_of(app, "moe45-samples"),
        "done": done,
        "half": half,
        "todo": todo,
        "inspection": re.search(r"/inspections/([^/?]+)", record)[1],
        "review": re.search(r"/inspections/([^/?]+)", review)[1],
        "finding": re.search(r"/findings/(\d+)", html)[1],
        **filled_by_an_officer(app),
    }
    return lambda path: re.sub(r"\{(\w+)\}", lambda name: str(values[name[1]]), path)


def occurrence_of(app: Flask, rule: str) -> int:
    """Return the occurrence of *rule* whose window is open on Monday morning."""
    with open_database(app.config["DATABASE_URL"])() as session:
        query = (
            select(OccurrenceRow.id)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .where(DutyRow.rule == rule, OccurrenceRow.opens_at <= MONDAY)
            .where(OccurrenceRow.closes_at > MONDAY)
        )
        return session.scalars(query.limit(1)).one()


def _first_failing(visitor: CarefulClient, occurrence: int) -> str:
    html = visitor.html(f"/occurrences/{occurrence}/run")
    return re.search(r'<input type="radio" name="(a-[^"]+)" value="pass"', html)[1]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    url = f"sqlite:///{tmp_path_factory.mktemp('web')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture(scope="session")
def client(app: Flask) -> Callable[..., CarefulClient]:
    return partial(visitor_of, app)


@pytest.fixture(scope="session")
def fill(app: Flask) -> Callable[[str], str]:
    return filled_by_a_round(app)
