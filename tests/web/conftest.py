"""A planned kindergarten with demo accounts, shared by the tests of pages."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from inspections import editing
from inspections.database import open_database
from inspections.demo_accounts import PASSWORD, ensure_demo_accounts
from inspections.importing import import_organisation
from inspections.models import (
    DutyRow,
    FollowUpRow,
    OccurrenceRow,
    PersonRow,
    ServedDishRow,
    SiteRow,
)
from inspections.planning import plan
from inspections.samples.recording import Meal, Portion, serve_meal, take_sample
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.text import Text
from tests.web.a_drill import filled_by_a_planner
from tests.web.a_report import filled_by_a_stranger
from tests.web.a_roster import filled_by_a_roster
from tests.web.a_round import open_tasks, send, submit
from tests.web.a_tablet import filled_by_a_tablet
from tests.web.an_officer import chased, filled_by_an_officer
from tests.web.client import CarefulClient
from tests.web.pages import INSPECTOR, ORGANISATION
from web import create_app, rulebook

MONDAY = datetime(2026, 11, 23, 0, 47, tzinfo=UTC)  # 08:47 in Shanghai
PLANNED = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples"


def planned_record(url: str) -> None:
    """Fill the SQLite database at *url* with a planned organisation and its demo accounts."""
    Path(url.removeprefix("sqlite:///")).write_bytes(_planned())


@cache
def _planned() -> bytes:
    """Planning takes longest, so it is done once a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        _plan(f"sqlite:///{path}")
        return path.read_bytes()


def _plan(url: str) -> None:
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
        "task": task_after_samples(app),
        "samples": occurrence_of(app, "moe45-samples"),
        "play": occurrence_of(app, "kindergarten-play-weekly"),
        "done": done,
        "half": half,
        "todo": todo,
        "inspection": re.search(r"/inspections/([^/?]+)", record)[1],
        "review": re.search(r"/inspections/([^/?]+)", review)[1],
        "finding": re.search(r"/findings/(\d+)", html)[1],
        **filled_by_an_officer(app),
        **chased(app),
        **filled_by_a_tablet(app, inspector),
        **filled_by_a_stranger(app),
        **filled_by_a_planner(app),
        **filled_by_a_roster(app),
    }
    return lambda path: re.sub(r"\{(\w+)\}", lambda name: str(values[name[1]]), path)


def task_after_samples(app: Flask) -> int:
    """Take a sample of one of two dishes and start a task that stands alone; return its id."""
    book = load_rulebook()
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        by = session.scalars(select(PersonRow.key).filter_by(organisation_id=ORGANISATION)).first()
        site = session.scalars(select(SiteRow).filter_by(organisation_id=ORGANISATION)).first()
        dishes = ("番茄炒蛋", "米饭")
        meal = Meal(ORGANISATION, site.key, "lunch", MONDAY.date(), MONDAY, dishes)
        serve_meal(session, meal, by=by, now=MONDAY)
        dish = session.scalars(select(ServedDishRow.id).order_by(ServedDishRow.id)).first()
        portion = Portion(str(uuid4()), dish, grams=124, labelled=False, fridge_c=8.1)
        take_sample(session, book, portion, by=by, now=MONDAY)
        alone = FollowUpRow(
            organisation_id=ORGANISATION,
            site_id=site.id,
            subject="drill/1",
            key="default-drill-shortcomings/change-standard",
            rule="default-drill-shortcomings",
            title=Text(zh="按演练发现的不足修订预案", en="Change the plan after the drill"),
            opened_at=MONDAY,
            due_at=MONDAY + timedelta(days=7),
            arithmetic={"text": {"zh": "10 个工作日", "en": "10 working days"}, "days": []},
            owner=by,
            standard_change=True,
            roles=[],
        )
        session.add(alone)
        session.flush()
        return alone.id


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


def open_now(app: Flask) -> list[int]:
    """Return every occurrence whose window is open on Monday morning and that nobody has done."""
    with open_database(app.config["DATABASE_URL"])() as session:
        query = (
            select(OccurrenceRow.id)
            .where(OccurrenceRow.opens_at <= MONDAY, OccurrenceRow.closes_at > MONDAY)
            .where(OccurrenceRow.state.in_(("scheduled", "in_progress")))
        )
        return list(session.scalars(query.order_by(OccurrenceRow.id)))


def _first_failing(visitor: CarefulClient, occurrence: int) -> str:
    html = visitor.html(f"/occurrences/{occurrence}/run")
    return re.search(r'<input type="radio" name="(a-[^"]+)" value="pass"', html)[1]


@pytest.fixture(scope="session", autouse=True)
def _one_rulebook() -> Iterator[None]:
    """Read the packs once for all applications of a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rulebook, "load_rulebook", cache(load_rulebook))
        yield


@pytest.fixture(autouse=True)
def _edits_plan_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits plan as far as the record is planned, which is half of what they do otherwise."""
    monkeypatch.setattr(editing, "FOUR_WEEKS", timedelta(0))


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
