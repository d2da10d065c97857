"""Tablets at the small school, which is planned once a process for each kind of database."""

import shutil
from datetime import date

import pytest
import yaml

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import import_organisation
from inspections.planning import plan
from inspections.sync.sender import recorders_of
from rules.organisation.model import Organisation
from rules.pack import Pack
from rules.rulebook import RuleBook
from tests.inspections.conftest import DATA, _administer
from tests.inspections.recording.a_school import NOW
from tests.inspections.sync.a_tablet import Tablet

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def _rulebook():
    text = (DATA / "test_house.yaml").read_text("utf-8")
    pack = Pack.model_validate(yaml.safe_load(text))
    return RuleBook((pack,), {pack.id: text})


def _plan(url):
    """Fill a record with the small school, its plan for March, and three accounts."""
    sessions = open_database(url)
    campus = Organisation.model_validate(yaml.safe_load((DATA / "campus.yaml").read_text("utf-8")))
    with sessions.begin() as session:
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 31)}
        plan(session, _rulebook(), organisation_id="campus", now=NOW, assign=False, **span)
        for person, role in (("officer", "inspector"), ("guard", "inspector"), ("head", "viewer")):
            name = "campus-viewer" if role == "viewer" else f"campus-{person}"
            new = NewAccount("campus", name, "x" * 12, role, person=person)
            ensure_account(session, new, now=NOW)
    sessions.kw["bind"].dispose()


@pytest.fixture(scope="session")
def _planned_sqlite(_sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("campus") / "planned.db"
    shutil.copy(_sqlite_template, path)
    _plan(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def _planned_postgres(postgres_server, _postgres_template):
    _administer(postgres_server, f"CREATE DATABASE planned_campus TEMPLATE {_postgres_template}")
    url = postgres_server.set(database="planned_campus")
    _plan(url.render_as_string(hide_password=False))
    return "planned_campus"


def _copied(request, name, folder):
    """Copy the planned record of the kind that *request* asks for; return its URL."""
    if request.param == "sqlite":
        path = folder / f"{name}.db"
        shutil.copy(request.getfixturevalue("_planned_sqlite"), path)
        return f"sqlite:///{path}"
    planned = request.getfixturevalue("_planned_postgres")
    server = request.getfixturevalue("postgres_server")
    _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {planned}")
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session", params=KINDS)
def _undone_school(request, tmp_path_factory):
    maker = open_database(_copied(request, "undone_campus", tmp_path_factory.mktemp("undone")))
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def school(_undone_school):
    """The small school with three accounts; what a test does to it is undone."""
    with _undone_school() as session:
        yield session
        session.rollback()


@pytest.fixture(params=KINDS)
def open_school(request, tmp_path):
    """A maker of sessions on the small school, for tests that commit."""
    maker = open_database(_copied(request, "open_campus", tmp_path))
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def rulebook():
    """Seven house rules for the small school."""
    return _rulebook()


def tablet_at(session, rulebook, folder, person="officer", **more):
    """Make a tablet for the account of a person."""
    account = recorders_of(session, "campus")[f"campus-{person}"]
    return Tablet(session, rulebook, folder / "evidence", account, **more)


@pytest.fixture
def tablet(school, rulebook, tmp_path):
    """Make a tablet for the account of a person."""

    def made(person="officer", **more):
        return tablet_at(school, rulebook, tmp_path, person, **more)

    return made
