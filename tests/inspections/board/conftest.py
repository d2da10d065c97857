"""A planned small school, and people who plan its rounds on a Monday at ten."""

import shutil
from datetime import UTC, date, datetime

import pytest
import yaml

from inspections.board.applying import Planner
from inspections.board.standing import Days
from inspections.board.stands import stands
from inspections.board.trying import take_step, try_step
from inspections.database import open_database
from inspections.editing import Editor
from inspections.importing import import_organisation, load_from_record
from inspections.planning import plan
from rules.organisation.model import Organisation
from rules.pack import Pack
from rules.rulebook import RuleBook
from tests.inspections.conftest import DATA

NIGHT = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight of 2 March in Shanghai
TEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
WEEK = Days(MONDAY, date(2026, 3, 8))
LAST = date(2026, 3, 15)
FAR = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def rulebook():
    text = (DATA / "test_house.yaml").read_text("utf-8")
    pack = Pack.model_validate(yaml.safe_load(text))
    return RuleBook((pack,), {pack.id: text})


@pytest.fixture(scope="session")
def _planned(tmp_path_factory, rulebook):
    path = tmp_path_factory.mktemp("board") / "planned.db"
    data = yaml.safe_load((DATA / "campus.yaml").read_text("utf-8"))
    maker = open_database(f"sqlite:///{path}")
    with maker.begin() as session:
        plan_school(session, Organisation.model_validate(data), rulebook)
    maker.kw["bind"].dispose()
    return path


@pytest.fixture
def database_url(_planned, tmp_path):
    """A copy of the planned record; `tests/inspections/test_week_board.py` asks PostgreSQL too."""
    path = tmp_path / "record.db"
    shutil.copy(_planned, path)
    return f"sqlite:///{path}"


def plan_school(session, organisation, rulebook):
    import_organisation(session, organisation, now=NIGHT)
    plan(
        session, rulebook, organisation_id="campus", since=MONDAY, until=LAST, now=NIGHT, seconds=5
    )


@pytest.fixture
def record(session):
    """The school, planned for two weeks."""
    return session


@pytest.fixture
def desk():
    return Editor("campus", "officer", "safety-officer")


@pytest.fixture
def planner(record, rulebook, desk):
    return Planner(record, load_from_record(record, "campus"), rulebook, desk, TEN)


@pytest.fixture
def plan_now(record):
    """Return how every open occurrence stands."""
    return lambda: stands(record, "campus", now=TEN, before=FAR)


@pytest.fixture
def tried(record, rulebook, desk):
    def carry(step, who=desk):
        return try_step(record, rulebook, step, desk=who, now=TEN)

    return carry


@pytest.fixture
def taken(record, rulebook, desk):
    def carry(step, now=TEN):
        seen = try_step(record, rulebook, step, desk=desk, now=now).digest
        return take_step(record, rulebook, step, desk=desk, seen=seen, now=now)

    return carry
